"""akva-verify on a log's export: whatever was done to it is refuted, and its place is named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from akva.verifier import main as verifier
from tests.small_log import ORIGIN, SmallLog, small_log
from tests.verifying import Ask, asking

LOG = small_log()
SIZES = (0, 1, 5, 8, 12)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    return asking(capsys, LOG.key)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return LOG.export(tmp_path / "export", *SIZES)


def refuted(ask: Ask, export: Path, index: int | None) -> str:
    """Expect a refutation that names this index, and return its sentence."""
    code, said = ask("log", export, "--json")
    found = json.loads(said)
    assert (1, "refuted", index) == (code, found["verdict"], found["index"])
    return str(found["sentence"])


def test_a_whole_log_holds(ask: Ask, export: Path) -> None:
    code, said = ask("log", export)

    assert code == 0
    assert said.startswith(
        f"holds: {ORIGIN} has 12 leaves from 2026-11-21T10:00:00.000000Z "
        "to 2026-11-21T10:11:00.000000Z, root "
    )
    assert said.endswith(
        "5 checkpoints: 2 assessment.recorded, 3 consent.asked, 3 consent.granted, "
        "2 consent.verified, 1 release.approved, 1 release.drafted\n"
    )


def test_a_program_reads_the_same_numbers(ask: Ask, export: Path) -> None:
    found = json.loads(ask("log", export, "--json")[1])

    assert 12 == found["size"] == sum(found["kinds"].values())
    assert len(SIZES) == found["checkpoints"]
    assert ("2026-11-21T10:00:00.000000Z", "2026-11-21T10:11:00.000000Z") == (
        found["first"],
        found["last"],
    )


def test_an_empty_log_holds(ask: Ask, tmp_path: Path) -> None:
    code, said = ask("log", SmallLog().export(tmp_path / "export", 0))

    assert code == 0
    assert f"{ORIGIN} has 0 leaves, root 47DEQpj8HBSa" in said


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[4], lines[3], *lines[5:]]


ATTACKS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int, str]] = {
    "a line dropped": (lambda a: a[:4] + a[5:], 4, "written for index 5"),
    "the first line dropped": (lambda a: a[1:], 0, "written for index 1"),
    "the last line dropped": (lambda a: a[:-1], 11, "12 are signed, 11 are here"),
    "every line dropped": (lambda _: [], 0, "12 are signed, 0 are here"),
    "two lines swapped": (swapped, 3, "written for index 4"),
    "a line doubled": (lambda a: [*a[:5], a[4], *a[5:]], 5, "written for index 4"),
    "a line cut": (lambda a: [*a[:-1], a[-1][:-9]], 11, "cut off"),
    "the last newline cut": (lambda a: [*a[:-1], a[-1][:-1]], 11, "cut off"),
    "a line too long": (lambda a: [b" " * 5000 + b"\n", *a[1:]], 0, "too long"),
    "a space more": (lambda a: [*a[:4], b" " + a[4], *a[5:]], 4, "not a canonical leaf"),
    "a carriage return": (lambda a: [*a[:4], a[4][:-1] + b"\r\n", *a[5:]], 4, "not a canonical"),
    "a blank line": (lambda a: [*a[:4], b"\n", *a[4:]], 4, "not a canonical leaf"),
    "a byte order mark": (lambda a: [b"\xef\xbb\xbf" + a[0], *a[1:]], 0, "not a canonical leaf"),
    "not UTF-8": (lambda a: [*a[:4], b"\xff\n", *a[5:]], 4, "not UTF-8"),
    "a blank line at the end": (lambda a: [*a, b"\n"], 12, "not a canonical leaf"),
    "another kind": (lambda a: renamed(a, b"consent.forged"), 6, "not a canonical leaf"),
    "another listed kind": (lambda a: renamed(a, b"consent.refused"), 5, "some of leaves 5-7"),
    "a leaf alone between two checkpoints": (
        lambda a: [a[0].replace(b"prov", b"priv"), *a[1:]],
        0,
        "leaf 0 not as signed in checkpoints/1.note",
    ),
}


def renamed(lines: list[bytes], kind: bytes) -> list[bytes]:
    return [*lines[:6], lines[6].replace(b"consent.verified", kind), *lines[7:]]


@pytest.mark.parametrize("attack", ATTACKS)
def test_leaves_that_were_touched_are_refuted(ask: Ask, export: Path, attack: str) -> None:
    change, index, why = ATTACKS[attack]
    path = export / "leaves.ndjson"
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))

    said = refuted(ask, export, index)

    assert f"leaves.ndjson, index {index}: " in said
    assert why in said


def test_a_leaf_beyond_the_latest_checkpoint_is_refuted(ask: Ask, tmp_path: Path) -> None:
    export = LOG.export(tmp_path / "export", 5, 8)

    assert "a leaf beyond the 8 that are signed" in refuted(ask, export, 8)


def test_any_flipped_bit_is_refuted_near_where_it_lies(export: Path) -> None:
    """Checkpoints lie at 1, 5, 8 and 12; a time moved on is seen at the leaf after it."""
    path, sound = export / "leaves.ndjson", [0, 1, 1, 1, 1, 5, 5, 5, 8, 8, 8, 8]
    data, key = path.read_bytes(), verifier.key_of(LOG.key)

    for bit in range(0, 8 * len(data), 29):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        verdict = verifier.judged(lambda: verifier.log(export, key))
        leaf = data[: bit // 8].count(b"\n")
        near = {leaf, leaf + 1} if "older" in verdict.sentence else {leaf, sound[leaf]}
        assert (1, True) == (verdict.code, verdict.facts["index"] in near)


def test_time_does_not_run_backwards_though_the_key_signed_it(ask: Ask, tmp_path: Path) -> None:
    log = SmallLog()
    for minutes in (0, 2, 2, 1):
        log.add("consent.asked", minutes=minutes)
    export = log.export(tmp_path / "export", 4)

    assert "older than the one before it" in refuted(ask, export, 3)


def test_a_leaf_out_of_form_is_refuted_though_the_key_signed_it(ask: Ask, tmp_path: Path) -> None:
    log = small_log()
    log.leaves[7] = log.leaves[7].replace(b",", b", ")
    export = log.export(tmp_path / "export", 12)

    assert "not a canonical leaf" in refuted(ask, export, 7)


@pytest.mark.parametrize("name", ["checkpoint", "leaves.ndjson"])
def test_an_export_with_a_file_missing_decides_nothing(ask: Ask, export: Path, name: str) -> None:
    (export / name).unlink()

    code, said = ask("log", export)

    assert code == 2
    assert f"{name} cannot be read" in said


def test_an_export_without_its_checkpoints_decides_nothing(ask: Ask, export: Path) -> None:
    (export / "checkpoints").rename(export / "elsewhere")

    assert ask("log", export)[0] == 2
