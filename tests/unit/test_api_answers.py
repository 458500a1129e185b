"""How answers write ids, days, instants and what is an object of one value."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from marshmallow import Schema

from akva.api.answers.assessments import AssessmentSchema, NotScoredReasonSchema
from akva.api.answers.reports import ALL, NONE, SOME, status_of, told
from akva.api.answers.values import Instant
from akva.model.assessments import Assessment, Mode, NotScored
from akva.model.episodes import Occasion
from akva.service.reporting import Outcome

ONE, TWO = UUID(int=1), UUID(int=2)
ACCEPTED = Outcome(assessment_id=ONE, log_index=7, leaf_hash="aa", report_id=TWO)
REFUSED = Outcome(
    assessment_id=TWO, log_index=8, leaf_hash="bb", code="CONSENT_MISSING", next_step="Ask."
)


class Timed(Schema):
    at = Instant(allow_none=True)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "2026-03-02T09:30:00Z"),
        (datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=UTC), "2026-03-02T09:30:00.000005Z"),
        (datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=2))), "2026-03-02T07:00:00Z"),
        (None, None),
    ],
)
def test_an_instant_is_written_in_utc(instant: datetime | None, expected: str | None) -> None:
    assert {"at": expected} == Timed().dump({"at": instant})


def test_a_reason_is_an_object_of_one_value() -> None:
    assert {"reason": "declined"} == NotScoredReasonSchema().dump(NotScored.DECLINED)


def test_an_assessment_is_shown_with_ids_and_days_as_text() -> None:
    shown = AssessmentSchema().dump(
        Assessment(
            id=ONE,
            root_id=ONE,
            provider_id=TWO,
            client_id=TWO,
            episode_id=TWO,
            instrument="bdi-21",
            edition="fi",
            occasion=Occasion.START,
            answered_on=date(2026, 3, 2),
            mode=Mode.SELF,
            answers={"q1": None, "q2": 0},
        )
    )

    expected = {
        "id": str(ONE),
        "root": str(ONE),
        "client": str(TWO),
        "occasion": "start",
        "mode": "self",
        "answered_on": "2026-03-02",
        "answers": {"q1": None, "q2": 0},
        "goals": None,
        "not_scored": None,
    }
    assert expected.items() <= shown.items()
    assert "provider_id" not in shown


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [([ACCEPTED], ALL), ([ACCEPTED, REFUSED], SOME), ([REFUSED], NONE)],
)
def test_outcomes_together_have_a_status(outcomes: list[Outcome], status: int) -> None:
    assert status == status_of(outcomes)


def test_each_outcome_is_told_in_the_order_asked() -> None:
    [first, second] = told([REFUSED, ACCEPTED], "en")["reports"]

    assert ("refused", "CONSENT_MISSING", None) == (
        first["outcome"],
        first["code"],
        first["report"],
    )
    assert first["why"]
    assert ("accepted", TWO, None, None) == (
        second["outcome"],
        second["report"],
        second["code"],
        second["why"],
    )
