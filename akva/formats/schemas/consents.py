"""What a client answered when asked for permission, with its evidence; and its withdrawal."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from akva.formats.schemas.faults import MISSING, contradiction, refusal
from akva.formats.schemas.fields import Choice, Day, Id, Part, Text, Truth
from akva.formats.schemas.sent import Sent
from akva.service.submissions import Answer
from consent import REPORT_TO_KELA, Evidence

NO_EVIDENCE = replace(MISSING, where="/evidence")


class Said(StrEnum):
    """How it stands with the client's answer."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class Scope(StrEnum):
    """Whose permissions a withdrawal closes: one episode's, or all of its client's."""

    EPISODE = "episode"
    CLIENT = "client"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """An answer to the question for permission; the evidence is there when it was granted."""

    episode: UUID
    asked_on: date
    answer: Said
    purpose: str = REPORT_TO_KELA
    evidence: Evidence | None = field(default=None, repr=False)


class EvidenceSchema(Sent[Evidence]):
    form_version = Text(tells="Version of the form that was signed.")
    signed_on = Day()
    signer = Text()
    document_hash = Text(tells="SHA-256 of the signed document, in hexadecimal.")
    archive_number = Text(tells="Where the paper is in the provider's own archive.")

    def made(self, found: dict[str, Any]) -> Evidence:
        return Evidence(**found)


class AnswerSchema(Sent[Answer]):
    asked_on = Day(required=True)
    evidence = Part(EvidenceSchema)
    refused = Truth(tells="True for a no; false or absent where the client was only asked.")

    def made(self, found: dict[str, Any]) -> Answer:
        answer = Answer(**found)
        if answer.refused and answer.evidence is not None:
            raise refusal(contradiction("/refused", "a no with the evidence of a yes"))
        return answer


class NewConsentSchema(Sent[NewConsent]):
    episode = Id(required=True)
    purpose = Text(tells=f"What the permission is for; {REPORT_TO_KELA} unless given.")
    asked_on = Day(required=True)
    answer = Choice(Said, required=True)
    evidence = Part(EvidenceSchema)

    def made(self, found: dict[str, Any]) -> NewConsent:
        new = NewConsent(**found)
        if new.answer is Said.GRANTED and new.evidence is None:
            raise refusal(NO_EVIDENCE)
        if new.answer is not Said.GRANTED and new.evidence is not None:
            raise refusal(contradiction("/answer", "the evidence of a yes that was not given"))
        return new


class WithdrawalSchema(Sent[Scope]):
    scope = Choice(Scope, tells="This episode's permission, or those of all its client's.")

    def made(self, found: dict[str, Any]) -> Scope:
        scope: Scope = found.get("scope", Scope.EPISODE)
        return scope
