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


class MetaSchema(Schema):
    name = fields.String()
    version = fields.String()
    contact = fields.String(allow_none=True)
    languages = fields.List(fields.String())
    limits = fields.Nested(LimitsSchema)
    log = fields.Nested(LogKeySchema)
