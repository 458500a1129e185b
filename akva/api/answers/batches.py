"""How it is told what became, or would become, of each line of a batch."""

from marshmallow import Schema, fields


class FaultSchema(Schema):
    code = fields.String()
    where = fields.String()
    why = fields.String()
    next_step = fields.String()


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
    alerts = fields.List(fields.Nested(AlertSchema), attribute="named_alerts")
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
