"""akva-verify on a release's opening: the payload that was committed to, in its one form."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_log import PAYLOAD, SECRET, SmallLog, small_log
from tests.verifying import Ask, asking

LOG = small_log()
DRAFTED, APPROVED = 10, 11
Change = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    return asking(capsys, LOG.key)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return LOG.bundle(tmp_path / "release", APPROVED)


def refuted(ask: Ask, bundle: Path, index: int | None) -> str:
    """Expect a refutation that names this index, and return its sentence."""
    code, said = ask("bundle", bundle, "--json")
    found = json.loads(said)
    assert (1, "refuted", index) == (code, found["verdict"], found["index"])
    return str(found["sentence"])


def with_payload(folder: Path, payload: str) -> Path:
    """Let a careless log commit to this payload, approve it and sign."""
    log = SmallLog()
    index = log.add("release.approved", payload)
    return log.bundle(folder / "careless", index, payload)


def put(**fields: object) -> Change:
    return lambda opening: {**opening, **fields}


FORM = "an index, a leaf, a secret and a payload, and no more"
OPENINGS: dict[str, tuple[Change, int | None, str]] = {
    "another index": (put(index=DRAFTED), DRAFTED, "the receipt of index 11"),
    "a huge index": (put(index=10**30), 10**30, "the receipt of index 11"),
    "another leaf": (put(leaf=LOG.leaves[DRAFTED].decode()), APPROVED, "written for index 10"),
    "a leaf edited": (
        put(leaf=LOG.leaves[APPROVED].decode().replace("prov-017", "prov-018")),
        APPROVED,
        "does not lead to the root",
    ),
    "a leaf with whitespace": (
        put(leaf=LOG.leaves[APPROVED].decode() + "\n"),
        APPROVED,
        "not a canonical leaf",
    ),
    "a leaf that is no text": (put(leaf="\ud800"), APPROVED, "not UTF-8"),
    "another secret": (
        put(secret=bytes(32).hex()),
        APPROVED,
        "not the one that the leaf commits to",
    ),
    "a secret in capitals": (put(secret=SECRET.hex().upper()), None, "64 small hexadecimal"),
    "a short secret": (put(secret=SECRET.hex()[2:]), None, "64 small hexadecimal"),
    "another payload": (
        put(payload=PAYLOAD.replace('"b"', '"a"')),
        APPROVED,
        "not the one that the leaf commits to",
    ),
    "a payload with whitespace": (
        put(payload=PAYLOAD + " "),
        APPROVED,
        "not the one that the leaf commits to",
    ),
    "a payload that is no text": (
        put(payload="\ud800"),
        APPROVED,
        "not the one that the leaf commits to",
    ),
    "a field more": (put(note="trust me"), None, FORM),
    "a field less": (lambda o: {k: o[k] for k in ("index", "leaf", "secret")}, None, FORM),
    "an index that is a text": (put(index="11"), None, FORM),
    "an index that is a truth": (put(index=True), None, FORM),
    "an index with a point": (put(index=11.0), None, FORM),
    "a payload that is an object": (put(payload={}), None, FORM),
}


@pytest.mark.parametrize("attack", OPENINGS)
def test_openings_that_were_touched_are_refuted(ask: Ask, bundle: Path, attack: str) -> None:
    change, index, why = OPENINGS[attack]
    path = bundle / "opening.json"
    path.write_text(json.dumps(change(json.loads(path.read_bytes()))), encoding="utf-8")

    assert why in refuted(ask, bundle, index)


@pytest.mark.parametrize(
    "opening",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"{",
        b"[" * 100_000,
        b'{"index": NaN}',
        b'{"index": 11, "index": 11}',
        b'{"index": ' + b"9" * 10_000 + b"}",
    ],
    ids=range(9),
)
def test_an_opening_that_cannot_be_read_is_refuted(ask: Ask, bundle: Path, opening: bytes) -> None:
    (bundle / "opening.json").write_bytes(opening)

    assert "opening.json: " in refuted(ask, bundle, None)


@pytest.mark.parametrize(
    "payload",
    [
        "[]",
        "",
        PAYLOAD + "\n",
        PAYLOAD.replace(":", ": "),
        PAYLOAD.replace('"b"', "1.5"),
        PAYLOAD.replace('"b"', "null"),
        PAYLOAD.replace('"b"', '{"a":1}'),
        PAYLOAD.replace('"b"', '"a\u0308"'),
        PAYLOAD.replace('"b"', '"\\u00e4"'),
        PAYLOAD.replace("approved_by", "approved_bä"),
        PAYLOAD.replace('{"approved_by"', '{"zpproved_by"'),
        PAYLOAD.replace("}", ',"digest":"00"}'),
    ],
    ids=range(12),
)
def test_a_payload_out_of_form_is_refuted_though_the_log_committed_to_it(
    ask: Ask, tmp_path: Path, payload: str
) -> None:
    assert "opening.json, index 0: " in refuted(ask, with_payload(tmp_path, payload), 0)


@pytest.mark.parametrize("payload", ["{}", '{"digest":"00"}', '{"digest":1}'])
def test_an_approval_of_something_else_is_refuted(ask: Ask, tmp_path: Path, payload: str) -> None:
    assert "other bytes" in refuted(ask, with_payload(tmp_path, payload), 0)
