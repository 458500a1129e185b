"""How the acts of permission are shown, and what was known of them when."""

from marshmallow import Schema, fields

from akva.api.answers.values import Instant


class ConsentReceiptSchema(Schema):
    """`id` is the event's: a verification, a withdrawal and a receipt name it."""

    id = fields.UUID()
    episode = fields.UUID(attribute="episode_id")
    state = fields.String()
    log_index = fields.Integer()


class WithdrawnSchema(Schema):
    """One event for each episode that was closed."""

    withdrawn = fields.List(fields.Nested(ConsentReceiptSchema))


class EventSchema(Schema):
    """`written` and `valid_to` are of a grant alone; `grant` is what a verification confirms."""

    id = fields.UUID()
    episode = fields.UUID(attribute="episode_id")
    kind = fields.String()
    purpose = fields.String()
    valid_from = Instant()
    recorded_at = Instant()
    recorded_by = fields.UUID()
    written = fields.Boolean(allow_none=True)
    valid_to = Instant(allow_none=True)
    grant = fields.UUID(attribute="grant_id", allow_none=True)


class VerdictSchema(Schema):
    """What the gate would say of an episode; the code is null where it would pass."""

    episode = fields.UUID(attribute="episode_id")
    permitted = fields.Boolean()
    code = fields.String(allow_none=True)
    next_step = fields.String(allow_none=True)
    event = fields.UUID(attribute="event_id", allow_none=True)


class TimelineSchema(Schema):
    as_valid = Instant()
    as_known = Instant()
    events = fields.List(fields.Nested(EventSchema))
    verdicts = fields.List(fields.Nested(VerdictSchema))
