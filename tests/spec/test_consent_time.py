"""Two times: when an event holds, and when it was recorded. Nothing is made lawful afterwards."""

import pytest

from tests.spec.consent_drawn import spec

RECORDED_LATE = """
    day | event  | dated
    ----+--------+------
      5 | grant  | 1
      5 | verify |
"""


@pytest.mark.parametrize("known", [3, 5, 90])
def test_a_grant_recorded_later_never_covers_an_earlier_day(known: int) -> None:
    spec(RECORDED_LATE, on=3, known=known, expect="CONSENT_MISSING")


def test_a_grant_recorded_late_covers_what_follows() -> None:
    spec(RECORDED_LATE, on=5, expect="permit")


WITHDRAWAL_RECORDED_LATE = """
    day | event    | dated
    ----+----------+------
      1 | grant    |
      1 | verify   |
      9 | withdraw | 4
"""


@pytest.mark.parametrize(
    ("day", "known", "answer"),
    [
        (3, 9, "permit"),
        (4, 4, "permit"),
        (4, 9, "CONSENT_WITHDRAWN"),
        (8, 8, "permit"),
        (8, 9, "CONSENT_WITHDRAWN"),
        (9, 8, "permit"),
        (9, 9, "CONSENT_WITHDRAWN"),
    ],
)
def test_a_late_withdrawal_shows_what_should_not_have_been(
    day: int, known: int, answer: str
) -> None:
    spec(WITHDRAWAL_RECORDED_LATE, on=day, known=known, expect=answer)


OLDER_GRANT_FOUND_AFTER_A_NO = """
    day | event  | dated
    ----+--------+------
      5 | refuse |
      7 | grant  | 2
      7 | verify |
"""

OLDER_GRANT_FOUND_AFTER_A_WITHDRAWAL = """
    day | event    | dated
    ----+----------+------
      1 | grant    |
      2 | verify   |
      5 | withdraw |
      7 | grant    | 2
      7 | verify   |
"""


@pytest.mark.parametrize(
    ("table", "answer"),
    [
        (OLDER_GRANT_FOUND_AFTER_A_NO, "CONSENT_REFUSED_BY_CLIENT"),
        (OLDER_GRANT_FOUND_AFTER_A_WITHDRAWAL, "CONSENT_WITHDRAWN"),
    ],
)
def test_an_older_grant_recorded_late_displaces_no_later_no(table: str, answer: str) -> None:
    spec(table, on=7, expect=answer)


FROM_FIVE_UNTIL_NINE = """
    day | event  | dated | more
    ----+--------+-------+--------
      1 | grant  | 5     | until 9
      2 | verify |       |
"""


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (4, "CONSENT_NOT_YET_VALID"),
        (5, "permit"),
        (8, "permit"),
        (9, "CONSENT_EXPIRED"),
    ],
)
def test_a_grant_holds_from_its_first_day_until_the_day_after_its_last(
    day: int, answer: str
) -> None:
    spec(FROM_FIVE_UNTIL_NINE, on=day, expect=answer)


WITHDRAWN_BEFORE_IT_HELD = """
    day | event    | dated
    ----+----------+------
      1 | grant    | 8
      2 | verify   |
      4 | withdraw |
"""


def test_a_grant_dated_ahead_does_not_outlive_a_later_withdrawal() -> None:
    spec(WITHDRAWN_BEFORE_IT_HELD, on=8, expect="CONSENT_WITHDRAWN")


WITHDRAWN_AHEAD = """
    day | event    | dated
    ----+----------+------
      1 | grant    |
      1 | verify   |
      4 | withdraw | 8
"""


@pytest.mark.parametrize(("day", "answer"), [(3, "permit"), (4, "CONSENT_WITHDRAWN")])
def test_a_withdrawal_dated_ahead_acts_at_once(day: int, answer: str) -> None:
    spec(WITHDRAWN_AHEAD, on=day, expect=answer)


GRANTED_AFTER_A_WITHDRAWAL_FOUND_LATE = """
    day | event    | dated
    ----+----------+------
      1 | grant    |
      1 | verify   |
      6 | grant    |
      6 | verify   |
      9 | withdraw | 4
"""


def test_a_grant_given_after_the_withdrawal_stands_though_the_withdrawal_came_to_light_later() -> (
    None
):
    spec(GRANTED_AFTER_A_WITHDRAWAL_FOUND_LATE, on=9, expect="permit")
