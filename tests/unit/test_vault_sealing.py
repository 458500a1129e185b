"""What was sealed opens in its place under its key, and nowhere else; every failure looks alike."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from os import urandom
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from akva.errors import Unreadable
from akva.vault.datakeys import UNREADABLE, DataKey, Purpose
from akva.vault.envelope import BODY_STARTS, HEADER_BYTES, Place
from akva.vault.opening import open_all
from akva.vault.sealing import seal

ROW, PROVIDER, CLIENT, OTHER = (UUID(int=n) for n in (1, 2, 3, 4))
PLACE = Place("assessments", "sealed", ROW, PROVIDER, CLIENT)
SECRET = bytes(range(32))
KEY = DataKey(Purpose.RECORD, 1, SECRET)
PLAIN = b'{"answers":{"q1":3}}'


def opened(envelope: bytes, key: DataKey = KEY, place: Place = PLACE) -> bytes:
    [plain] = open_all([(envelope, key, place)])
    return plain


def refusal_of(envelope: bytes, key: DataKey = KEY, place: Place = PLACE) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        opened(envelope, key, place)
    return caught.value


@given(st.binary(max_size=300))
def test_what_was_sealed_opens(plain: bytes) -> None:
    assert plain == opened(seal(plain, KEY, PLACE))


def test_many_open_in_their_order() -> None:
    places = [replace(PLACE, row_version=version) for version in range(1, 20)]
    sealed = [(seal(str(n).encode(), KEY, place), KEY, place) for n, place in enumerate(places)]

    assert [str(n).encode() for n in range(19)] == open_all(sealed)


def test_one_that_does_not_open_lets_none_through() -> None:
    good, bad = seal(PLAIN, KEY, PLACE), bytes(64)

    with pytest.raises(Unreadable):
        open_all([(good, KEY, PLACE), (bad, KEY, PLACE)])


def test_the_envelope_is_as_documented() -> None:
    """Taken apart and opened by the bare cipher, with the associated data spelt out by hand."""
    envelope = seal(PLAIN, KEY, replace(PLACE, client_id=None, row_version=7))
    fields = [b"akva/aad/v1", b"assessments", b"sealed", ROW.bytes, PROVIDER.bytes, b""]
    fields += [b"record", b"\x00\x01", b"\x00\x00\x00\x07"]
    associated = b"".join(len(field).to_bytes(2, "big") + field for field in fields)

    plain = AESGCM(SECRET).decrypt(envelope[19:31], envelope[31:], associated)

    assert (b"\x01\x00\x01", PLAIN) == (envelope[:3], plain)


MOVES: dict[str, Callable[[Place], Place]] = {
    "row": lambda place: replace(place, row_id=OTHER),
    "column": lambda place: replace(place, column="name"),
    "table": lambda place: replace(place, table="reports"),
    "provider": lambda place: replace(place, provider_id=OTHER),
    "no provider": lambda place: replace(place, provider_id=None),
    "client": lambda place: replace(place, client_id=OTHER),
    "no client": lambda place: replace(place, client_id=None),
    "row version": lambda place: replace(place, row_version=2),
    "provider and client": lambda place: replace(place, provider_id=CLIENT, client_id=PROVIDER),
    "a letter over the border": lambda place: replace(place, table="assessment", column="ssealed"),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_moved_elsewhere_it_does_not_open(move: Callable[[Place], Place]) -> None:
    envelope = seal(PLAIN, KEY, PLACE)

    assert UNREADABLE == str(refusal_of(envelope, place=move(PLACE)))
    assert PLAIN == opened(envelope)


@pytest.mark.parametrize(
    "key",
    [
        DataKey(Purpose.RECORD, 1, urandom(32)),
        DataKey(Purpose.AUDIT, 1, SECRET),
        DataKey(Purpose.RECORD, 2, SECRET),
    ],
    ids=["another client's", "for another purpose", "of another version"],
)
def test_under_another_key_it_does_not_open(key: DataKey) -> None:
    assert UNREADABLE == str(refusal_of(seal(PLAIN, KEY, PLACE), key))


def test_an_older_value_does_not_open_as_the_newer_version() -> None:
    older = seal(b"older", KEY, replace(PLACE, row_version=1))

    refusal_of(older, place=replace(PLACE, row_version=2))


def test_an_older_value_put_back_with_its_version_opens_so_the_leaf_must_tell() -> None:
    """The limit of authentication: it cannot know that a newer version was ever written."""
    older = seal(b"older", KEY, replace(PLACE, row_version=1))

    assert b"older" == opened(older, place=replace(PLACE, row_version=1))


@pytest.mark.parametrize("length", range(len(seal(PLAIN, KEY, PLACE))))
def test_cut_short_it_does_not_open(length: int) -> None:
    assert UNREADABLE == str(refusal_of(seal(PLAIN, KEY, PLACE)[:length]))


@pytest.mark.parametrize("extra", [b"\x00", bytes(16)])
def test_made_longer_it_does_not_open(extra: bytes) -> None:
    assert UNREADABLE == str(refusal_of(seal(PLAIN, KEY, PLACE) + extra))


@pytest.mark.parametrize("index", range(len(seal(PLAIN, KEY, PLACE))))
def test_with_any_bit_turned_it_does_not_open(index: int) -> None:
    envelope = bytearray(seal(PLAIN, KEY, PLACE))

    for bit in range(8):
        envelope[index] ^= 1 << bit
        assert UNREADABLE == str(refusal_of(bytes(envelope)))
        envelope[index] ^= 1 << bit
    assert PLAIN == opened(bytes(envelope))


@pytest.mark.parametrize("header", [b"\x00\x00\x01", b"\x02\x00\x01", b"\x01\x00\x00"])
def test_the_version_cannot_be_talked_down(header: bytes) -> None:
    envelope = seal(PLAIN, KEY, PLACE)

    assert UNREADABLE == str(refusal_of(header + envelope[3:]))


def test_a_key_version_claimed_in_the_header_is_not_believed() -> None:
    second = DataKey(Purpose.RECORD, 2, urandom(32))
    envelope = seal(PLAIN, KEY, PLACE)

    assert UNREADABLE == str(refusal_of(second.header[:3] + envelope[3:], second))


def test_a_forged_commitment_does_not_open() -> None:
    """Even with the other key's commitment in front, the cipher itself still says no."""
    other = DataKey(Purpose.RECORD, 1, urandom(32))
    envelope = seal(PLAIN, KEY, PLACE)

    assert UNREADABLE == str(refusal_of(other.header + envelope[HEADER_BYTES:], other))
    assert UNREADABLE == str(refusal_of(envelope[:3] + bytes(16) + envelope[HEADER_BYTES:]))


