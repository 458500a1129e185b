"""How a problem is shown, and each of its faults."""

from marshmallow import Schema, fields


class FaultSchema(Schema):
    """`where` is a JSON pointer into what was sent, or ?name of a parameter."""

    code = fields.String(required=True)
    where = fields.String(required=True)
    why = fields.String(required=True)
    next_step = fields.String(required=True)


class ProblemSchema(Schema):
    """RFC 9457, all faults at once."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    next_step = fields.String(required=True)
    instance = fields.String(required=True)
    errors = fields.List(fields.Nested(FaultSchema), required=True)
