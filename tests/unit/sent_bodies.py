"""One body of each kind that is sent over the wire, with the schema that tells its shape."""

from typing import Any, NamedTuple

from akva.formats import submissions
from akva.formats.schemas.assessments import (
    AssessmentOfEpisodeSchema,
    CorrectionSchema,
    NewAssessmentSchema,
)
from akva.formats.schemas.clients import NewClientSchema
from akva.formats.schemas.consents import EvidenceSchema, NewConsentSchema, WithdrawalSchema
from akva.formats.schemas.courses import CourseSchema
from akva.formats.schemas.episodes import (
    EpisodeChangeSchema,
    EpisodeOfClientSchema,
    NewEpisodeSchema,
)
from akva.formats.schemas.releases import ApprovalSchema, DraftSchema
from akva.formats.schemas.reports import ReportsSchema

ID = "0199d2a0-7c1e-7cc3-98c4-dc0c0c07398f"
OTHER = "0199d2a0-7c1e-7cc3-98c4-dc0c0c073990"

CLIENT: dict[str, Any] = {
    "hetu": "131052-308T",
    "reference": None,
    "birth_year": 1952.0,
    "sex": "female",
    "area": "01",
}
EPISODE: dict[str, Any] = {
    "service": "kiila",
    "law_basis": "6",
    "decided_on": "2025-01-07",
    "started_on": "2025-02-03",
    "ended_on": None,
    "diagnosis": "F00-F99",
    "next_step": "1",
}
GOAL = {"id": "g1", "text": "Kävelen\nkauppaan", "weight": 2.5, "baseline": -1, "icf": ["d450"]}
ASSESSMENT: dict[str, Any] = {
    "instrument": "bdi-21",
    "edition": "1",
    "coding": "raw",
    "occasion": "start",
    "answered_on": "2025-02-03",
    "mode": "sign-language",
    "answers": {"q1": 2, "q2": None, "q16": "1a", "q17": 2.0},
    "goals": [GOAL, {"id": "g2", "icf": []}],
    "not_scored": {"reason": "declined"},
    "scores": {"total": 21, "share": 0.5},
}
EVIDENCE: dict[str, Any] = {
    "form_version": "KU-2025-1",
    "signed_on": "2025-02-03",
    "signer": "Kaija Kanaria",
    "document_hash": "ab" * 32,
    "archive_number": "2025/17",
}
CONSENT: dict[str, Any] = {
    "episode": ID,
    "purpose": "report-to-kela",
    "asked_on": "2025-02-03",
    "answer": "granted",
    "evidence": EVIDENCE,
}
COURSE: dict[str, Any] = {
    "client": CLIENT,
    "episode": EPISODE,
    "consent": {"asked_on": "2025-02-03", "evidence": EVIDENCE, "refused": False},
    "assessments": [ASSESSMENT],
}


class Kind(NamedTuple):
    """The name of a reader in `submissions`, its schema and a body it takes."""

    reader: Any
    schema: Any
    body: dict[str, Any]


KINDS = [
    Kind(submissions.client, NewClientSchema, CLIENT),
    Kind(submissions.episode, NewEpisodeSchema, EPISODE),
    Kind(submissions.new_episode, EpisodeOfClientSchema, {"client": ID, **EPISODE}),
    Kind(submissions.change, EpisodeChangeSchema, {"ended_on": "2025-06-30", "end_reason": "1"}),
    Kind(submissions.assessment, NewAssessmentSchema, ASSESSMENT),
    Kind(submissions.new_assessment, AssessmentOfEpisodeSchema, {"episode": ID, **ASSESSMENT}),
    Kind(submissions.correction, CorrectionSchema, {"reason": "väärä lomake", **ASSESSMENT}),
    Kind(submissions.evidence, EvidenceSchema, EVIDENCE),
    Kind(submissions.consent, NewConsentSchema, CONSENT),
    Kind(submissions.withdrawal, WithdrawalSchema, {"scope": "client"}),
    Kind(submissions.course, CourseSchema, COURSE),
    Kind(submissions.reports, ReportsSchema, {"assessments": [ID, OTHER]}),
    Kind(submissions.draft, DraftSchema, {"programme": "kuntoutus", "year": 2025}),
    Kind(submissions.approval, ApprovalSchema, {"audience": "public"}),
]
NAMES = [kind.reader.__name__ for kind in KINDS]
