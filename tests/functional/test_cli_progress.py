"""Long work shows a bar on a terminal, and nothing but its results elsewhere."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

from akva.cli.terminal.progress import numbered, size_of

WORK = """
import sys
import click
from akva.cli.terminal.progress import numbered
with open(sys.argv[1], "rb") as file, numbered(file) as lines:
    for number, line in lines:
        click.echo(f"worked on {number}")
"""


def worked(path: Path, *, stdout_too: bool) -> tuple[bytes, bytes]:
    """Work on a file from a terminal; give what went to stdout, and what the terminal showed."""
    mine, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(path)],
        stdout=theirs if stdout_too else subprocess.PIPE,
        stderr=theirs,
        check=True,
        env=os.environ | {"TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    while chunk := read(mine):
        shown += chunk
    os.close(mine)
    return done.stdout or b"", shown


def read(terminal: int) -> bytes:
    """Read what is left; Linux says by an error that the terminal's other side is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_bar_is_drawn_on_the_terminal_while_results_go_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\n\nthree\n")

    out, shown = worked(path, stdout_too=False)

    assert b"worked on 1\nworked on 3\n" == out
    assert b"%" in shown


def test_results_on_a_terminal_are_their_own_progress(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\n\nthree\n")

    _, shown = worked(path, stdout_too=True)

    assert b"worked on 1\r\nworked on 3\r\n" == shown


def test_elsewhere_there_is_no_bar(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\n")

    done = subprocess.run([sys.executable, "-c", WORK, str(path)], capture_output=True, check=True)

    assert (b"worked on 1\n", b"") == (done.stdout, done.stderr)


def test_lines_without_content_keep_their_numbers() -> None:
    with numbered(io.BytesIO(b"\none\n  \r\nlast")) as lines:
        assert [(2, b"one\n"), (4, b"last")] == list(lines)


def test_how_much_a_pipe_holds_is_not_known() -> None:
    reading, writing = os.pipe()
    with open(reading, "rb") as pipe, open(writing, "wb"):  # noqa: PTH123 - of handles, not paths
        assert size_of(pipe) is None
