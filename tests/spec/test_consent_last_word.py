"""The client's last word for a purpose decides; silence is refusal."""

from dataclasses import replace

import pytest

from consent import REPORT_TO_KELA, History, decide
from tests.spec.consent_drawn import drawn, evening, spec

COURSE = """
    day | event
    ----+----------
      1 | ask
      3 | grant
      4 | verify
      8 | withdraw
"""


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (0, "CONSENT_MISSING"),
        (1, "CONSENT_MISSING"),
        (3, "CONSENT_EVIDENCE_UNVERIFIED"),
        (4, "permit"),
        (7, "permit"),
        (8, "CONSENT_WITHDRAWN"),
        (900, "CONSENT_WITHDRAWN"),
    ],
)
def test_a_course_from_asking_to_withdrawal(day: int, answer: str) -> None:
    spec(COURSE, on=day, expect=answer)


NO_EVENT = """
    day | event
    ----+----------
"""


def test_silence_is_refusal() -> None:
    spec(NO_EVENT, on=5, expect="CONSENT_MISSING")


NO_THEN_YES = """
    day | event
    ----+----------
      1 | ask
      2 | refuse
      5 | grant
      6 | verify
"""


@pytest.mark.parametrize(("day", "answer"), [(2, "CONSENT_REFUSED_BY_CLIENT"), (6, "permit")])
def test_a_no_may_become_a_yes(day: int, answer: str) -> None:
    spec(NO_THEN_YES, on=day, expect=answer)


ASKED_AFTER_YES = """
    day | event
    ----+----------
      1 | grant
      2 | verify
      5 | ask
"""

ASKED_AFTER_NO = """
    day | event
    ----+----------
      1 | refuse
      5 | ask
"""

ASKED_AFTER_WITHDRAWAL = """
    day | event
    ----+----------
      1 | grant
      2 | verify
      3 | withdraw
      5 | ask
"""


@pytest.mark.parametrize(
    ("table", "answer"),
    [
        (ASKED_AFTER_YES, "permit"),
        (ASKED_AFTER_NO, "CONSENT_REFUSED_BY_CLIENT"),
        (ASKED_AFTER_WITHDRAWAL, "CONSENT_WITHDRAWN"),
    ],
)
def test_asking_again_displaces_no_answer(table: str, answer: str) -> None:
    spec(table, on=5, expect=answer)


GRANTED_ANEW = """
    day | event
    ----+----------
      1 | grant
      2 | verify
      4 | withdraw
      6 | grant
      8 | verify
"""


@pytest.mark.parametrize(
    ("day", "answer"), [(6, "CONSENT_EVIDENCE_UNVERIFIED"), (7, "CONSENT_EVIDENCE_UNVERIFIED")]
)
def test_a_new_grant_does_not_live_on_the_old_ones_verification(day: int, answer: str) -> None:
    spec(GRANTED_ANEW, on=day, expect=answer)


def test_a_new_grant_opens_again_with_a_verification_of_its_own() -> None:
    spec(GRANTED_ANEW, on=8, expect="permit")


GRANTED_ANEW_WITHOUT_PAPER = """
    day | event    | more
    ----+----------+----------
      1 | grant    |
      2 | verify   |
      4 | withdraw |
      6 | grant    | unwritten
      8 | verify   |
"""


def test_a_new_grant_does_not_live_on_the_old_ones_paper() -> None:
    spec(GRANTED_ANEW_WITHOUT_PAPER, on=8, expect="CONSENT_NOT_WRITTEN")


RENEWED = """
    day | event
    ----+----------
      1 | grant
      2 | verify
      6 | grant
"""


def test_a_renewal_takes_the_old_grants_place_before_it_is_verified() -> None:
    spec(RENEWED, on=6, expect="CONSENT_EVIDENCE_UNVERIFIED")


YES_THEN_NO_ON_ONE_DAY = """
    day | event
    ----+----------
      1 | grant
      1 | verify
      1 | withdraw
"""

NO_THEN_YES_ON_ONE_DAY = """
    day | event
    ----+----------
      1 | refuse
      1 | grant
      1 | verify
"""


@pytest.mark.parametrize(
    ("table", "answer"),
    [(YES_THEN_NO_ON_ONE_DAY, "CONSENT_WITHDRAWN"), (NO_THEN_YES_ON_ONE_DAY, "permit")],
)
def test_events_of_one_day_go_by_their_recording(table: str, answer: str) -> None:
    spec(table, on=1, expect=answer)


TWO_ANSWERS = """
    day | event  | more
    ----+--------+----------
      1 | grant  |
      1 | verify |
      1 | {event} | {more}
"""


@pytest.mark.parametrize(
    ("event", "more", "answer"),
    [
        ("refuse", "", "CONSENT_REFUSED_BY_CLIENT"),
        ("withdraw", "", "CONSENT_WITHDRAWN"),
        ("grant", "unwritten", "CONSENT_NOT_WRITTEN"),
    ],
)
def test_of_two_answers_at_one_instant_it_is_one_whichever_way_they_are_read(
    event: str, more: str, answer: str
) -> None:
    """Of a yes and a no, the no; of two grants, the one with the later id."""
    grant, check, other = drawn(TWO_ANSWERS.format(event=event, more=more)).events
    other = replace(other, recorded_at=grant.recorded_at)

    for told in ((grant, check, other), (other, check, grant)):
        verdict = decide(History(told), REPORT_TO_KELA, at=evening(1))
        assert answer == getattr(verdict, "code", "permit")
