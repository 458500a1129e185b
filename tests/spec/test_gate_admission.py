"""The gate asks for every row, once for each episode and instrument; nothing else passes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

import pytest

from consent import (
    REPORT_TO_KELA,
    Admission,
    History,
    NotAdmitted,
    Permit,
    Scope,
    admit,
)
from consent.verdicts import refusal
from tests.spec.consent_drawn import drawn, evening, event_id

GRANTED = drawn("""
    day | event
    ----+---------
      1 | grant
      2 | verify
""")

WITHDRAWN = drawn("""
    day | event
    ----+----------
      1 | grant
      2 | verify
      3 | withdraw
""")

GAS_ALONE = drawn("""
    day | event  | more
    ----+--------+---------
      1 | grant  | only gas
      2 | verify |
""")

OPEN, CLOSED, PARTLY, UNASKED = (UUID(int=100 + n) for n in range(4))
HISTORIES = {OPEN: GRANTED, CLOSED: WITHDRAWN, PARTLY: GAS_ALONE}


@dataclass(frozen=True)
class Columns:
    """A block as the register keeps it: columns side by side."""

    episodes: tuple[UUID, ...]
    instruments: tuple[str, ...]

    def keys(self) -> Sequence[tuple[UUID, Scope]]:
        return [
            (episode, Scope(instrument=instrument))
            for episode, instrument in zip(self.episodes, self.instruments, strict=True)
        ]

    def take(self, indices: Sequence[int]) -> Self:
        return type(self)(
            tuple(self.episodes[index] for index in indices),
            tuple(self.instruments[index] for index in indices),
        )


class Generous(Columns):
    """A block that hands out everything, whatever it is asked for."""

    def take(self, indices: Sequence[int]) -> Self:  # noqa: ARG002 - ignoring it is the attack
        return self


class Counted(Mapping[UUID, History]):
    """Histories that count how often they are read."""

    def __init__(self, histories: Mapping[UUID, History]) -> None:
        self._histories = histories
        self.reads = 0

    def __getitem__(self, episode: UUID) -> History:
        self.reads += 1
        return self._histories[episode]

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._histories)

    def __len__(self) -> int:
        return len(self._histories)


def passed(block: Columns, histories: Mapping[UUID, History] = HISTORIES) -> Admission[Columns]:
    return admit(block, histories, REPORT_TO_KELA, at=evening(5))


MIXED = Columns((OPEN, CLOSED, PARTLY, UNASKED, PARTLY), ("gas", "gas", "gas", "gas", "bdi-21"))


def test_permitted_rows_pass_in_their_order() -> None:
    expected = Columns((OPEN, PARTLY), ("gas", "gas"))

    assert expected == passed(MIXED).consented.block


def test_each_refused_row_is_told_with_its_reason() -> None:
    expected = (
        (1, refusal("CONSENT_WITHDRAWN")),
        (3, refusal("CONSENT_MISSING")),
        (4, refusal("CONSENT_SCOPE_INSTRUMENT")),
    )

    assert expected == passed(MIXED).refused


def test_the_permits_name_the_event_each_episode_rests_on() -> None:
    expected = {OPEN: Permit(event_id(1)), PARTLY: Permit(event_id(1))}

    assert expected == passed(MIXED).consented.permits


def test_what_was_admitted_says_when_and_what_for() -> None:
    consented = passed(MIXED).consented

    assert (REPORT_TO_KELA, evening(5)) == (consented.purpose, consented.at)


def test_nothing_refused_leaves_no_permit() -> None:
    admission = passed(Columns((CLOSED,), ("gas",)))

    assert (Columns((), ()), {}) == (admission.consented.block, admission.consented.permits)


def test_an_empty_block_passes_empty() -> None:
    admission = passed(Columns((), ()))

    assert (Columns((), ()), ()) == (admission.consented.block, admission.refused)


def test_a_purpose_that_is_not_listed_admits_nothing() -> None:
    admission = admit(MIXED, HISTORIES, "marketing", at=evening(5))

    assert [refusal("CONSENT_SCOPE_PURPOSE")] * 5 == [answer for _, answer in admission.refused]


def test_it_decides_once_for_each_episode_and_instrument() -> None:
    histories = Counted(HISTORIES)

    passed(Columns((OPEN, PARTLY) * 1000, ("gas", "gas") * 1000), histories)

    assert 2 == histories.reads


def test_a_block_that_hands_out_more_than_was_let_through_is_refused() -> None:
    with pytest.raises(NotAdmitted):
        passed(Generous(MIXED.episodes, MIXED.instruments))


def test_such_a_block_passes_when_every_row_is_permitted() -> None:
    block = Generous((OPEN,), ("gas",))

    assert block == passed(block).consented.block
