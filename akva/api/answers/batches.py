"""How it is told what became, or would become, of each line of a batch."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields

from akva.api.answers.problems import FaultSchema
from akva.api.answers.reports import next_step, why
from akva.api.batching import Checked, Written
from akva.service.courses import CourseCheck, CourseReceipt

ALL, SOME = 201, 207


class RefusedLineSchema(Schema):
    code = fields.String()
    errors = fields.List(fields.Nested(FaultSchema), attribute="faults")


class AlertSchema(Schema):
    """What a professional must see now."""

    assessment = fields.UUID()
    alert = fields.String()


class WrittenCourseSchema(Schema):
    """`consent` is the permission that waits for a second person's verification."""

    client = fields.UUID(attribute="client_id")
    episode = fields.UUID(attribute="episode_id")
    consent = fields.UUID(attribute="grant_id", allow_none=True)
    assessments = fields.List(fields.UUID(), attribute="assessment_ids")
    alerts = fields.List(fields.Nested(AlertSchema))
    log_index = fields.Integer(attribute="first_index", allow_none=True)


class LineSchema(Schema):
    """Either `course` or `problem` is no null."""

    line = fields.Integer()
    course = fields.Nested(WrittenCourseSchema, allow_none=True)
    problem = fields.Nested(RefusedLineSchema, allow_none=True)


class BatchSchema(Schema):
    written = fields.Integer()
    refused = fields.Integer()
    lines = fields.List(fields.Nested(LineSchema))


class GateSchema(Schema):
    """What the gate would say of an assessment; the code is null where it would pass."""

    place = fields.Integer()
    code = fields.String(allow_none=True)
    why = fields.String(allow_none=True)
    next_step = fields.String(allow_none=True)


class CheckedLineSchema(Schema):
    line = fields.Integer()
    would_be_written = fields.Boolean()
    reports = fields.List(fields.Nested(GateSchema))
    problem = fields.Nested(RefusedLineSchema, allow_none=True)


class CheckedBatchSchema(Schema):
    would_be_written = fields.Integer()
    would_be_refused = fields.Integer()
    lines = fields.List(fields.Nested(CheckedLineSchema))


def written(lines: Sequence[Written]) -> Mapping[str, Any]:
    """Tell what became of each line."""
    refused = sum(one.problem is not None for one in lines)
    return {
        "written": len(lines) - refused,
        "refused": refused,
        "lines": [
            {"line": one.line, "course": course(one.course), "problem": one.problem}
            for one in lines
        ],
    }


def course(receipt: CourseReceipt | None) -> Mapping[str, Any] | None:
    if receipt is None:
        return None
    alerts = [{"assessment": one, "alert": alert} for one, alert in receipt.alerts]
    return {
        "client_id": receipt.client_id,
        "episode_id": receipt.episode_id,
        "grant_id": receipt.grant_id,
        "assessment_ids": receipt.assessment_ids,
        "alerts": alerts,
        "first_index": receipt.first_index,
    }


def checked(lines: Sequence[Checked], language: str) -> Mapping[str, Any]:
    """Tell what would become of each line, and of each of its assessments at the gate."""
    refused = sum(one.problem is not None for one in lines)
    return {
        "would_be_written": len(lines) - refused,
        "would_be_refused": refused,
        "lines": [
            {
                "line": one.line,
                "would_be_written": one.problem is None,
                "reports": gates(one.check, language),
                "problem": one.problem,
            }
            for one in lines
        ],
    }


def gates(check: CourseCheck | None, language: str) -> list[Mapping[str, Any]]:
    return [
        {
            "place": place,
            "code": code,
            "why": why(code, language),
            "next_step": next_step(code, language),
        }
        for place, code in enumerate(check.would_report if check else ())
    ]
