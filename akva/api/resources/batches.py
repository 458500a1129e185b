"""Batches: whole courses from a provider's own system, one a line."""

from collections.abc import Sequence

from akva.api import batching
from akva.api.answers import batches as answers
from akva.api.batching import Line, OnError
from akva.api.operation import BATCH_BYTES, NDJSON, Answer, Asked, Gives, Operation, Takes, Tenancy
from akva.api.parameters import Flag, choice, choosing, flag
from akva.formats.schemas.courses import CourseSchema
from akva.model.actors import Role


def add(asked: Asked) -> Answer:
    on_error = choice(asked.query, "on_error", OnError.ACCEPT_GOOD)
    dry_run, lines = flag(asked.query, "dry_run"), batching.lines_of(asked.sent)
    if dry_run:
        return Answer(body=answers.checked(batching.check(asked, lines), asked.language))
    if on_error is OnError.REJECT_ALL:
        batching.refuse(batching.check(asked, lines))
    return written(asked, lines)


def written(asked: Asked, lines: Sequence[Line]) -> Answer:
    told = answers.written(batching.write(asked, lines))
    return Answer(status=answers.SOME if told["refused"] else answers.ALL, body=told)


COURSE = {
    "client": {"reference": "A-2026-117", "birth_year": 1962, "sex": "unknown", "area": "08"},
    "episode": {
        "service": "kiila",
        "law_basis": "6",
        "decided_on": "2026-01-07",
        "started_on": "2026-02-03",
        "diagnosis": "F00-F99",
    },
    "consent": None,
    "assessments": [
        {
            "instrument": "bdi-21",
            "occasion": "start",
            "answered_on": "2026-02-03",
            "not_scored": {"reason": "declined"},
        }
    ],
}
ADD = Operation(
    name="add_batch",
    method="POST",
    path="/v1/batches",
    view=add,
    summary="Send whole courses, one JSON object a line, each written in its own transaction",
    roles=frozenset({Role.PROVIDER}),
    tenancy=Tenancy.OWN,
    takes=Takes(schema=CourseSchema, examples={"minimal": COURSE}, media=NDJSON, limit=BATCH_BYTES),
    query={
        "dry_run": choosing("Write nothing, tell what would become of each line", Flag),
        "on_error": choosing(
            "What a line that is refused does to the others: nothing, or nothing is written",
            OnError,
        ),
    },
    gives={
        200: Gives(description="What would be written", schema=answers.CheckedBatchSchema),
        answers.ALL: Gives(description="All was written", schema=answers.BatchSchema),
        answers.SOME: Gives(description="Some lines were refused", schema=answers.BatchSchema),
    },
    tag="batches",
)
OPERATIONS = (ADD,)
