"""Pseudonyms: stable in a domain, unlinkable between domains, proof against a slip of the pen."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akva.vault.pseudonyms import ALPHABET, CHECKS, Pseudonyms

MASTER = bytes([2]) * 32
PSEUDONYMS = Pseudonyms(register_master=MASTER)
SUBJECT = UUID(int=1)


def holds(pseudonym: str) -> bool:
    """Check as a recipient would, from Crockford's description alone."""
    number = 0
    for character in pseudonym[:-1]:
        number = number * 32 + ALPHABET.index(character)
    return CHECKS[number % 37] == pseudonym[-1]


def test_the_alphabet_is_crockfords() -> None:
    assert set("ILOU") == set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set(ALPHABET)
    assert (32, 37) == (len(ALPHABET), len(set(CHECKS)))


@given(st.uuids())
def test_a_pseudonym_is_24_characters_and_a_check(subject: UUID) -> None:
    pseudonym = PSEUDONYMS.of(subject, domain="project-1")

    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{24}[0-9A-HJKMNP-TV-Z*~$=U]", pseudonym)
    assert holds(pseudonym)


def test_a_subject_keeps_its_pseudonym_in_a_domain() -> None:
    again = Pseudonyms(register_master=MASTER)

    assert PSEUDONYMS.of(SUBJECT, domain="a") == again.of(SUBJECT, domain="a")


@pytest.mark.parametrize(
    "other",
    [
        PSEUDONYMS.of(SUBJECT, domain="b"),
        PSEUDONYMS.of(UUID(int=2), domain="a"),
        Pseudonyms(register_master=bytes(32)).of(SUBJECT, domain="a"),
    ],
    ids=["another domain", "another subject", "another register"],
)
def test_elsewhere_it_is_another(other: str) -> None:
    assert PSEUDONYMS.of(SUBJECT, domain="a") != other


def test_two_domains_share_no_pseudonym() -> None:
    subjects = [UUID(int=n) for n in range(500)]
    one, two = ({PSEUDONYMS.of(s, domain=domain) for s in subjects} for domain in "ab")

    assert (500, 500, set()) == (len(one), len(two), one & two)


@given(st.integers(0, 23), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, wrong: str) -> None:
    pseudonym = PSEUDONYMS.of(SUBJECT, domain="a")
    slipped = pseudonym[:place] + wrong + pseudonym[place + 1 :]

    assert holds(slipped) == (slipped == pseudonym)


@given(st.integers(0, 22))
def test_two_neighbours_in_each_others_place_are_noticed(place: int) -> None:
    pseudonym = PSEUDONYMS.of(SUBJECT, domain="a")
    first, second = pseudonym[place], pseudonym[place + 1]
    slipped = pseudonym[:place] + second + first + pseudonym[place + 2 :]

    assert holds(slipped) == (slipped == pseudonym)
