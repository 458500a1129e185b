"""What is to be reported: the ids of assessments."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from akva.errors import Fault
from akva.formats.schemas.faults import outside, refusal
from akva.formats.schemas.fields import Id, Many
from akva.formats.schemas.sent import Sent

MOST_REPORTS = 1000


class ReportsSchema(Sent[tuple[UUID, ...]]):
    assessments = Many(Id(required=True), least=1, most=MOST_REPORTS, unique=True, required=True)

    def made(self, found: dict[str, Any]) -> tuple[UUID, ...]:
        ids: tuple[UUID, ...] = found["assessments"]
        if faults := [*doubles(ids)]:
            raise refusal(*faults)
        return ids


def doubles(ids: tuple[UUID, ...]) -> Iterator[Fault]:
    seen: set[UUID] = set()
    for place, one in enumerate(ids):
        if one in seen:
            yield outside("this stands twice", "keep one", f"/assessments/{place}")
        seen.add(one)
