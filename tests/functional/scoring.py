"""What the commands that score are called with, and what they print."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from akva.cli.main import main
from tests.functional.shell import Done

BDI = {f"q{item}": 1 for item in range(1, 22)}
PHQ_HEAD = ",".join(f"q{item}" for item in range(1, 10))


def akva(*call: str) -> Done:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(call, {})
    return Done(code, out.getvalue(), err.getvalue())


def lines(done: Done) -> list[Any]:
    return [json.loads(line) for line in done.out.splitlines()]


def ndjson(folder: Path, *rows: object) -> str:
    path = folder / "sent.ndjson"
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows))
    return str(path)


def csv(folder: Path, *rows: str) -> str:
    path = folder / "sent.csv"
    path.write_bytes("".join(row + "\n" for row in rows).encode("utf-8", "surrogateescape"))
    return str(path)
