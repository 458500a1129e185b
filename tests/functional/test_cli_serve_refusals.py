"""`akva serve` refuses what is unfit before anything listens: one sentence and the next step."""

import socket
import sqlite3
from collections.abc import Mapping

import pytest

from akva.cli.main import main
from tests.functional.server import environ_of
from tests.functional.shell import Shell
from tests.wire import HOST


def refused(environ: Mapping[str, str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Call `akva serve` where it must refuse; give its exit code and its one sentence."""
    code = main(["serve", *([] if "AKVA_LISTEN" in environ else ["--listen", free()])], environ)
    said = capsys.readouterr()
    [line] = said.err.splitlines()
    assert ("", True) == (said.out, "Next: " in line)
    return code, line


def free() -> str:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return f"{HOST}:{asked.getsockname()[1]}"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"AKVA_WORKERS": "2"}, "AKVA_WORKERS must be 1 on SQLite"),
        ({"AKVA_LISTEN": "0.0.0.0:8080"}, "AKVA_LISTEN is open to the network"),
        ({"AKVA_LISTEN": "nowhere"}, "AKVA_LISTEN is no address"),
        ({"AKVA_RATE": "often"}, "AKVA_RATE is no whole number"),
        ({"AKVA_DATABASE": "postgresql://akva:password@db/akva"}, "password of an example"),
        ({"AKVA_DATABASE": ""}, "not set: AKVA_DATABASE"),
    ],
)
def test_settings_that_are_unfit(
    shell: Shell, changes: dict[str, str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, line = refused(environ_of(shell.folder, **changes), capsys)

    assert (2, True) == (code, word in line)


def test_keys_open_to_others(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    (shell.folder / "keys" / "log.key").chmod(0o604)

    code, line = refused(environ_of(shell.folder), capsys)

    assert (70, True) == (code, "log.key is open to others: chmod 600" in line)


def test_keys_that_are_not_there(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    code, line = refused(environ_of(shell.folder, AKVA_KEYS="/nowhere"), capsys)

    assert (70, True) == (code, "`akva init` makes keys" in line)


@pytest.mark.parametrize(
    ("attack", "word"),
    [
        ("DELETE FROM alembic_version", "Next: Run `akva migrate`"),
        ("DROP TRIGGER reports_gate", "reports_gate is missing"),
    ],
)
def test_a_database_that_is_not_ready(
    shell: Shell, attack: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(shell.folder / "akva.db") as raw:
        raw.execute(attack)
    raw.close()

    code, line = refused(environ_of(shell.folder), capsys)

    assert (70, True) == (code, word in line)


def test_a_database_file_open_to_others(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    (shell.folder / "akva.db").chmod(0o640)

    code, line = refused(environ_of(shell.folder), capsys)

    assert (70, True) == (code, "chmod 600 akva.db" in line)


def test_a_superuser_of_postgresql(
    shell: Shell, postgresql_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, line = refused(environ_of(shell.folder, AKVA_DATABASE=postgresql_address), capsys)

    assert (2, True) == (code, "is a superuser" in line)


def test_a_port_that_somebody_has(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    """The server could share it, and half of the calls would go astray."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((HOST, 0))
        other.listen()
        taken = f"{HOST}:{other.getsockname()[1]}"

        code, line = refused(environ_of(shell.folder, AKVA_LISTEN=taken), capsys)

    assert (2, True) == (code, "cannot listen on" in line)
