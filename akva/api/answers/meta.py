"""How the service tells of itself."""

from marshmallow import Schema, fields


class AliveSchema(Schema):
    status = fields.String()


class LimitsSchema(Schema):
    body_bytes = fields.Integer()
    batch_bytes = fields.Integer()
    batch_lines = fields.Integer()
    calls_a_minute = fields.Integer()


class LogKeySchema(Schema):
    verifier_key = fields.String()


class PolicySchema(Schema):
    """`threshold` is the fewest people that a published cell may concern."""

    programme = fields.String()
    version = fields.Integer()
    threshold = fields.Integer()


class CalendarSchema(Schema):
    """A round is a calendar year of the zone, frozen from that day (month-day) of the next."""

    time_zone = fields.String()
    frozen_from = fields.String()


class MetaSchema(Schema):
    name = fields.String()
    version = fields.String()
    contact = fields.String(allow_none=True)
    languages = fields.List(fields.String())
    limits = fields.Nested(LimitsSchema)
    policies = fields.List(fields.Nested(PolicySchema))
    calendar = fields.Nested(CalendarSchema)
    log = fields.Nested(LogKeySchema)
