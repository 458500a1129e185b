"""Blind indexes meet where they should, and nowhere else."""

import hashlib
from itertools import product
from uuid import UUID

import pytest

from akva.vault.indexes import Indexes

ONE, TWO = UUID(int=1), UUID(int=2)
RECORD, REGISTER = bytes([1]) * 32, bytes([2]) * 32
CODE = "010594Y9032"  # a published sample of the test range


@pytest.fixture
def indexes() -> Indexes:
    return Indexes(record_master=RECORD, register_master=REGISTER)


def test_one_person_at_one_provider_is_found_again(indexes: Indexes) -> None:
    again = Indexes(record_master=RECORD, register_master=REGISTER)

    assert indexes.identity(ONE, CODE) == again.identity(ONE, CODE)


def test_two_providers_indexes_never_meet(indexes: Indexes) -> None:
    assert indexes.identity(ONE, CODE) != indexes.identity(TWO, CODE)


def test_the_register_knows_one_person_across_providers(indexes: Indexes) -> None:
    other_provider = Indexes(record_master=bytes(32), register_master=REGISTER)

    assert indexes.register(CODE) == other_provider.register(CODE)


def test_a_code_that_differs_in_its_century_is_another_person(indexes: Indexes) -> None:
    assert indexes.register(CODE) != indexes.register(CODE.replace("Y", "-"))


def test_the_kinds_of_index_never_meet(indexes: Indexes) -> None:
    found = {
        indexes.identity(ONE, CODE),
        indexes.reference(ONE, CODE),
        indexes.register(CODE),
        indexes.register(ONE.bytes.decode("latin-1") + CODE),
        indexes.fingerprint(CODE.encode()),
        indexes.fingerprint(ONE.bytes + CODE.encode()),
    }

    assert 6 == len(found)


def test_equal_masters_would_not_make_the_zones_meet() -> None:
    alike = Indexes(record_master=RECORD, register_master=RECORD)

    assert alike.register(CODE) != alike.identity(UUID(int=0), CODE)


def test_one_reference_in_two_spellings_is_one_client(indexes: Indexes) -> None:
    assert indexes.reference(ONE, "M\u00e4ki") == indexes.reference(ONE, "Ma\u0308ki")


def test_every_index_is_of_one_length(indexes: Indexes) -> None:
    found = [
        indexes.identity(ONE, ""),
        indexes.reference(ONE, "a" * 500),
        indexes.register(CODE),
        indexes.fingerprint(b""),
    ]

    assert [32] * 4 == [len(index) for index in found]


def day_of_codes() -> list[str]:
    """Every code of the test range of one day, which a thief would try."""
    check = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    return [
        f"010594{sign}{number}{check[int(f'010594{number}') % 31]}"
        for sign, number in product("-YXWVU", range(900, 1000))
    ]


def test_without_the_key_trying_every_code_finds_nothing(indexes: Indexes) -> None:
    stolen = indexes.register(CODE)
    guesses = [
        hash_(code.encode()).digest()
        for code in day_of_codes()
        for hash_ in (hashlib.sha256, hashlib.blake2s, hashlib.sha3_256)
    ]

    assert stolen not in guesses


def test_an_unkeyed_hash_would_give_the_code_away() -> None:
    """The negative control: the same list does hold the code."""
    stolen = hashlib.sha256(CODE.encode()).digest()

    found = [code for code in day_of_codes() if hashlib.sha256(code.encode()).digest() == stolen]

    assert [CODE] == found
