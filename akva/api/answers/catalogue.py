"""How instruments and classifications are shown."""

from marshmallow import Schema, fields


class ListedInstrumentSchema(Schema):
    id = fields.String()
    editions = fields.List(fields.String())


class InstrumentsSchema(Schema):
    items = fields.List(fields.Nested(ListedInstrumentSchema))


class InstrumentSchema(Schema):
    """`contents` is the definition as data: items, options, scales, rules, bands, citations."""

    id = fields.String()
    edition = fields.String()
    definition = fields.String()
    contents = fields.Dict(keys=fields.String(), values=fields.Raw())


class ClassificationsSchema(Schema):
    items = fields.List(fields.String())


class EntrySchema(Schema):
    """Valid in [valid_from, valid_until)."""

    code = fields.String()
    names = fields.Dict(keys=fields.String(), values=fields.String())
    valid_from = fields.Date()
    valid_until = fields.Date(allow_none=True)


class ClassificationSchema(Schema):
    name = fields.String()
    items = fields.List(fields.Nested(EntrySchema))
