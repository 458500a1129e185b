"""A leaf has one spelling, names a listed kind, and reads back as what was written."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akva.errors import InvalidProof
from akva.transparency import leaves

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
HASH = st.binary(min_size=32, max_size=32)
LEAF = leaves.Fields(
    index=7,
    at=AT,
    kind="consent.granted",
    org="prov-017",
    tag=b"s" * 32,
    commitment=b"c" * 32,
    payload_hash=b"x" * 32,
)
BYTES = (
    b'{"c":"%b","i":7,"org":"prov-017","s":"%b","t":"2026-11-21T10:00:00.000000Z",'
    b'"ty":"consent.granted","v":1,"x":"%b"}' % (b"63" * 32, b"73" * 32, b"78" * 32)
)


def changed(**fields: Any) -> leaves.Fields:  # noqa: ANN401 — wrong types are part of the point
    return cast("leaves.Fields", LEAF | fields)


def test_a_leaf_is_sorted_json_without_spaces() -> None:
    written = leaves.encode(**LEAF)

    assert written == BYTES


def test_a_leaf_holds_the_same_instant_from_any_zone() -> None:
    helsinki = AT.astimezone(timezone(timedelta(hours=2)))

    written = leaves.encode(**changed(at=helsinki))

    assert written == BYTES


@given(
    index=st.integers(0, 2**53 - 1),
    at=st.datetimes(timezones=st.just(UTC)),
    kind=st.sampled_from(sorted(leaves.KINDS)),
    org=st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True),
    hashes=st.tuples(HASH, HASH, HASH),
)
def test_what_was_written_reads_back(
    index: int, at: datetime, kind: str, org: str, hashes: tuple[bytes, bytes, bytes]
) -> None:
    tag, commitment, payload_hash = hashes
    fields = changed(
        index=index,
        at=at,
        kind=kind,
        org=org,
        tag=tag,
        commitment=commitment,
        payload_hash=payload_hash,
    )

    written = leaves.encode(**fields)

    assert leaves.Leaf(**fields) == leaves.decode(written)
    assert len(written) <= leaves.LARGEST_BYTES


@pytest.mark.parametrize(
    "fault",
    [
        {"index": -1},
        {"index": 2**53},
        {"index": True},
        {"at": AT.replace(tzinfo=None)},
        {"kind": "consent.guessed"},
        {"org": ""},
        {"org": "a" * 5000},
        {"org": 'a"b'},
        {"org": "a\n"},
        {"tag": bytes(31)},
        {"commitment": bytes(33)},
        {"payload_hash": b""},
    ],
    ids=str,
)
def test_a_leaf_outside_its_form_is_not_written(fault: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        leaves.encode(**changed(**fault))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"7",
        b"{}",
        b"\xff",
        b"[" * 4000,
        b" " * 5000,
        BYTES + b"\n",
        b" " + BYTES,
        BYTES.replace(b",", b", ", 1),
        BYTES.replace(b'"v":1', b'"v":2'),
        BYTES.replace(b'"v":1', b'"v":true'),
        BYTES.replace(b'"i":7', b'"i":7.0'),
        BYTES.replace(b'"i":7', b'"i":true'),
        BYTES.replace(b'"i":7', b'"i":"7"'),
        BYTES.replace(b'"i":7', b'"i":7,"i":7'),
        BYTES.replace(b'"v":1', b'"v":1,"w":1'),
        BYTES.replace(b"63" * 32, b"6A" * 32),
        BYTES.replace(b"63" * 32, b"63" * 31),
        BYTES.replace(b'"' + b"63" * 32 + b'"', b"7"),
        BYTES.replace(b'"prov-017"', b"7"),
        BYTES.replace(b"prov-017", b"prov\\u002d017"),
        BYTES.replace(b'"consent.granted"', b"[]"),
        BYTES.replace(b"consent.granted", b"consent.guessed"),
        BYTES.replace(b".000000Z", b"Z"),
        BYTES.replace(b".000000Z", b".000000"),
        BYTES.replace(b".000000Z", b".000000+00:00"),
        BYTES.replace(b"2026-11-21T10:00:00.000000Z", b"0001-01-01T00:00:00.000000+23:00"),
        BYTES.replace(b"2026-11-21", b"2026-11-31"),
        BYTES.replace(b'"2026-11-21T10:00:00.000000Z"', b"7"),
        BYTES.decode().encode("utf-16"),
    ],
)
def test_other_bytes_are_no_leaf(data: bytes) -> None:
    with pytest.raises(InvalidProof):
        leaves.decode(data)
