"""How it is told what became of each assessment that was to be reported."""

from marshmallow import Schema, fields


class OutcomeSchema(Schema):
    """Accepted with `report`, or refused with `code`; either has its leaf in the log."""

    assessment = fields.UUID(attribute="assessment_id")
    status = fields.String()
    report = fields.UUID(attribute="report_id", allow_none=True)
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
