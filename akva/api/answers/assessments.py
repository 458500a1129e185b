"""How an assessment is shown, and the receipt of one that was recorded."""

from marshmallow import Schema, fields

from akva.api.answers.values import Itself


class ReceiptSchema(Schema):
    """`alerts` are what a professional must see now."""

    id = fields.UUID()
    log_index = fields.Integer()
    leaf_hash = fields.String()
    alerts = fields.List(fields.String())


class NotScoredReasonSchema(Schema):
    reason = Itself()


class AssessmentSchema(Schema):
    """One of answers, goals and not_scored is no null, or none where only scores were sent.

    A correction has the `root` of what it corrects, and its `reason`.
    """

    id = fields.UUID()
    root = fields.UUID(attribute="root_id")
    client = fields.UUID(attribute="client_id")
    episode = fields.UUID(attribute="episode_id")
    instrument = fields.String()
    edition = fields.String()
    occasion = fields.String()
    answered_on = fields.Date()
    mode = fields.String()
    coding = fields.String()
    answers = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True)
    goals = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw()), allow_none=True)
    not_scored = fields.Nested(NotScoredReasonSchema, allow_none=True)
    result = fields.Dict(keys=fields.String(), values=fields.Raw(), allow_none=True)
    reason = fields.String(allow_none=True)
    version = fields.Integer()
