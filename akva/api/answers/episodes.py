"""How an episode is shown."""

from marshmallow import Schema, fields


class EpisodeIdSchema(Schema):
    id = fields.UUID()


class EpisodeSchema(Schema):
    id = fields.UUID()
    client = fields.UUID(attribute="client_id")
    service = fields.String()
    law_basis = fields.String()
    decided_on = fields.Date()
    started_on = fields.Date()
    ended_on = fields.Date(allow_none=True)
    diagnosis = fields.String()
    end_reason = fields.String(allow_none=True)
    next_step = fields.String(allow_none=True)
    version = fields.Integer()
