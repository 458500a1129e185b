"""akva-verify on an export's checkpoints: all signed, none hidden, and no fork."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from akva.transparency import checkpoints, merkle
from tests.small_log import ORIGIN, SmallLog, small_log
from tests.verifying import Ask, asking

LOG = small_log()
STRANGER = SmallLog(LOG.leaves, seed=b"\1" * 32)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    return asking(capsys, LOG.key)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return LOG.export(tmp_path / "export", 0, 5, 8, 12)


def refuted(ask: Ask, export: Path) -> str:
    """Expect a refutation that names no leaf, and return its sentence."""
    code, said = ask("log", export, "--json")
    found = json.loads(said)
    assert (1, "refuted", None) == (code, found["verdict"], found["index"])
    return str(found["sentence"])


@pytest.mark.parametrize("name", ["checkpoint", "checkpoints/5.note", "checkpoints/12.note"])
@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace(b"\n5\n", b"\n6\n").replace(b"\n12\n", b"\n11\n"),
        lambda note: note.replace(b"test", b"best"),
        lambda note: note.replace(b"=\n\n", b"=\n\n\n"),
        lambda note: note.replace(b"\n\n", b"\nextension\n\n"),
        lambda note: note[:-1],
        lambda note: note + b"\n",
        lambda note: note + b" ",
        lambda note: note.partition(b"\n\n")[0] + b"\n\n",
        lambda _: b"",
        lambda note: b"\xff" + note,
        lambda note: note.replace(b"\n", b"\r\n"),
    ],
)
def test_checkpoints_that_were_touched_are_refuted(
    ask: Ask, export: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    (export / name).write_bytes(change((export / name).read_bytes()))

    assert f"{name}: " in refuted(ask, export)


@pytest.mark.parametrize("name", ["checkpoint", "checkpoints/5.note"])
def test_checkpoints_of_another_key_are_refuted(ask: Ask, export: Path, name: str) -> None:
    size = 5 if "5" in name else 12
    (export / name).write_bytes(STRANGER.note(size).encode())

    assert f"{name}: not signed by the key" in refuted(ask, export)


def test_an_older_checkpoint_in_place_of_the_latest_is_refuted(ask: Ask, export: Path) -> None:
    """A downgrade: the note is good, and hides what came after it."""
    (export / "checkpoint").write_bytes(LOG.note(8).encode())

    assert "newer than the latest checkpoint, which has size 8" in refuted(ask, export)


def test_a_latest_checkpoint_that_is_not_among_all_is_refuted(ask: Ask, export: Path) -> None:
    (export / "checkpoints" / "12.note").unlink()

    assert "no checkpoint of size 12" in refuted(ask, export)


def test_two_roots_of_one_size_are_a_fork(ask: Ask, export: Path) -> None:
    other = LOG.signed(checkpoints.text(ORIGIN, 12, merkle.leaf_hash(b"another history")))
    (export / "checkpoint").write_bytes(other.encode())

    assert "two roots are signed for size 12: the log has forked" in refuted(ask, export)


def test_a_checkpoint_under_another_name_is_refuted(ask: Ask, export: Path) -> None:
    (export / "checkpoints" / "5.note").rename(export / "checkpoints" / "6.note")

    assert "6.note: a file whose name is not its size 5" in refuted(ask, export)


def test_what_is_no_note_among_the_checkpoints_claims_nothing(ask: Ask, export: Path) -> None:
    (export / "checkpoints" / "Thumbs.db").write_bytes(b"left behind by a file manager")

    assert ask("log", export)[0] == 0
