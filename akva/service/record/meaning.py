"""Meanings that a shape cannot hold: codes that exist, days in their order, measures that are due.

Each function lists every fault at once; the paths are JSON pointers into what was sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from akva.classifications import classification, services
from akva.errors import Fault, InvalidHetu, InvalidRequest
from akva.model.episodes import Occasion
from akva.model.hetu import Hetu
from akva.service.submissions import NewAssessment, NewClient, NewEpisode

OLDEST = 130  # years
LONGEST_REASON = 500  # signs
EARLIEST = date(2000, 1, 1)  # nothing that is recorded here happened before
WHAT = {
    "areas": "wellbeing area",
    "law_bases": "law basis",
    "diagnoses": "diagnosis group",
    "end_reasons": "end reason",
    "next_steps": "next step",
}


def refuse_faults(faults: Iterable[Fault]) -> None:
    """Raise InvalidRequest with every fault, if there is any."""
    if found := tuple(faults):
        raise InvalidRequest(*found)


def within(where: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Move faults below a pointer: a part's place in the whole."""
    return (replace(fault, where=where + fault.where) for fault in faults)


def unknown(where: str, what: str) -> Fault:
    return Fault(
        "unknown-code",
        where,
        f"this is no {what} of the classification",
        "see `akva classifications` for the codes",
    )


def out_of_order(where: str, why: str) -> Fault:
    return Fault("days-out-of-order", where, why, "check the two days")


def known(name: str, code: str, *, on: date, where: str) -> Iterator[Fault]:
    entry = classification.read(name).get(code)
    if entry is None or not entry.is_valid(on):
        yield unknown(where, WHAT[name])


def of_client(new: NewClient, *, today: date) -> Iterator[Fault]:
    if new.hetu is None and new.reference is None:
        yield Fault("identity-missing", "/hetu", "nothing tells who this is", "give one of the two")
    if new.hetu is not None:
        yield from of_hetu(new.hetu, birth_year=new.birth_year, today=today)
    if not today.year - OLDEST <= new.birth_year <= today.year:
        yield Fault("value-out-of-range", "/birth_year", "no such year", "give the year of birth")
    yield from known("areas", new.area, on=today, where="/area")


def of_hetu(text: str, *, birth_year: int, today: date) -> Iterator[Fault]:
    try:
        born_on = Hetu.parse(text, on=today).born_on
    except InvalidHetu as error:
        yield Fault("invalid-hetu", "/hetu", str(error), "check it against the client's document")
    else:
        if born_on.year != birth_year:
            yield Fault(
                "contradiction", "/birth_year", "not the year in the identity code", "check both"
            )


def of_episode(new: NewEpisode, *, today: date) -> Iterator[Fault]:
    service = services.load().get(new.service)
    if service is None:
        yield unknown("/service", "service")
    elif not service.may_be_decided(new.decided_on):
        yield Fault(
            "service-not-offered",
            "/decided_on",
            "the service was not granted on that day",
            "check the decision",
        )
    yield from known("law_bases", new.law_basis, on=new.decided_on, where="/law_basis")
    yield from known("diagnoses", new.diagnosis, on=new.decided_on, where="/diagnosis")
    yield from of_ending(new, today=today)


def of_ending(new: NewEpisode, *, today: date) -> Iterator[Fault]:
    """List the faults of what may become known after the episode was opened."""
    if new.end_reason is not None:
        yield from known("end_reasons", new.end_reason, on=new.decided_on, where="/end_reason")
    if new.next_step is not None:
        yield from known("next_steps", new.next_step, on=new.decided_on, where="/next_step")
    yield from of_days(new, today=today)


def of_days(new: NewEpisode, *, today: date) -> Iterator[Fault]:
    if new.started_on < new.decided_on:
        yield out_of_order("/started_on", "the course begins before its decision")
    if new.started_on > today:
        yield out_of_order("/started_on", "the course begins in the future")
    if new.ended_on is not None and not new.started_on <= new.ended_on <= today:
        yield out_of_order("/ended_on", "the course ends before it begins, or in the future")


def of_assessment(
    new: NewAssessment, *, service: str, started_on: date, today: date
) -> Iterator[Fault]:
    yield from of_parts(new)
    line = services.load().get(service)
    if line is None or line.obligation(new.instrument, new.occasion) == services.REFUSED:
        yield Fault(
            "not-measured-here",
            "/instrument",
            "the service does not measure this on that occasion",
            "see the service's obligations",
        )
    if not EARLIEST <= new.answered_on <= today:
        yield out_of_order("/answered_on", "answered in the future, or long ago")
    if new.occasion is not Occasion.START and new.answered_on < started_on:
        yield out_of_order("/answered_on", "the end is measured before the course begins")


def of_parts(new: NewAssessment) -> Iterator[Fault]:
    """List what does not fit together: one part is given, or answers with their scores."""
    own = [part for part in (new.answers, new.goals, new.not_scored) if part is not None]
    if len(own) != 1 and not (new.scores and not own):
        yield Fault(
            "invalid-assessment",
            "",
            "needs one of answers, goals, scores and not_scored",
            "give one",
        )
    if new.scores is not None and (new.instrument == "gas" or (own and new.answers is None)):
        yield Fault(
            "invalid-assessment",
            "/scores",
            "scores stand alone or beside answers; GAS is scored here by its goals",
            "leave the scores out",
        )
    elsewhere = new.scores is not None and not own
    if (new.instrument == "gas") != (new.goals is not None) and not (new.not_scored or elsewhere):
        yield Fault("invalid-assessment", "/goals", "goals belong to GAS alone", "move them")


def of_correction(
    new: NewAssessment, reason: str, *, instrument: str, occasion: Occasion
) -> Iterator[Fault]:
    """List what a correction may not change, and a reason that is none."""
    stays = "a correction stays with its instrument and occasion"
    for where, changed in (
        ("/instrument", new.instrument != instrument),
        ("/occasion", new.occasion != occasion),
    ):
        if changed:
            yield Fault("contradiction", where, stays, "record another assessment instead")
    if not reason.strip():
        yield Fault("field-missing", "/reason", "a correction says why", "give the reason")
    elif len(reason) > LONGEST_REASON:
        yield Fault(
            "value-out-of-range",
            "/reason",
            f"a reason has at most {LONGEST_REASON} signs",
            "shorten it",
        )
