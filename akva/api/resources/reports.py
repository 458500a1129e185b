"""Reports: assessments are sent through the gate, and each is told what became of it."""

from akva.api.answers import reports as answers
from akva.api.operation import PROBLEM, Answer, Asked, Gives, Operation, Takes, Tenancy
from akva.formats import submissions
from akva.formats.schemas.reports import ReportsSchema
from akva.model.actors import Role


def add(asked: Asked) -> Answer:
    ids = submissions.reports(asked.sent)
    outcomes = asked.akva.reporting.report(asked.who, ids, once=asked.once)
    return Answer(
        status=answers.status_of(outcomes),
        body=answers.told(outcomes, asked.language),
        log_index=outcomes[-1].log_index,
    )


ADD = Operation(
    name="add_reports",
    method="POST",
    path="/v1/reports",
    view=add,
    summary="Report assessments to the register, each only on the client's written consent",
    roles=frozenset({Role.PROVIDER}),
    tenancy=Tenancy.OWN,
    takes=Takes(
        schema=ReportsSchema,
        examples={"minimal": {"assessments": ["01900000-0000-7000-8000-000000000003"]}},
    ),
    gives={
        answers.ALL: Gives(description="All were accepted", schema=answers.OutcomesSchema),
        answers.SOME: Gives(
            description="Some were accepted, some refused", schema=answers.OutcomesSchema
        ),
        answers.NONE: Gives(
            description="All were refused, each by its code; a refusal has its leaf in the log",
            schema=answers.NoneReportedSchema,
            media=PROBLEM,
        ),
    },
    tag="reports",
)
OPERATIONS = (ADD,)