def test_every_failure_looks_alike() -> None:
    envelope = seal(PLAIN, KEY, PLACE)
    another = DataKey(Purpose.RECORD, 1, urandom(32))
    failures = [
        refusal_of(b""),
        refusal_of(envelope[:-1]),
        refusal_of(b"\x02" + envelope[1:]),
        refusal_of(envelope, another),
        refusal_of(envelope, place=replace(PLACE, row_id=OTHER)),
    ]

    assert {(Unreadable, (UNREADABLE,), None)} == {
        (type(failure), failure.args, failure.__cause__) for failure in failures
    }


def nonces(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield seal(b"", KEY, PLACE)[HEADER_BYTES:BODY_STARTS]


def test_no_nonce_comes_twice() -> None:
    assert 100_000 == len(set(nonces(100_000)))


places = st.builds(
    Place,
    st.text("ab\x00", max_size=3),
    st.text("ab\x00", max_size=3),
    st.sampled_from([ROW, OTHER]),
    st.sampled_from([None, ROW, OTHER]),
    st.sampled_from([None, ROW, OTHER]),
    row_version=st.integers(1, 3),
)
keys = st.builds(DataKey, st.text("ab\x00", max_size=3), st.integers(1, 3), st.just(SECRET))


@given(places, keys, places, keys)
def test_no_two_places_spell_alike(one: Place, key: DataKey, two: Place, other: DataKey) -> None:
    """Texts that hold the very bytes of a length are among them."""
    same = (one, key.purpose, key.version) == (two, other.purpose, other.version)

    assert same == (
        one.before + key.associated + one.after == two.before + other.associated + two.after
    )
