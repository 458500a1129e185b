"""The program `akva`, called as somebody at a terminal calls it, on a service in a folder."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from akva.cli.main import main


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - parsed JSON
        """Read what was printed: one object, or one a line."""
        lines = [json.loads(line) for line in self.out.splitlines()]
        return lines[0] if len(lines) == 1 else lines


@dataclass(frozen=True, slots=True)
class Shell:
    folder: Path
    people: dict[str, str]  # ids of actors by what they do here

    def __call__(self, *call: str, by: str | None = None) -> Done:
        """Run a command, in somebody's name."""
        who = ("--as", self.people[by]) if by else ()
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*call, "--dir", str(self.folder), *who], {})
        return Done(code, out.getvalue(), err.getvalue())

    def json(self, *call: str, by: str | None = None) -> Any:  # noqa: ANN401 - parsed JSON
        """Run a command that must succeed, and read what it printed."""
        done = self(*call, "--json", by=by)
        assert (0, "") == (done.code, done.err)
        return done.json

    def file(self, name: str, *content: object) -> str:
        """Write JSON, one value a line; give the path."""
        path = self.folder / name
        path.write_text("".join(json.dumps(each) + "\n" for each in content))
        return str(path)
