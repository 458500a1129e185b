"""How programmes, releases and their cells are shown."""

from marshmallow import Schema, fields

from akva.api.answers.values import Instant


class ProgrammeSchema(Schema):
    """`declared` is the whole of the declaration, as data."""

    id = fields.String()
    version = fields.Integer()
    declared = fields.Dict(keys=fields.String(), values=fields.Raw())


class ProgrammesSchema(Schema):
    items = fields.List(fields.Nested(ProgrammeSchema))


class DraftedSchema(Schema):
    """What was frozen, for the second person to look at before approving."""

    id = fields.UUID(attribute="release_id")
    digest = fields.String()
    log_index = fields.Integer()
    reports = fields.Integer()
    refusals = fields.Dict(keys=fields.String(), values=fields.Integer())


class ApprovedSchema(Schema):
    id = fields.UUID(attribute="release_id")
    digest = fields.String()
    log_index = fields.Integer()
    leaf_hash = fields.String()


class PublicationSchema(Schema):
    id = fields.UUID()
    programme = fields.String()
    version = fields.Integer()
    round = fields.String()
    audience = fields.String()
    published_at = Instant()
    log_index = fields.Integer()


class ReleaseSchema(PublicationSchema):
    """All that `akva-verify bundle` checks: the content, the leaf's opening, its tlog-proof.

    The bytes that were approved are `body` with sorted keys and no spaces, in UTF-8.
    """

    body = fields.Dict(keys=fields.String(), values=fields.Raw())
    opening = fields.Dict(keys=fields.String(), values=fields.Raw())
    receipt = fields.String()


class ReleasesSchema(Schema):
    items = fields.List(fields.Nested(PublicationSchema))
    next = fields.String(allow_none=True)


class CellsSchema(Schema):
    """Rows with the columns of the codebook."""

    items = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw()))
    next = fields.String(allow_none=True)


class ColumnSchema(Schema):
    name = fields.String()
    meaning = fields.String()


class RoundingSchema(Schema):
    """`decimals` are of the programme's version; null where only an older release had it."""

    way = fields.String()
    decimals = fields.Dict(keys=fields.String(), values=fields.Integer(), allow_none=True)


class CodebookSchema(Schema):
    """What the columns and the codes of a release mean."""

    columns = fields.List(fields.Nested(ColumnSchema))
    statuses = fields.Dict(keys=fields.String(), values=fields.String())
    statistics = fields.Dict(keys=fields.String(), values=fields.String())
    rounding = fields.Nested(RoundingSchema)
    note = fields.String()
    tables = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw()))
    services = fields.List(fields.String())
    policy = fields.Dict(keys=fields.String(), values=fields.Raw())
    definitions = fields.Dict(keys=fields.String(), values=fields.Raw())
