"""akva-verify on a release: the bytes that were approved, and no others."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.small_log import ORIGIN, RELEASE, SmallLog, small_log
from tests.verifying import Ask, asking

LOG = small_log()
DRAFTED, APPROVED = 10, 11


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    return asking(capsys, LOG.key)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return LOG.bundle(tmp_path / "release", APPROVED)


def refuted(ask: Ask, bundle: Path, index: int = APPROVED) -> str:
    """Expect a refutation that names this index, and return its sentence."""
    code, said = ask("bundle", bundle, "--json")
    found = json.loads(said)
    assert (1, "refuted", index) == (code, found["verdict"], found["index"])
    return str(found["sentence"])


def test_a_release_that_was_approved_holds(ask: Ask, bundle: Path) -> None:
    expected = (
        "holds: the release's bytes are those approved at log index 11 "
        f"at 2026-11-21T10:11:00.000000Z, among the 12 leaves that {ORIGIN} signed\n"
    )

    assert (0, expected) == ask("bundle", bundle)


def test_a_program_reads_which_bytes_hold(ask: Ask, bundle: Path) -> None:
    found = json.loads(ask("bundle", bundle, "--json")[1])

    assert hashlib.sha256(RELEASE).hexdigest() == found["digest"]
    assert (APPROVED, "release.approved", 12) == (found["index"], found["kind"], found["size"])


@pytest.mark.parametrize(
    "release",
    [b"", RELEASE + b"\n", b" " + RELEASE, RELEASE[:-1], RELEASE.replace(b"2026", b"2025")],
    ids=range(5),
)
def test_other_bytes_than_those_approved_are_refuted(
    ask: Ask, bundle: Path, release: bytes
) -> None:
    (bundle / "release.json").write_bytes(release)

    assert "release.json, index 11: other bytes" in refuted(ask, bundle)


@pytest.mark.parametrize(
    ("receipt", "why"),
    [
        (b"", "not a tlog-proof"),
        (b"\xff", "not UTF-8"),
        (LOG.receipt(DRAFTED, 12).encode(), "the receipt of index 10"),
        (LOG.receipt(APPROVED, 12).encode() + b"\n", "not a signed note"),
        (LOG.receipt(APPROVED, 12).encode()[:-1], "not a signed note"),
        (
            LOG.receipt(APPROVED, 12).encode().replace(b"\n\n", b"\n\n\n", 1),
            "does not fit the text",
        ),
        (LOG.receipt(APPROVED, 12).encode().replace(b"@v1", b"@v0"), "not a tlog-proof"),
        (
            SmallLog(LOG.leaves, seed=b"\1" * 32).receipt(APPROVED, 12).encode(),
            "not signed by the key",
        ),
    ],
    ids=range(8),
)
def test_receipts_that_were_touched_are_refuted(
    ask: Ask, bundle: Path, receipt: bytes, why: str
) -> None:
    (bundle / "release.tlog-proof").write_bytes(receipt)

    said = refuted(ask, bundle)

    assert "release.tlog-proof, index 11: " in said
    assert why in said


@pytest.mark.parametrize("shift", [1, -1])
def test_a_receipt_with_a_hash_too_many_or_too_few_is_refuted(
    ask: Ask, bundle: Path, shift: int
) -> None:
    path = bundle / "release.tlog-proof"
    lines = path.read_bytes().split(b"\n")
    lines[3:4] = lines[3:4] * (1 + shift)
    path.write_bytes(b"\n".join(lines))

    assert "a proof with too" in refuted(ask, bundle)


def test_a_receipt_for_a_leaf_beyond_its_checkpoint_is_refuted(ask: Ask, bundle: Path) -> None:
    receipt = LOG.receipt(APPROVED, 12).partition("\n\n")[0] + "\n\n" + LOG.note(5)
    (bundle / "release.tlog-proof").write_bytes(receipt.encode())

    assert "no leaf 11 in a log of 5" in refuted(ask, bundle)


def test_a_draft_approves_nothing(ask: Ask, tmp_path: Path) -> None:
    """The draft's leaf commits to the same payload, and one person wrote it."""
    bundle = LOG.bundle(tmp_path / "draft", DRAFTED)

    assert "a leaf of release.drafted, which approves nothing" in refuted(ask, bundle, DRAFTED)


@pytest.mark.parametrize("name", ["release.json", "opening.json", "release.tlog-proof"])
def test_a_bundle_with_a_file_missing_decides_nothing(ask: Ask, bundle: Path, name: str) -> None:
    (bundle / name).unlink()

    code, said = ask("bundle", bundle)

    assert code == 2
    assert f"{name} cannot be read" in said


def test_a_receipt_that_carries_another_leaf_than_the_opened_one_is_refuted(
    ask: Ask, bundle: Path
) -> None:
    receipt = (bundle / "release.tlog-proof").read_text("utf-8")
    header, _, rest = receipt.partition("\n")
    rest = rest if rest.startswith("index") else rest.partition("\n")[2]
    (bundle / "release.tlog-proof").write_text(f"{header}\nextra e30=\n{rest}", "utf-8")

    assert "another leaf" in refuted(ask, bundle)
