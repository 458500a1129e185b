"""akva-verify on checkpoints, receipts and consistency: it says what holds, and no more."""

from base64 import b64encode
from functools import partial
from pathlib import Path

import pytest

from akva.transparency import checkpoints, merkle, proofs
from akva.verifier import main as verifier
from tests.small_log import ORIGIN, SmallLog, small_log
from tests.verifying import Ask, asking

LOG = small_log()
STRANGER = SmallLog(seed=b"\1" * 32)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    return asking(capsys, LOG.key)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Lay out three checkpoints, the hashes between two of them, a leaf, and its receipt."""
    for size in (0, 5, 12):
        (tmp_path / f"{size}.note").write_bytes(LOG.note(size).encode())
    hashes = [b64encode(each) + b"\n" for each in proofs.consistency(5, 12, LOG.node)]
    (tmp_path / "5-12.proof").write_bytes(b"".join(hashes))
    (tmp_path / "none.proof").write_bytes(b"")
    (tmp_path / "leaf").write_bytes(LOG.leaves[4])
    (tmp_path / "receipt").write_bytes(LOG.receipt(4, 12).encode())
    return tmp_path


def test_a_checkpoint_holds(ask: Ask, files: Path) -> None:
    root = b64encode(merkle.root(LOG.hashes(12))).decode()
    expected = f"holds: {ORIGIN} signed 12 leaves with the root {root}\n"

    assert (0, expected) == ask("checkpoint", files / "12.note")


def test_another_key_refutes_what_it_did_not_sign(ask: Ask, files: Path) -> None:
    code, said = ask("checkpoint", files / "12.note", key=STRANGER.key)

    assert code == 1
    assert "12.note: not signed by the key" in said


def test_a_checkpoint_of_another_log_is_refuted(ask: Ask, files: Path) -> None:
    note = LOG.signed(checkpoints.text("other.example", 0, merkle.EMPTY_ROOT))
    (files / "0.note").write_bytes(note.encode())

    code, said = ask("checkpoint", files / "0.note")

    assert code == 1
    assert "a checkpoint of other.example" in said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{ORIGIN}\n1\n", "not the three lines of a checkpoint"),
        (f"{ORIGIN}\n0\n{'A' * 43}=\n", "not the root of no leaves"),
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_refuted(
    ask: Ask, files: Path, text: str, why: str
) -> None:
    (files / "0.note").write_bytes(LOG.signed(text).encode())

    code, said = ask("checkpoint", files / "0.note")

    assert code == 1
    assert why in said


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (b"nonsense", "not a signed note"),
        (b"\xff" * 9, "not UTF-8"),
        (b"a" * (64 * 1024 + 1), "longer than 64 KiB"),
        (LOG.note(5).encode().replace(b"\xe2\x80\x94 ", b"- "), "a malformed signature line"),
        (LOG.note(5).encode() + "— a AAAA\n".encode(), "a signature line without a signature"),
        (LOG.note(5).encode() + "— a AAAAAAB=\n".encode(), "in another spelling"),
        (LOG.note(5).encode() + "— a AAAAA=\n".encode(), "base64 that cannot be read"),
    ],
    ids=range(7),
)
def test_a_malformed_note_is_refuted_with_its_reason(
    ask: Ask, files: Path, note: bytes, why: str
) -> None:
    (files / "5.note").write_bytes(note)

    code, said = ask("checkpoint", files / "5.note")

    assert code == 1
    assert why in said


def test_a_receipt_holds_by_the_leaf_it_carries(ask: Ask, files: Path) -> None:
    code, said = ask("proof", files / "receipt")

    assert code == 0
    assert "the leaf at index 4 (consent.asked by prov-017 at 2026-11-21T10:04" in said
    assert f"stands in the 12 leaves that {ORIGIN} signed" in said


def test_a_receipt_without_its_leaf_cannot_be_decided(ask: Ask, files: Path) -> None:
    lines = (files / "receipt").read_bytes().split(b"\n")
    (files / "receipt").write_bytes(b"\n".join([lines[0], *lines[2:]]))

    assert ask("proof", files / "receipt")[0] == 2
    assert ask("proof", files / "receipt", "--leaf", files / "leaf")[0] == 0


def test_any_single_bit_of_a_receipt_matters(files: Path) -> None:
    receipt = (files / "receipt").read_bytes()
    judge = partial(verifier.proof, files / "receipt", None, verifier.key_of(LOG.key))
    codes = set()

    for bit in range(0, 8 * len(receipt), 3):
        changed = bytearray(receipt)
        changed[bit // 8] ^= 1 << bit % 8
        (files / "receipt").write_bytes(changed)
        codes.add(verifier.judged(judge).code)

    assert codes == {verifier.REFUTED}


@pytest.mark.parametrize(
    ("leaf", "why"),
    [
        (LOG.leaves[4] + b"\n", "not a canonical leaf"),
        (LOG.leaves[4] + b" " * 4096, "not a canonical leaf"),
        (LOG.leaves[3], "a leaf that was written for index 3"),
        (LOG.leaves[4].replace(b"asked", b"verified"), "the leaf does not lead to the root"),
        (LOG.leaves[4].replace(b"11-21", b"11-31"), "a leaf with an impossible time"),
    ],
    ids=range(5),
)
def test_another_leaf_is_refuted_at_its_index(ask: Ask, files: Path, leaf: bytes, why: str) -> None:
    (files / "leaf").write_bytes(leaf)

    code, said = ask("proof", files / "receipt", "--leaf", files / "leaf")

    assert code == 1
    assert f", index 4: {why}" in said


def test_a_log_that_grew_is_consistent(ask: Ask, files: Path) -> None:
    expected = f"holds: the 12 leaves of {ORIGIN} begin with the 5 signed before\n"
    grown = files / "5.note", files / "12.note", files / "5-12.proof"
    same = files / "5.note", files / "5.note", files / "none.proof"

    assert (0, expected) == ask("consistency", *grown)
    assert ask("consistency", *same)[0] == 0


def test_a_log_that_was_rewritten_is_not_consistent(ask: Ask, files: Path) -> None:
    """The same key signed both: that is what a fork looks like."""
    other = small_log()
    other.leaves[2] = other.leaves[2].replace(b"verified", b"refused")
    (files / "12.note").write_bytes(other.note(12).encode())

    code, said = ask("consistency", files / "5.note", files / "12.note", files / "5-12.proof")

    assert code == 1
    assert "5-12.proof: the log of 12 does not begin with the log of 5" in said


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 12), (12, 5)])
def test_nothing_grows_from_nothing_or_backwards(ask: Ask, files: Path, old: int, new: int) -> None:
    paths = files / f"{old}.note", files / f"{new}.note", files / "none.proof"

    code, said = ask("consistency", *paths)

    assert code == 1
    assert f"nothing grows from size {old} to size {new}" in said


HASHES = b"".join(b64encode(each) + b"\n" for each in proofs.consistency(5, 12, LOG.node))


@pytest.mark.parametrize(
    "hashes",
    [
        b"",
        b"\xff",
        HASHES + b"\n",
        HASHES[:-1],
        b" " + HASHES,
        HASHES.replace(b"\n", b"\r\n"),
        HASHES.replace(b"=", b"", 1),
        HASHES[45:],
        HASHES + HASHES[:45],
        HASHES[45:] + HASHES[:45],
    ],
    ids=range(10),
)
def test_a_list_of_hashes_that_was_touched_is_refuted(ask: Ask, files: Path, hashes: bytes) -> None:
    (files / "5-12.proof").write_bytes(hashes)

    code, _ = ask("consistency", files / "5.note", files / "12.note", files / "5-12.proof")

    assert code == 1


def test_hashes_between_equal_sizes_are_refuted(ask: Ask, files: Path) -> None:
    code, said = ask("consistency", files / "5.note", files / "5.note", files / "5-12.proof")

    assert code == 1
    assert "a proof of the wrong length" in said
