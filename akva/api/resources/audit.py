"""What an auditor asks: whether a report was allowed, as was known when it was accepted."""

from uuid import UUID

from akva.api.answers.audit import ReportVerdictSchema
from akva.api.operation import Answer, Asked, Gives, Operation, Tenancy
from akva.model.actors import Role


def report(asked: Asked, report_id: UUID) -> Answer:
    return Answer(body=asked.akva.auditing.report_verdict(asked.who, report_id))


OPERATIONS = (
    Operation(
        name="audit_report",
        method="GET",
        path="/v1/audit/reports/<uuid:report_id>",
        view=report,
        summary="Tell whether a report was allowed when it was accepted, and by which permission",
        roles=frozenset({Role.AUDITOR}),
        tenancy=Tenancy.NONE,
        gives={200: Gives(description="The verdict", schema=ReportVerdictSchema)},
        tag="audit",
    ),
)
