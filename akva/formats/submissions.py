"""What providers send as JSON, from its text to the service's values; only shapes are checked."""

from enum import StrEnum

from akva.errors import Fault, InvalidRequest
from akva.formats.jsontext import parse
from akva.formats.shapes import (
    Field,
    Reader,
    code,
    day,
    many,
    named,
    needed,
    number,
    record,
    text,
    truth,
    whole,
    wrong,
)
from akva.model.assessments import Mode, NotScored
from akva.model.clients import Sex
from akva.model.episodes import Occasion
from akva.service.submissions import Answer, Course, NewAssessment, NewClient, NewEpisode
from consent import Evidence


class Coding(StrEnum):
    RAW = "raw"
    REVERSED = "reversed"


def client(sent: bytes) -> NewClient:
    """Read one client; like all functions here it raises InvalidRequest with every fault."""
    return CLIENT(parse(sent), "")


def episode(sent: bytes) -> NewEpisode:
    return EPISODE(parse(sent), "")


def assessment(sent: bytes) -> NewAssessment:
    return ASSESSMENT(parse(sent), "")


def evidence(sent: bytes) -> Evidence:
    """Read the evidence of a permission; what lacks is the service's to judge, not a fault."""
    return EVIDENCE(parse(sent), "")


def course(sent: bytes) -> Course:
    """Read a whole course: one line of NDJSON."""
    return COURSE(parse(sent), "")


def item(value: object, where: str) -> int | str:
    """Read the code of an option."""
    if isinstance(value, str):
        return text(value, where)
    if isinstance(value, int):
        return whole(value, where)
    raise wrong(where, "an option's code: a whole number or a text")


def answer(value: object, where: str) -> Answer:
    said = ANSWER(value, where)
    if said.refused and said.evidence is not None:
        why = "a no with the evidence of a yes"
        raise InvalidRequest(Fault("contradiction", f"{where}/refused", why, "keep one of the two"))
    return said


def reason(*, reason: NotScored) -> NotScored:
    return reason


def assembled(
    *,
    client: NewClient,
    episode: NewEpisode,
    assessments: tuple[NewAssessment, ...],
    consent: Answer | None = None,
) -> Course:
    """Say of a client whose answer is absent that nobody asked."""
    return Course(client=client, episode=episode, consent=consent, assessments=assessments)


CLIENT = record(
    NewClient,
    {
        "hetu": Field(text),
        "reference": Field(text),
        "birth_year": needed(whole),
        "sex": needed(code(Sex)),
        "area": needed(text),
    },
)

EPISODE = record(
    NewEpisode,
    {
        "service": needed(text),
        "law_basis": needed(text),
        "decided_on": needed(day),
        "started_on": needed(day),
        "ended_on": Field(day),
        "diagnosis": needed(text),
        "end_reason": Field(text),
        "next_step": Field(text),
    },
)

GOAL: Reader[dict[str, object]] = record(
    dict,
    {
        "id": needed(text),
        "text": Field(text),
        "weight": Field(number),
        "baseline": Field(whole),
        "attained": Field(whole),
        "icf": Field(many(text)),
    },
)

ASSESSMENT = record(
    NewAssessment,
    {
        "instrument": needed(text),
        "edition": Field(text),
        "rule": Field(text),
        "coding": Field(code(Coding)),
        "occasion": needed(code(Occasion)),
        "answered_on": needed(day),
        "mode": Field(code(Mode)),
        "answers": Field(named(item)),
        "goals": Field(many(GOAL)),
        "not_scored": Field(record(reason, {"reason": needed(code(NotScored))})),
    },
)

EVIDENCE = record(
    Evidence,
    {
        "form_version": Field(text),
        "signed_on": Field(day),
        "signer": Field(text),
        "document_hash": Field(text),
        "archive_number": Field(text),
    },
)

ANSWER = record(
    Answer, {"asked_on": needed(day), "evidence": Field(EVIDENCE), "refused": Field(truth)}
)

COURSE = record(
    assembled,
    {
        "client": needed(CLIENT),
        "episode": needed(EPISODE),
        "consent": Field(answer),
        "assessments": needed(many(ASSESSMENT)),
    },
)
