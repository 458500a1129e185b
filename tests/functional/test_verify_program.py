"""akva-verify as a program: how it is called, what it prints, and that it stands alone."""

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from akva.transparency import merkle
from akva.verifier import main as verifier
from tests.small_log import ORIGIN, SmallLog, small_log
from tests.verifying import Ask, asking

LOG = small_log()
COMMANDS = ["checkpoint", "proof", "consistency", "log", "bundle"]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    return asking(capsys, LOG.key)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "12.note"
    path.write_bytes(LOG.note(12).encode())
    return path


@pytest.mark.parametrize("key", ["", "key", "a+b+c", LOG.key[:-1], LOG.key + "A"])
def test_a_key_that_is_none_decides_nothing(ask: Ask, note: Path, key: str) -> None:
    code, said = ask("checkpoint", note, key=key)

    assert code == 2
    assert said.startswith("cannot decide: --key is not an Ed25519 verifier key")


@pytest.mark.parametrize("change", [("+AT", "+BD"), (ORIGIN, "other.example")])
def test_a_key_of_another_type_or_name_decides_nothing(
    ask: Ask, note: Path, change: tuple[str, str]
) -> None:
    code, said = ask("checkpoint", note, key=LOG.key.replace(*change))

    assert code == 2
    assert "copy it once more" in said


@pytest.mark.parametrize("command", ["checkpoint", "proof", "log", "bundle"])
def test_files_that_are_not_there_decide_nothing(ask: Ask, tmp_path: Path, command: str) -> None:
    code, said = ask(command, tmp_path / "nothing")

    assert code == 2
    assert said.startswith("cannot decide: ")
    assert "cannot be read (No such file or directory); check the path" in said


def test_json_says_the_same_to_a_program(ask: Ask, note: Path) -> None:
    root = b64encode(merkle.root(LOG.hashes(12))).decode()
    expected = {
        "verdict": "holds",
        "sentence": f"{ORIGIN} signed 12 leaves with the root {root}",
        "origin": ORIGIN,
        "size": 12,
        "root": root,
    }

    code, said = ask("checkpoint", note, "--json")

    assert (0, expected) == (code, json.loads(said))


def test_json_names_where_a_refutation_lies(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "leaf").write_bytes(LOG.leaves[3])
    (tmp_path / "receipt").write_bytes(LOG.receipt(4, 12).encode())
    expected = {"verdict": "refuted", "where": str(tmp_path / "receipt"), "index": 4}

    code, said = ask("proof", tmp_path / "receipt", "--leaf", tmp_path / "leaf", "--json")

    assert (1, expected) == (code, {key: json.loads(said)[key] for key in expected})


def test_a_file_name_cannot_act_on_the_terminal(ask: Ask, tmp_path: Path) -> None:
    said = ask("checkpoint", tmp_path / "a\x1b[2Jholds:\n\udc80")[1]

    assert said.removesuffix("\n").isprintable()
    assert "a\\x1b[2Jholds:\\n\\udc80" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as end:
        verifier.main([command, "--help"])

    assert end.value.code == 0
    assert f"example: akva-verify {command} " in capsys.readouterr().out


@pytest.mark.parametrize("call", [[], ["log"], ["log", "x"], ["guess", "x", "--key", "k"]])
def test_a_wrong_call_exits_2(call: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        verifier.main(call)

    assert end.value.code == 2


def carried_away(note: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of the one file, elsewhere, on a note beside it."""
    copy = note.with_name("akva_verify.py")
    copy.write_bytes(Path(verifier.__file__).read_bytes())
    call = [sys.executable, "-B", *flags, copy.name, "checkpoint", note.name, "--key", LOG.key]
    return subprocess.run(
        call, cwd=note.parent, env={}, text=True, capture_output=True, check=False
    )


def test_the_file_runs_alone(note: Path) -> None:
    done = carried_away(note)

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(f"holds: {ORIGIN} signed 12 leaves")


def test_the_file_tells_a_shell_what_is_refuted(note: Path) -> None:
    note.write_bytes(SmallLog(seed=b"\1" * 32).note(0).encode())

    done = carried_away(note)

    assert (1, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("refuted: 12.note: not signed by the key")


def test_without_cryptography_nothing_is_decided(note: Path) -> None:
    """`-S` leaves out every installed package."""
    done = carried_away(note, "-S")

    assert (2, "") == (done.returncode, done.stderr)
    assert "install the package cryptography" in done.stdout
