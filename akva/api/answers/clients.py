"""How a client is shown, and the whole of what is kept of one."""

from marshmallow import Schema, fields

from akva.api.answers.assessments import AssessmentSchema
from akva.api.answers.episodes import EpisodeSchema


class ClientIdSchema(Schema):
    id = fields.UUID()


class ClientSchema(Schema):
    """The identity code is never shown: `identified` tells whether there is one."""

    id = fields.UUID()
    identified = fields.Boolean()
    reference = fields.String(allow_none=True)
    birth_year = fields.Integer()
    sex = fields.String()
    area = fields.String()
    version = fields.Integer()


class ClientRecordSchema(Schema):
    """Every version of every assessment; of a report that was withdrawn no content."""

    client = fields.Nested(ClientSchema)
    episodes = fields.List(fields.Nested(EpisodeSchema))
    assessments = fields.List(fields.Nested(AssessmentSchema))
    consents = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw()))
    reports = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw()))
