"""The peer's schemas: one marshmallow field per item, as its documentation shows."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

ITEMS = tuple(f"q{item}" for item in range(1, 27))

AnswersSchema = Schema.from_dict(
    {
        item: fields.Integer(strict=True, allow_none=True, validate=Range(min=1, max=5))
        for item in ITEMS
    },
    name="AnswersSchema",
)


class MeasureSchema(Schema):
    instrument = fields.String(required=True, validate=OneOf(["whoqol-bref"]))
    occasion = fields.String(required=True, validate=OneOf(["start", "end", "follow_up"]))
    answered_on = fields.Date(required=True)
    answers = fields.Nested(AnswersSchema, required=True)


class AssessmentSchema(MeasureSchema):
    episode = fields.UUID(required=True)


class ClientSchema(Schema):
    hetu = fields.String(validate=Length(equal=11))
    reference = fields.String(required=True, validate=Length(max=100))
    birth_year = fields.Integer(strict=True, required=True, validate=Range(min=1890))
    sex = fields.String(required=True)
    area = fields.String(required=True)


class EpisodeSchema(Schema):
    service = fields.String(required=True)
    law_basis = fields.String(required=True)
    decided_on = fields.Date(required=True)
    started_on = fields.Date(required=True)
    diagnosis = fields.String(required=True)


class EvidenceSchema(Schema):
    form_version = fields.String(required=True)
    signed_on = fields.Date(required=True)
    signer = fields.String(required=True)
    archive_number = fields.String(required=True)


class ConsentSchema(Schema):
    asked_on = fields.Date(required=True)
    evidence = fields.Nested(EvidenceSchema, required=True)


class CourseSchema(Schema):
    client = fields.Nested(ClientSchema, required=True)
    episode = fields.Nested(EpisodeSchema, required=True)
    consent = fields.Nested(ConsentSchema, required=True)
    assessments = fields.List(fields.Nested(MeasureSchema), required=True)
