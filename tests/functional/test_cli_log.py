"""The log by commands: it convinces the auditor's program, and a changed byte shows."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.shell import Done, Shell


def checked(shell: Shell, *call: str) -> Done:
    """Run `akva-verify` as the program it is."""
    key = shell("log", "key").out.strip()
    done = subprocess.run(
        [sys.executable, "-m", "akva.verifier.main", *call, "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def saved(shell: Shell, name: str, text: str) -> str:
    path = shell.folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_stored_log_holds(shell: Shell) -> None:
    done = shell("log", "verify")

    assert (0, "") == (done.code, done.err)
    assert done.out.startswith("The log holds: 9 leaves, root ")


def test_the_state_of_the_log_as_json(shell: Shell) -> None:
    shell("log", "checkpoint")

    state = shell.json("log", "verify")

    assert (9, 44, 1) == (state["size"], len(state["root"]), state["checkpoints"])


def test_a_changed_leaf_is_named_by_its_index(shell: Shell) -> None:
    with sqlite3.connect(shell.folder / "akva.db") as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            database.execute(f'DROP TRIGGER "{name}"')
        [leaf] = database.execute('SELECT leaf FROM log_leaves WHERE "index" = 4').fetchone()
        changed = leaf.replace(b'"org":"akva"', b'"org":"akvo"')
        database.execute('UPDATE log_leaves SET leaf = ? WHERE "index" = 4', [changed])
    database.close()

    done = shell("log", "verify")

    assert (1, "") == (done.code, done.out)
    assert "log entry 4" in done.err


def test_a_checkpoint_convinces_the_auditor_s_program(shell: Shell) -> None:
    note = shell("log", "checkpoint")

    verdict = checked(shell, "checkpoint", saved(shell, "latest.note", note.out))

    assert (0, True) == (verdict.code, "9" in verdict.out)


def test_a_receipt_carries_its_leaf_and_convinces(shell: Shell) -> None:
    receipt = shell("log", "proof", "3")

    verdict = checked(shell, "proof", saved(shell, "3.tlog-proof", receipt.out))

    assert 0 == verdict.code


def test_a_receipt_of_no_leaf_is_refused(shell: Shell) -> None:
    done = shell("log", "proof", "9")

    assert (2, "no such entry in the log. Next: Check the id.\n") == (done.code, done.err)


def test_an_export_convinces_with_every_checkpoint(shell: Shell, tmp_path: Path) -> None:
    shell("log", "checkpoint")
    shell("provider", "add", "corona", "Kuntoutus Corona Oy", by="operator")

    done = shell("log", "export", "--to", str(tmp_path / "log"))

    assert f"10 leaves and 2 checkpoints are in {tmp_path / 'log'}.\n" == done.out
    assert 0 == checked(shell, "log", str(tmp_path / "log")).code


def test_an_exported_byte_that_changed_is_refuted(shell: Shell, tmp_path: Path) -> None:
    shell("log", "export", "--to", str(tmp_path / "log"))
    leaves = tmp_path / "log" / "leaves.ndjson"
    leaves.write_bytes(leaves.read_bytes().replace(b"admin.changed", b"access.disclosed", 1))

    assert 1 == checked(shell, "log", str(tmp_path / "log")).code


def test_an_export_is_never_written_over_another(shell: Shell, tmp_path: Path) -> None:
    shell("log", "export", "--to", str(tmp_path / "log"))

    done = shell("log", "export", "--to", str(tmp_path / "log"))

    assert (1, True) == (done.code, "nothing is written over" in done.err)


def test_a_folder_that_cannot_be_made_is_a_wrong_call(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    done = shell("log", "export", "--to", str(tmp_path / "file" / "log"))

    assert (2, True) == (done.code, f"{tmp_path / 'file' / 'log'}: Not a directory." in done.err)


@pytest.mark.parametrize("command", ["checkpoint", "verify"])
def test_a_database_put_back_is_not_signed_again(shell: Shell, command: str) -> None:
    old = (shell.folder / "akva.db").read_bytes()
    shell("provider", "add", "corona", "Kuntoutus Corona Oy", by="operator")
    shell("log", "checkpoint")
    (shell.folder / "akva.db").write_bytes(old)

    done = shell("log", command)

    assert 1 == done.code
