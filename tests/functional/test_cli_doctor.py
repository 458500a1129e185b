"""`akva doctor` finds each fault that was really made, says how to mend it, and goes on."""

import shutil
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from akva.cli.main import main
from akva.settings import Settings
from akva.wiring import build
from tests.clocks import TickingClock
from tests.functional.shell import Shell
from tests.serving_role import as_server

NAMES = [
    *("settings", "keys", "database", "revision", "guards", "tables", "rights"),
    *("clock and database", "clock and log", "log and signature", "space"),
]
LATER = datetime(2199, 1, 1, tzinfo=UTC)


def wrong(shell: Shell) -> dict[str, str]:
    """Ask the doctor; give what is wrong, by check, with what was said."""
    done = shell("doctor", "--json")
    said = done.json
    found = {one["name"]: one["said"] for one in said["checks"] if not one["ok"]}
    assert (bool(found), "") == (done.code == 1, done.err)
    assert NAMES == [one["name"] for one in said["checks"]]
    assert said["ok"] is not bool(found)
    return found


def run(shell: Shell, statement: str) -> None:
    """Go behind the service, with no setting of its own."""
    with sqlite3.connect(shell.folder / "akva.db") as raw:
        raw.execute(statement)
    raw.close()


def test_a_healthy_service_is_well(shell: Shell) -> None:
    done = shell("doctor")

    assert (0, "") == (done.code, done.err)
    assert [f"ok    {name}: " for name in NAMES] == [
        f"{line.partition(': ')[0]}: " for line in done.out.splitlines()
    ]


def test_looking_changes_nothing(shell: Shell) -> None:
    before = contents(shell.folder)

    shell("doctor")

    assert before == contents(shell.folder)


def contents(folder: Path) -> Mapping[str, bytes]:
    found = [folder / "akva.db", *(folder / "keys").iterdir()]
    return {path.name: path.read_bytes() for path in found}


def test_a_key_open_to_others(shell: Shell) -> None:
    (shell.folder / "keys" / "register.key").chmod(0o644)

    found = wrong(shell)

    assert {"keys", "log and signature"} == set(found)
    assert "chmod 600 register.key" in found["keys"]
    assert "Next: " in found["keys"]


def test_a_folder_of_keys_open_to_others(shell: Shell) -> None:
    (shell.folder / "keys").chmod(0o755)

    assert "chmod 700 keys" in wrong(shell)["keys"]


def test_a_key_that_is_gone(shell: Shell) -> None:
    (shell.folder / "keys" / "record.key").unlink()

    assert "record.key cannot be read" in wrong(shell)["keys"]


def test_a_database_that_is_gone(shell: Shell) -> None:
    (shell.folder / "akva.db").unlink()

    found = wrong(shell)

    assert {"database", "revision", "guards", "tables"} < set(found)
    assert "cannot be opened" in found["database"]
    assert {"settings", "keys", "space"} == set(NAMES) - set(found)


def test_a_database_that_is_not_migrated(shell: Shell) -> None:
    (shell.folder / "akva.db").unlink()
    (shell.folder / "akva.db").touch(mode=0o600)

    found = wrong(shell)

    assert {"settings", "keys", "rights", "space"} == set(NAMES) - set(found)
    assert "Next: Run `akva migrate`" in found["database"]


def test_a_database_of_an_older_program(shell: Shell) -> None:
    run(shell, "UPDATE alembic_version SET version_num = '0001'")

    found = wrong(shell)

    assert {"revision"} == set(found)
    assert "at revision 0001" in found["revision"]
    assert "Next: Run `akva migrate`" in found["revision"]


def test_a_database_that_is_none(shell: Shell) -> None:
    (shell.folder / "akva.db").write_bytes(b"not a database" * 1000)

    assert "cannot be opened or read" in wrong(shell)["database"]


def test_a_database_file_open_to_others(shell: Shell) -> None:
    (shell.folder / "akva.db").chmod(0o644)

    found = wrong(shell)

    assert {"rights"} == set(found)
    assert "chmod 600 akva.db" in found["rights"]


def test_a_guard_that_is_gone(shell: Shell) -> None:
    run(shell, "DROP TRIGGER reports_gate")

    found = wrong(shell)

    assert {"guards"} == set(found)
    assert "reports_gate is missing" in found["guards"]


def test_an_index_that_is_gone(shell: Shell) -> None:
    run(shell, "DROP INDEX ix_register_keys_living")

    assert {"tables"} == set(wrong(shell))


def test_an_entry_from_the_future(shell: Shell) -> None:
    add_provider(shell, TickingClock(LATER))

    found = wrong(shell)

    assert {"clock and log"} == set(found)
    assert "seconds in the future" in found["clock and log"]


def add_provider(shell: Shell, clock: TickingClock | None = None, code: str = "corona") -> None:
    akva = build(Settings.in_folder(shell.folder), clock)
    asker = akva.access.actor(UUID(shell.people["operator"]))
    akva.access.add_provider(asker, code, "Kuntoutus Oy")
    akva.database.close()


@pytest.mark.parametrize("after", [0, 1, 2])
def test_an_old_database_put_back(shell: Shell, after: int) -> None:
    """Its log is a true beginning, and signing it would make a second history, however it grew."""
    old = shell.folder / "old.db"
    shell("log", "checkpoint")
    run(shell, "PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(shell.folder / "akva.db", old)
    add_provider(shell)
    shell("log", "checkpoint")
    for name in ("akva.db-wal", "akva.db-shm"):
        (shell.folder / name).unlink(missing_ok=True)
    shutil.copy(old, shell.folder / "akva.db")
    for nth in range(after):
        add_provider(shell, code=f"other-{nth}")

    found = wrong(shell)

    assert {"log and signature"} == set(found)
    assert "do not sign" in found["log and signature"]


def test_after_a_signature_the_log_may_grow(shell: Shell) -> None:
    shell("log", "checkpoint")
    add_provider(shell)

    said = shell("doctor").out

    assert ", 1 since the last signature" in said


def asked(environ: Mapping[str, str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["doctor"], environ)
    return code, capsys.readouterr().out


def test_settings_that_are_missing_end_the_visit(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = asked({"AKVA_KEYS": "/nowhere"}, capsys)

    assert (1, 1) == (code, len(out.splitlines()))
    assert "WRONG settings: not set: AKVA_DATABASE" in out


def test_settings_that_no_server_starts_with(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {
        "AKVA_DATABASE": f"sqlite:///{shell.folder / 'akva.db'}",
        "AKVA_KEYS": str(shell.folder / "keys"),
        "AKVA_WORKERS": "2",
    }

    code, out = asked(environ, capsys)

    assert (1, 1, len(NAMES)) == (code, out.count("WRONG"), len(out.splitlines()))
    assert "AKVA_WORKERS must be 1 on SQLite" in out


def test_on_postgresql_a_superuser_has_too_much_right(
    shell: Shell, postgresql_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"AKVA_DATABASE": postgresql_address, "AKVA_KEYS": str(shell.folder / "keys")}

    code, out = asked(environ, capsys)

    assert (1, 1, len(NAMES) + 1) == (code, out.count("WRONG"), len(out.splitlines()))
    assert "WRONG rights: AKVA_DATABASE names a role that is a superuser" in out
    assert "ok    server: " in out


def test_on_postgresql_the_role_that_serves_is_well(
    shell: Shell, postgresql_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database = as_server(postgresql_address)

    code, out = asked({"AKVA_DATABASE": database, "AKVA_KEYS": str(shell.folder / "keys")}, capsys)

    assert (0, len(NAMES) + 1) == (code, out.count("ok    "))
