"""A wrapped key opens for its owner, purpose and version; a forgotten one has to be unwrapped."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import urandom
from uuid import UUID, uuid4

import pytest

from akva.errors import Unreadable
from akva.vault.datakeys import KEPT_KEYS, UNREADABLE, DataKeys, Purpose, Wanted

OWNER, OTHER = UUID(int=1), UUID(int=2)
RECORD, REGISTER = bytes([1]) * 32, bytes([2]) * 32


@pytest.fixture
def datakeys() -> DataKeys:
    return DataKeys(record_master=RECORD, register_master=REGISTER)


def wanted(datakeys: DataKeys, purpose: Purpose = Purpose.RECORD) -> Wanted:
    return Wanted(OWNER, purpose, 1, datakeys.make(OWNER, purpose))


def refused(datakeys: DataKeys, attack: Wanted) -> None:
    with pytest.raises(Unreadable) as caught:
        datakeys.take([attack])
    assert (UNREADABLE,) == caught.value.args


@pytest.mark.parametrize("purpose", Purpose)
def test_a_made_key_unwraps_to_the_same_key_in_another_process(purpose: Purpose) -> None:
    one = DataKeys(record_master=RECORD, register_master=REGISTER)
    two = DataKeys(record_master=RECORD, register_master=REGISTER)
    made = wanted(one, purpose)

    assert one.take([made])[0].secret == two.take([made])[0].secret


def test_every_made_key_is_another(datakeys: DataKeys) -> None:
    keys = datakeys.take([Wanted(uuid4(), Purpose.RECORD, 1, None) for _ in range(100)])

    assert 100 == len({key.secret for key in keys})


def test_a_key_made_when_taken_is_stored_as_it_was_wrapped(datakeys: DataKeys) -> None:
    [made] = datakeys.take([Wanted(OWNER, Purpose.AUDIT, 3, None)])
    datakeys.forget(OWNER, Purpose.AUDIT)

    [again] = datakeys.take([Wanted(OWNER, Purpose.AUDIT, 3, made.wrapped)])

    assert (made.secret, False) == (again.secret, made is again)


@pytest.mark.parametrize(
    "change",
    [
        {"owner": OTHER},
        {"purpose": Purpose.AUDIT},
        {"purpose": Purpose.REGISTER},
        {"version": 2},
        {"version": -1},
        {"version": 70_000},
    ],
)
def test_a_wrapped_key_opens_for_nobody_and_nothing_else(
    datakeys: DataKeys, change: dict[str, UUID | Purpose | int]
) -> None:
    refused(datakeys, replace(wanted(datakeys), **change))  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    "masters",
    [
        {"record_master": REGISTER, "register_master": RECORD},
        {"record_master": RECORD, "register_master": RECORD},
    ],
)
def test_the_provider_zone_cannot_open_the_registers_keys(
    datakeys: DataKeys, masters: dict[str, bytes]
) -> None:
    refused(DataKeys(**masters), wanted(datakeys, Purpose.REGISTER))


@pytest.mark.parametrize("purpose", [Purpose.RECORD, Purpose.AUDIT])
def test_the_registers_zone_cannot_open_the_providers_keys(
    datakeys: DataKeys, purpose: Purpose
) -> None:
    refused(DataKeys(record_master=REGISTER, register_master=REGISTER), wanted(datakeys, purpose))


def test_cut_short_or_changed_anywhere_it_does_not_open(datakeys: DataKeys) -> None:
    whole = wanted(datakeys)
    wrapped = whole.wrapped or b""

    for index in range(len(wrapped)):
        turned = wrapped[:index] + bytes([wrapped[index] ^ 1]) + wrapped[index + 1 :]
        refused(datakeys, replace(whole, wrapped=turned))
        refused(datakeys, replace(whole, wrapped=wrapped[:index]))
    refused(datakeys, replace(whole, wrapped=wrapped + b"\x00"))


def test_a_key_in_memory_is_not_given_for_other_bytes(datakeys: DataKeys) -> None:
    """Whoever lacks the wrapped key lacks the key, however lately it was in use."""
    whole = wanted(datakeys)
    datakeys.take([whole])

    refused(datakeys, replace(whole, wrapped=urandom(61)))


def test_a_key_in_use_is_kept(datakeys: DataKeys) -> None:
    whole = wanted(datakeys)
    [first] = datakeys.take([whole])

    assert first is datakeys.take([whole])[0]


def test_a_forgotten_key_is_dropped_in_every_version(datakeys: DataKeys) -> None:
    versions = [Wanted(OWNER, Purpose.REGISTER, version, None) for version in (1, 2)]
    before = datakeys.take([*versions, Wanted(OWNER, Purpose.RECORD, 1, None)])
    again = [replace(one, wrapped=key.wrapped) for one, key in zip(versions, before, strict=False)]
    kept = Wanted(OWNER, Purpose.RECORD, 1, before[2].wrapped)

    datakeys.forget(OWNER, Purpose.REGISTER)

    after = datakeys.take([*again, kept])
    assert [False, False, True] == [a is b for a, b in zip(after, before, strict=True)]


def test_no_more_keys_are_kept_than_the_bound(datakeys: DataKeys) -> None:
    first = wanted(datakeys)
    [before] = datakeys.take([first])

    datakeys.take([Wanted(uuid4(), Purpose.RECORD, 1, None) for _ in range(KEPT_KEYS)])

    assert KEPT_KEYS == len(datakeys._kept)
    assert before is not datakeys.take([first])[0]


def test_a_key_used_again_outlives_those_that_were_not(datakeys: DataKeys) -> None:
    first = wanted(datakeys)
    [before] = datakeys.take([first])
    datakeys.take([Wanted(uuid4(), Purpose.RECORD, 1, None) for _ in range(KEPT_KEYS - 1)])

    datakeys.take([first, Wanted(uuid4(), Purpose.RECORD, 1, None)])

    assert before is datakeys.take([first])[0]


def test_threads_may_share_it(datakeys: DataKeys) -> None:
    stored = [
        Wanted(owner, Purpose.RECORD, 1, datakeys.make(owner, Purpose.RECORD))
        for owner in (UUID(int=n) for n in range(1_200))
    ]
    expected = [key.secret for key in datakeys.take(stored)]

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(datakeys.take, [stored] * 8))

    assert [expected] * 8 == [[key.secret for key in keys] for keys in taken]


def test_a_standing_key_is_the_same_each_time(datakeys: DataKeys) -> None:
    assert datakeys.standing("names").secret == datakeys.standing("names").secret


def test_standing_keys_differ_by_name_and_by_master(datakeys: DataKeys) -> None:
    other = DataKeys(record_master=REGISTER, register_master=REGISTER)
    keys = [datakeys.standing("names"), datakeys.standing("acts"), other.standing("names")]

    assert 3 == len({key.secret for key in keys})
