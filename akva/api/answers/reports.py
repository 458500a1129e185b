"""How it is told what became of each assessment that was to be reported."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields

from akva.errors import ReportRefused
from akva.problems.table import PROBLEMS
from akva.service.reporting import Outcome
from akva.words import say

ALL, SOME, NONE = 201, 207, 409
REFUSED = PROBLEMS[ReportRefused]


class OutcomeSchema(Schema):
    """Accepted with `report`, or refused with `code`; either has its leaf in the log."""

    assessment = fields.UUID()
    outcome = fields.String()
    report = fields.UUID(allow_none=True)
    log_index = fields.Integer()
    leaf_hash = fields.String()
    code = fields.String(allow_none=True)
    why = fields.String(allow_none=True)
    next_step = fields.String(allow_none=True)


class OutcomesSchema(Schema):
    reports = fields.List(fields.Nested(OutcomeSchema))


class NoneReportedSchema(OutcomesSchema):
    """The same outcomes, readable as a problem too."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    code = fields.String()
    detail = fields.String()
    next_step = fields.String()


def status_of(outcomes: Sequence[Outcome]) -> int:
    accepted = sum(one.report_id is not None for one in outcomes)
    return ALL if accepted == len(outcomes) else SOME if accepted else NONE


def told(outcomes: Sequence[Outcome], language: str) -> Mapping[str, Any]:
    """Word the outcomes; the members of a problem are shown where none was accepted."""
    return {
        "type": REFUSED.type,
        "title": say(language, f"problem.{REFUSED.code}.title"),
        "status": NONE,
        "code": REFUSED.code,
        "detail": say(language, f"problem.{REFUSED.code}.why"),
        "next_step": say(language, f"problem.{REFUSED.code}.next_step"),
        "reports": [
            {
                "assessment": one.assessment_id,
                "outcome": "refused" if one.code else "accepted",
                "report": one.report_id,
                "log_index": one.log_index,
                "leaf_hash": one.leaf_hash,
                "code": one.code,
                "why": why(one.code, language),
                "next_step": next_step(one.code, language),
            }
            for one in outcomes
        ],
    }


def why(code: str | None, language: str) -> str | None:
    """Word a refusal of the gate; None where it did not refuse."""
    return say(language, f"refusal.{code}.why") if code else None


def next_step(code: str | None, language: str) -> str | None:
    return say(language, f"refusal.{code}.next_step") if code else None
