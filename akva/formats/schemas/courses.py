"""A whole course, as a provider's own system holds it."""

from typing import Any

from akva.formats.schemas.assessments import NewAssessmentSchema
from akva.formats.schemas.clients import NewClientSchema
from akva.formats.schemas.consents import AnswerSchema
from akva.formats.schemas.episodes import NewEpisodeSchema
from akva.formats.schemas.fields import Many, Part
from akva.formats.schemas.sent import Sent
from akva.service.submissions import Course

MOST_ASSESSMENTS = 200


class CourseSchema(Sent[Course]):
    client = Part(NewClientSchema, required=True)
    episode = Part(NewEpisodeSchema, required=True)
    consent = Part(AnswerSchema, tells="null where nobody asked.")
    assessments = Many(
        Part(NewAssessmentSchema, required=True), most=MOST_ASSESSMENTS, required=True
    )

    def made(self, found: dict[str, Any]) -> Course:
        """Say of a client whose answer is absent that nobody asked."""
        return Course(**{"consent": None, **found})
