"""Setting up by commands: keys for nobody else, one first operator, and every role in its place."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from akva.cli.main import main
from tests.functional.sent import CLIENT
from tests.functional.shell import Done, Shell

INIT = ("init", "--origin", "akva.example/log", "--operator", "Oona Ohjaaja")


@pytest.fixture
def bare(tmp_path: Path) -> Shell:
    """Give a folder in which nothing is yet."""
    return Shell(tmp_path / "akva", {})


def typed(folder: Path, text: str, *call: str) -> Done:
    """Run the program with something typed into it."""
    script = "import sys; from akva.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", script, *call, "--dir", str(folder)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_init_tells_operator_key_and_where_the_keys_lie(bare: Shell) -> None:
    done = bare(*INIT)

    assert (0, "") == (done.code, done.err)
    operator, key, keys, *_ = done.out.splitlines()
    assert operator.startswith("operator ")
    assert key.startswith("verifier key akva.example/log+")
    assert keys.startswith(f"The keys lie in {bare.folder / 'keys'}.")
    assert "apart from the database" in keys


def test_keys_are_their_owner_s_alone(bare: Shell) -> None:
    bare(*INIT)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (bare.folder / "keys").iterdir()}
    assert {0o600} == modes


def test_init_never_makes_keys_twice(bare: Shell) -> None:
    bare(*INIT)
    before = {path: path.read_bytes() for path in (bare.folder / "keys").iterdir()}

    done = bare(*INIT)

    assert (1, "") == (done.code, done.out)
    assert before == {path: path.read_bytes() for path in (bare.folder / "keys").iterdir()}


def test_an_origin_that_is_no_name_is_refused_before_anything_is_made(bare: Shell) -> None:
    done = bare("init", "--origin", "two words", "--operator", "Oona Ohjaaja")

    assert (2, "origin: not the name of a log. Next: ") == (done.code, done.err[:37])
    assert not (bare.folder / "keys").exists()


def test_a_name_can_be_typed_in_where_nobody_sees_it(bare: Shell) -> None:
    done = typed(bare.folder, "Oona Ohjaaja\n", "init", "--origin", "akva.example/log")

    assert (0, True) == (done.code, "operator " in done.out)


def test_a_name_that_nobody_types_is_a_wrong_call(bare: Shell) -> None:
    done = typed(bare.folder, "", "init", "--origin", "akva.example/log")

    assert (2, True) == (done.code, "Next: Run it again." in done.err)


def test_migrating_twice_is_migrating_once(shell: Shell) -> None:
    assert ["The database is ready.\n"] * 2 == [shell("migrate").out, shell("migrate").out]


def test_a_database_that_is_not_migrated_is_not_served(shell: Shell) -> None:
    (shell.folder / "akva.db").unlink()

    done = shell("log", "checkpoint")

    assert (70, True) == (done.code, "Next: Run `akva migrate`" in done.err)


def test_keys_open_to_others_are_not_used(shell: Shell) -> None:
    (shell.folder / "keys" / "record.key").chmod(0o640)

    done = shell("log", "verify")

    assert (70, True) == (done.code, "record.key is open to others" in done.err)


def test_only_an_operator_sets_people_up(shell: Shell) -> None:
    done = shell("actor", "add", "publisher", "--name", "Julia Julkaisija", by="publisher")

    assert (2, "this needs the role operator.") == (done.code, done.err.partition(" Next")[0])


def test_a_provider_s_code_is_taken_once(shell: Shell) -> None:
    done = shell("provider", "add", "aurora", "Toinen Oy", by="operator")

    assert (1, "") == (done.code, done.out)


@pytest.mark.parametrize(
    "call",
    [["provider"], ["provider", "--provider", "nobody"], ["auditor", "--provider", "aurora"]],
)
def test_provider_s_people_name_their_provider_and_others_none(
    shell: Shell, call: list[str]
) -> None:
    done = shell("actor", "add", *call, "--name", "Saara Sijainen", by="operator")

    assert (2, "") == (done.code, done.out)


def test_who_was_added_is_told_without_the_name(shell: Shell) -> None:
    done = shell("actor", "add", "auditor", "--name", "Tiina Tarkastaja", by="operator")

    assert (0, True) == (done.code, done.out.startswith("actor auditor "))
    assert "Tiina" not in done.out


def test_the_environment_says_where_and_who(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {
        "AKVA_DATABASE": f"sqlite:///{shell.folder / 'akva.db'}",
        "AKVA_KEYS": str(shell.folder / "keys"),
        "AKVA_ACTOR": shell.people["operator"],
    }

    code = main(["provider", "add", "corona", "Kuntoutus Corona Oy"], environ)

    assert (0, True) == (code, capsys.readouterr().out.startswith("provider corona "))


def test_what_is_sent_may_come_from_stdin(shell: Shell) -> None:
    call = ("client", "add", "-", "--as", shell.people["sender"])

    done = typed(shell.folder, json.dumps(CLIENT), *call)

    assert (0, "", True) == (done.code, done.err, done.out.startswith("client "))
