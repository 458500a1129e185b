"""The drawings mean what they show."""

from datetime import timedelta

import pytest

from consent import REPORT_TO_KELA, Granted, Verified
from tests.spec.consent_drawn import dawn, drawn, event_id, person

TABLE = """
    day | event  | dated | by   | more
    ----+--------+-------+------+-------------------------------------------
      3 | grant  | 1     | Aino | unwritten, until 9, only bdi-21 gas
      4 | verify |       |      | for research-extract
"""


def test_a_row_is_an_event() -> None:
    expected = Granted(
        id=event_id(1),
        purpose=REPORT_TO_KELA,
        valid_from=dawn(1),
        recorded_at=dawn(3) + timedelta(hours=10, minutes=1),
        recorded_by=person("Aino"),
        written=False,
        valid_to=dawn(9),
        instruments=frozenset({"bdi-21", "gas"}),
    )

    assert expected == drawn(TABLE).events[0]


def test_what_is_left_out_is_plain() -> None:
    expected = Verified(
        id=event_id(2),
        purpose="research-extract",
        valid_from=dawn(4),
        recorded_at=dawn(4) + timedelta(hours=10, minutes=2),
        recorded_by=person("Veikko"),
        grant_id=event_id(1),
    )

    assert expected == drawn(TABLE).events[1]


def test_an_event_nobody_knows_is_no_drawing() -> None:
    with pytest.raises(KeyError):
        drawn("day | event\n----+------\n1 | shrug")
