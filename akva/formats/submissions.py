"""What providers send as JSON, from its text to the service's values; only shapes are checked.

The one reader of the command line and of HTTP. Each function raises NotJson for what is no strict
JSON, and else InvalidRequest with every fault.
"""

from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from akva.formats.jsontext import parse
from akva.formats.schemas.assessments import (
    AssessmentOfEpisodeSchema,
    CorrectionSchema,
    NewAssessmentSchema,
)
from akva.formats.schemas.clients import NewClientSchema
from akva.formats.schemas.consents import (
    EvidenceSchema,
    NewConsent,
    NewConsentSchema,
    Scope,
    WithdrawalSchema,
)
from akva.formats.schemas.courses import CourseSchema
from akva.formats.schemas.episodes import (
    EpisodeChangeSchema,
    EpisodeOfClientSchema,
    NewEpisodeSchema,
)
from akva.formats.schemas.releases import ApprovalSchema, DraftSchema
from akva.formats.schemas.reports import ReportsSchema
from akva.formats.schemas.sent import Sent
from akva.service.submissions import Course, EpisodeChange, NewAssessment, NewClient, NewEpisode
from consent import Evidence

T = TypeVar("T")


def client(sent: bytes) -> NewClient:
    return made(NewClientSchema, sent)


def episode(sent: bytes) -> NewEpisode:
    return made(NewEpisodeSchema, sent)


def new_episode(sent: bytes) -> tuple[UUID, NewEpisode]:
    """Read an episode that names its client."""
    return made(EpisodeOfClientSchema, sent)


def change(sent: bytes) -> EpisodeChange:
    """Read what changes of an episode: at least one field."""
    return made(EpisodeChangeSchema, sent)


def assessment(sent: bytes) -> NewAssessment:
    return made(NewAssessmentSchema, sent)


def new_assessment(sent: bytes) -> tuple[UUID, NewAssessment]:
    """Read an assessment that names its episode."""
    return made(AssessmentOfEpisodeSchema, sent)


def correction(sent: bytes) -> tuple[NewAssessment, str]:
    """Read the assessment as it should have been, and the reason."""
    return made(CorrectionSchema, sent)


def evidence(sent: bytes) -> Evidence:
    """Read the evidence of a permission; what lacks is the service's to judge, not a fault."""
    return made(EvidenceSchema, sent)


def consent(sent: bytes) -> NewConsent:
    """Read a client's answer; a yes comes with its evidence."""
    return made(NewConsentSchema, sent)


def withdrawal(sent: bytes) -> Scope:
    return made(WithdrawalSchema, sent)


def course(sent: bytes) -> Course:
    """Read a whole course: one line of NDJSON."""
    return made(CourseSchema, sent)


def reports(sent: bytes) -> tuple[UUID, ...]:
    """Read the assessments to report, each once."""
    return made(ReportsSchema, sent)


def draft(sent: bytes) -> tuple[str, int]:
    """Read a programme and a year."""
    return made(DraftSchema, sent)


def approval(sent: bytes) -> str:
    """Read the audience of a release."""
    return made(ApprovalSchema, sent)


def made(kind: type[Sent[T]], sent: bytes) -> T:
    schema: Sent[T] = schema_of(kind)
    return schema.read(parse(sent))


@cache
def schema_of(kind: type[Sent[Any]]) -> Sent[Any]:
    """Build each schema once, when it is first read by."""
    return kind()
