"""Has the walk checked by the auditor's own program, run as anybody would run it."""

import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

LONGEST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Checked:
    """What the verifier said; `exit_code` is 0 when it holds."""

    exit_code: int
    line: str


def check(*arguments: str | Path, key: str) -> Checked:
    """Run `akva-verify`, which imports nothing of ours, on files alone."""
    program = str(files("akva.verifier").joinpath("main.py"))
    done = subprocess.run(  # noqa: S603 - our own verifier, on our own files
        [sys.executable, "-I", program, *map(str, arguments), "--key", key],
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    return Checked(done.returncode, (done.stdout or done.stderr).strip())
