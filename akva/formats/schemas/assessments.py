"""An assessment as a provider records it, and its correction."""

from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from akva.formats.schemas.fields import Choice, Day, Id, Many, Number, Part, Text, WholeNumber
from akva.formats.schemas.items import Items, Scores
from akva.formats.schemas.sent import Sent
from akva.model.assessments import Mode, NotScored
from akva.model.episodes import Occasion
from akva.service.submissions import NewAssessment

T = TypeVar("T")
LONG_TEXT = 2000  # signs: a goal in the client's own words
LONG_REASON = 500  # signs, as the service takes
MOST_GOALS, MOST_CODES = 50, 50


class Coding(StrEnum):
    RAW = "raw"
    REVERSED = "reversed"


class GoalSchema(Sent[dict[str, Any]]):
    id = Text(required=True)
    text = Text(longest=LONG_TEXT)
    weight = Number()
    baseline = WholeNumber()
    attained = WholeNumber()
    icf = Many(Text(required=True), most=MOST_CODES, tells="Codes of the ICF.")

    def made(self, found: dict[str, Any]) -> dict[str, Any]:
        return found


class NotScoredSchema(Sent[NotScored]):
    reason = Choice(NotScored, required=True)

    def made(self, found: dict[str, Any]) -> NotScored:
        reason: NotScored = found["reason"]
        return reason


class AssessmentFields(Sent[T]):
    instrument = Text(required=True, tells="Id of the instrument.")
    edition = Text(tells="The instrument's edition; the current one unless given.")
    rule = Text(tells="Id of the rule to score by; the instrument's own default unless given.")
    coding = Choice(Coding, tells="Whether reversed items come as ticked (raw) or turned already.")
    occasion = Choice(Occasion, required=True)
    answered_on = Day(required=True)
    mode = Choice(Mode)
    answers = Items(tells="Item id to the code that was ticked; null where it was left blank.")
    goals = Many(
        Part(GoalSchema, required=True), most=MOST_GOALS, tells="Goals of GAS, instead of answers."
    )
    not_scored = Part(NotScoredSchema, tells="Why there is neither answers nor goals.")
    scores = Scores(tells="Scale id to the score that the sender computed.")


class NewAssessmentSchema(AssessmentFields[NewAssessment]):
    def made(self, found: dict[str, Any]) -> NewAssessment:
        return NewAssessment(**found)


class AssessmentOfEpisodeSchema(AssessmentFields[tuple[UUID, NewAssessment]]):
    episode = Id(required=True)

    def made(self, found: dict[str, Any]) -> tuple[UUID, NewAssessment]:
        return found.pop("episode"), NewAssessment(**found)


class CorrectionSchema(AssessmentFields[tuple[NewAssessment, str]]):
    reason = Text(required=True, longest=LONG_REASON, tells="Why the first was not right.")

    def made(self, found: dict[str, Any]) -> tuple[NewAssessment, str]:
        reason = found.pop("reason")
        return NewAssessment(**found), reason
