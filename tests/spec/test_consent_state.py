"""What storage keeps beside a history, and that every state closes with the code `decide` gives."""

import pytest

from consent import (
    REPORT_TO_KELA,
    Event,
    History,
    NeverAsked,
    Refuse,
    State,
    UnknownPurpose,
    decide,
    state_of,
)
from tests.spec.consent_drawn import CLOSED, dawn, drawn, evening, event_id, spec

HEAD = "day | event | dated | more\n----+-------+-------+-----\n"

ASKED = HEAD + "1 | ask | |"
UNWRITTEN = HEAD + "1 | grant | | unwritten"
UNVERIFIED = HEAD + "1 | grant | | until 9"
GRANTED = UNVERIFIED + "\n2 | verify | |"
REFUSED = HEAD + "1 | refuse | |"
WITHDRAWN = GRANTED + "\n3 | withdraw | |"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (ASKED, State("asked", event_id(1), dawn(1), None)),
        (UNWRITTEN, State("unwritten", event_id(1), dawn(1), None)),
        (UNVERIFIED, State("unverified", event_id(1), dawn(1), dawn(9))),
        (GRANTED, State("granted", event_id(1), dawn(1), dawn(9))),
        (REFUSED, State("refused", event_id(1), dawn(1), None)),
        (WITHDRAWN, State("withdrawn", event_id(3), dawn(3), None)),
    ],
)
def test_the_state_names_the_event_it_rests_on(table: str, expected: State) -> None:
    assert expected == state_of(drawn(table), REPORT_TO_KELA)


@pytest.mark.parametrize("table", [ASKED, UNWRITTEN, UNVERIFIED, REFUSED, WITHDRAWN])
def test_a_closed_state_has_the_code_of_the_verdict(table: str) -> None:
    name = state_of(drawn(table), REPORT_TO_KELA).name

    spec(table, on=5, expect=CLOSED[name])


@pytest.mark.parametrize(("day", "answer"), [(2, "permit"), (8, "permit"), (9, "CONSENT_EXPIRED")])
def test_an_expired_grant_stays_granted_for_its_interval_closes_it(day: int, answer: str) -> None:
    spec(GRANTED, on=day, expect=answer)


def test_a_grant_dated_ahead_is_granted_for_its_interval_has_not_begun() -> None:
    table = HEAD + "1 | grant | 5 |\n2 | verify | |"

    assert State("granted", event_id(1), dawn(5), None) == state_of(drawn(table), REPORT_TO_KELA)
    spec(table, on=3, expect="CONSENT_NOT_YET_VALID")


@pytest.mark.parametrize("table", [HEAD, HEAD + "1 | grant | | for research-extract"])
def test_without_an_event_for_the_purpose_there_is_no_state(table: str) -> None:
    with pytest.raises(NeverAsked):
        state_of(drawn(table), REPORT_TO_KELA)


def test_a_purpose_that_is_not_listed_has_no_state() -> None:
    with pytest.raises(UnknownPurpose):
        state_of(drawn(HEAD + "1 | grant | | for marketing"), "marketing")


class Annulled(Event):
    """A kind of event the rule knows nothing of."""


def test_an_event_of_an_unknown_kind_closes_the_gate() -> None:
    known = drawn(GRANTED)
    unknown = Annulled(
        id=event_id(9),
        purpose=REPORT_TO_KELA,
        valid_from=dawn(4),
        recorded_at=dawn(4),
        recorded_by=event_id(9),
    )

    answer = decide(History((*known.events, unknown)), REPORT_TO_KELA, at=evening(5))

    assert isinstance(answer, Refuse)
