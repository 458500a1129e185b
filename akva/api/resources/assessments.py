"""Assessments: recorded, read, corrected by a new version; and the receipt of any act."""

from uuid import UUID

from akva.api.answers.assessments import AssessmentSchema, ReceiptSchema
from akva.api.operation import TEXT, Answer, Asked, Gives, Operation, Takes, Tenancy
from akva.formats import submissions
from akva.formats.schemas.assessments import AssessmentOfEpisodeSchema, CorrectionSchema
from akva.model.actors import Role
from akva.service.intake import Receipt

OWN = frozenset({Role.PROVIDER})


def add(asked: Asked) -> Answer:
    episode_id, new = submissions.new_assessment(asked.sent)
    return recorded(asked.akva.intake.record(asked.who, episode_id, new, once=asked.once))


def read(asked: Asked, assessment_id: UUID) -> Answer:
    return Answer(body=asked.akva.intake.assessment(asked.who, assessment_id))


def correct(asked: Asked, assessment_id: UUID) -> Answer:
    new, reason = submissions.correction(asked.sent)
    return recorded(
        asked.akva.intake.correct(asked.who, assessment_id, new, reason, once=asked.once)
    )


def recorded(receipt: Receipt) -> Answer:
    return Answer(
        status=201,
        body=receipt,
        headers={"Location": f"/v1/assessments/{receipt.id}"},
        log_index=receipt.log_index,
    )


def receipt(asked: Asked, act_id: UUID) -> Answer:
    return Answer(body=asked.akva.auditing.receipt(asked.who, act_id).encode())


NOT_SCORED = {
    "instrument": "bdi-21",
    "occasion": "start",
    "answered_on": "2026-02-03",
    "not_scored": {"reason": "declined"},
}
ADD = Operation(
    name="add_assessment",
    method="POST",
    path="/v1/assessments",
    view=add,
    summary="Record what a client answered; its score and its alerts are computed here",
    roles=OWN,
    tenancy=Tenancy.OWN,
    takes=Takes(
        schema=AssessmentOfEpisodeSchema,
        examples={
            "minimal": {"episode": "01900000-0000-7000-8000-000000000002", **NOT_SCORED},
            "answers": {
                "episode": "01900000-0000-7000-8000-000000000002",
                "instrument": "bdi-21",
                "occasion": "start",
                "answered_on": "2026-02-03",
                "answers": {f"q{item}": 1 for item in range(1, 22)},
            },
        },
    ),
    gives={201: Gives(description="Recorded", schema=ReceiptSchema, headers=("Location",))},
    tag="assessments",
)
READ = Operation(
    name="read_assessment",
    method="GET",
    path="/v1/assessments/<uuid:assessment_id>",
    view=read,
    summary="Read one of the provider's own assessments, whatever became of the permission",
    roles=OWN,
    tenancy=Tenancy.OWN,
    gives={200: Gives(description="The assessment", schema=AssessmentSchema)},
    tag="assessments",
)
CORRECT = Operation(
    name="correct_assessment",
    method="POST",
    path="/v1/assessments/<uuid:assessment_id>/corrections",
    view=correct,
    summary="Record the assessment as it should have been; the earlier version stays",
    roles=OWN,
    tenancy=Tenancy.OWN,
    takes=Takes(
        schema=CorrectionSchema,
        examples={"minimal": {**NOT_SCORED, "reason": "The form of another client was copied."}},
    ),
    gives={201: Gives(description="Recorded anew", schema=ReceiptSchema, headers=("Location",))},
    tag="assessments",
)
RECEIPT = Operation(
    name="read_receipt",
    method="GET",
    path="/v1/receipts/<uuid:act_id>",
    view=receipt,
    summary="Prove that an assessment, report, refusal or consent event stands in the log",
    roles=OWN,
    tenancy=Tenancy.OWN,
    gives={200: Gives(description="A tlog-proof (C2SP), signed on demand", media=TEXT)},
    tag="assessments",
)
OPERATIONS = (ADD, READ, CORRECT, RECEIPT)
