"""Checkpoints and receipts have one spelling, and a checkpoint belongs to the key's own log."""

import pytest

from akva.errors import InvalidProof
from akva.transparency import checkpoints, merkle, tlogproof
from tests.small_log import ORIGIN, SmallLog, check, small_log

LOG = SmallLog()
NOTE = LOG.note(0)


def test_a_checkpoint_reads_back_as_it_was_signed() -> None:
    log = small_log()
    expected = checkpoints.Checkpoint(ORIGIN, 12, merkle.root(log.hashes(12)))

    assert expected == checkpoints.read(log.note(12), verifier_key=log.key, check=check)


def test_a_checkpoint_of_another_log_is_refused_though_the_key_signed_it() -> None:
    note = LOG.signed(checkpoints.text("other.example", 0, merkle.EMPTY_ROOT))

    with pytest.raises(InvalidProof, match="another log"):
        checkpoints.read(note, verifier_key=LOG.key, check=check)


EMPTY = checkpoints.text("a", 0, merkle.EMPTY_ROOT)
ONE = checkpoints.text("a", 1, bytes(32))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        EMPTY.rstrip("\n"),
        EMPTY + "extension\n",
        EMPTY.replace("a\n", "\n", 1),
        EMPTY.replace("\n0\n", "\n1 \n"),
        ONE.replace("\n1\n", "\n01\n"),
        ONE.replace("\n1\n", "\n+1\n"),
        ONE.replace("\n1\n", "\n-1\n"),
        ONE.replace("\n1\n", "\n\u0661\n"),
        ONE.replace("\n1\n", f"\n{10**16}\n"),
        ONE.replace("\n1\n", "\n0\n"),
        ONE.replace("A=", "B="),
        ONE.replace("A=", "AAAA="),
        ONE.replace("AAAA", ""),
        ONE.replace("=", ""),
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(InvalidProof):
        checkpoints.parse(text)


def test_a_checkpoint_is_not_written_with_a_root_that_is_none() -> None:
    with pytest.raises(InvalidProof):
        checkpoints.text("a", 1, bytes(31))


@pytest.mark.parametrize("extra", [None, b"", b"leaf"])
@pytest.mark.parametrize("proof", [(), (bytes(32),), (bytes(32), b"\1" * 32)])
def test_a_receipt_reads_back(proof: tuple[bytes, ...], extra: bytes | None) -> None:
    expected = tlogproof.TlogProof(7, proof, NOTE, extra)

    assert expected == tlogproof.decode(tlogproof.encode(7, proof, NOTE, extra))


RECEIPT = tlogproof.encode(7, [bytes(32)], NOTE, b"leaf")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\n",
        RECEIPT.partition("\n\n")[0],
        RECEIPT.partition("\n\n")[0] + "\n\n",
        RECEIPT.replace("@v1", "@v2"),
        RECEIPT.replace("index 7\n", ""),
        RECEIPT.replace("index 7", "index 07"),
        RECEIPT.replace("index 7", "index -7"),
        RECEIPT.replace("extra ", "extra  "),
        RECEIPT.replace("extra bGVhZg==", "extra bGVhZh=="),
        RECEIPT.replace("AAA=", "AAB="),
        RECEIPT.replace("AAA=", "AAA=\r"),
        RECEIPT.replace("AAAA", "", 1),
    ],
)
def test_a_malformed_receipt_is_refused(text: str) -> None:
    with pytest.raises(InvalidProof):
        tlogproof.decode(text)
