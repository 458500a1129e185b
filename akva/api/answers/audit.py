"""How a verdict on a report is shown."""

from marshmallow import Schema, fields

from akva.api.answers.values import Instant


class ReportVerdictSchema(Schema):
    """Permitted under `consent`, or not, with the code that the gate would have given."""

    report = fields.UUID(attribute="report_id")
    permitted = fields.Boolean()
    code = fields.String(allow_none=True)
    at = Instant()
    consent = fields.UUID(attribute="consent_event_id", allow_none=True)
    log_index = fields.Integer()
    service = fields.String()
    instrument = fields.String()
    occasion = fields.String()
