"""The use case of a whole course at once: client, episode, permission and assessments.

One transaction: a course stands complete, or not at all. Verifying and reporting come after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from akva.errors import InvalidRequest
from akva.model.actors import Actor, Role
from akva.model.episodes import Occasion
from akva.service.call import Call, ClientKeys, calling, require
from akva.service.once import Once, Repeatable, write_once
from akva.service.record import meaning, scoring
from akva.service.record.answers import asked, granted, refused
from akva.service.record.meaning import refuse_faults, within
from akva.service.record.permission import file
from akva.service.record.reading import an_episode, opened
from akva.service.record.scoring import Outcome
from akva.service.record.writing import add_assessment, add_client, add_episode
from akva.service.reporting import report
from akva.service.submissions import Answer, Course, NewAssessment
from akva.storage import assessments, clients, consents, log
from akva.storage.database import Database
from akva.vault.keyfiles import Vault
from consent import REPORT_TO_KELA, Event, Granted


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReceipt:
    """What the sender keeps; `grant_id` waits for a second person's verification."""

    client_id: UUID
    episode_id: UUID
    grant_id: UUID | None
    assessment_ids: tuple[UUID, ...]
    alerts: tuple[tuple[UUID, str], ...]
    first_index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCheck:
    """What would become of a course, by the place of each of its assessments.

    `would_report` is the gate's refusal code, None where it would let through; `alerts` are what
    a professional must see now.
    """

    would_report: tuple[str | None, ...]
    alerts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Courses:
    database: Database
    vault: Vault

    def submit(self, actor: Actor, course: Course, *, once: Once | None = None) -> CourseReceipt:
        """Write a course; raises InvalidRequest with every fault of all its parts, KeyReused."""
        require(actor, Role.PROVIDER)
        step = partial(submit, course=course)
        if once is None:
            return self.database.write(calling(self.vault, actor, step))
        work = Repeatable(step, lambda receipt: receipt.episode_id, partial(again, course=course))
        return write_once(self.database, self.vault, actor, once, work)

    def check(self, actor: Actor, course: Course) -> CourseCheck:
        """Write and report a course and take all of it back; raises what `submit` would."""
        require(actor, Role.PROVIDER)
        return self.database.write(calling(self.vault, actor, partial(rehearse, course=course)))


def submit(call: Call, course: Course) -> CourseReceipt:
    scored = meant(call, course)
    events = answers(call, course.consent)
    client = client_of(call, course, events=len(events) + len(scored))
    episode = add_episode(call, client, course.episode)
    evidence = course.consent.evidence if course.consent else None
    filed = [
        file(call, client, episode, event, evidence if isinstance(event, Granted) else None)
        for event in events
    ]
    recorded = [
        add_assessment(call, client, episode, new, outcome)
        for new, outcome in zip(course.assessments, scored, strict=True)
    ]
    entries = [one.entry for one in filed] + [one.entry for one in recorded]
    logged = log.append(call.session, call.now, entries) if entries else []
    return CourseReceipt(
        client_id=client.client_id,
        episode_id=episode.id,
        grant_id=next((event.id for event in events if isinstance(event, Granted)), None),
        assessment_ids=tuple(one.row.id for one in recorded),
        alerts=tuple((one.row.id, alert) for one in recorded for alert in one.alerts),
        first_index=logged[0].index if logged else None,
    )


def rehearse(call: Call, course: Course) -> CourseCheck:
    """Go the whole way through the gate, in a transaction that ends by being undone."""
    receipt = submit(call, course)
    codes = tuple(outcome.code for outcome in report(call, receipt.assessment_ids))
    call.session.rollback()
    places = {assessment_id: place for place, assessment_id in enumerate(receipt.assessment_ids)}
    return CourseCheck(
        would_report=codes,
        alerts=tuple((places[assessment_id], alert) for assessment_id, alert in receipt.alerts),
    )


def again(call: Call, episode_id: UUID, course: Course) -> CourseReceipt:
    """Give the receipt of a course that was written: its episode's first acts are its own."""
    episode = an_episode(call, episode_id)
    first = consents.filings(call.session, [episode_id])[: events_of(course.consent)]
    rows = assessments.first_of_episode(call.session, episode_id, len(course.assessments))
    keys = call.held(episode.client_id)
    acts = [one.act_id for one in first] + [row.act_id for row in rows]
    places = log.appended(call.session, acts).values()
    return CourseReceipt(
        client_id=episode.client_id,
        episode_id=episode_id,
        grant_id=next((one.event.id for one in first if isinstance(one.event, Granted)), None),
        assessment_ids=tuple(row.id for row in rows),
        alerts=tuple(
            (row.id, alert)
            for row in rows
            for alert in scoring.alerts_of(row.instrument, row.edition, opened(keys, row))
        ),
        first_index=min((place.index for place in places), default=None),
    )


def meant(call: Call, course: Course) -> list[Outcome]:
    """Check every part and score every assessment; raises InvalidRequest with all faults."""
    outcomes: list[Outcome] = []
    faults = [
        *within("/client", meaning.of_client(course.client, today=call.today)),
        *within("/episode", meaning.of_episode(course.episode, today=call.today)),
    ]
    for place, new in enumerate(course.assessments):
        found = list(
            meaning.of_assessment(
                new,
                service=course.episode.service,
                started_on=course.episode.started_on,
                today=call.today,
            )
        )
        try:
            outcomes.append(scoring.score(new, goals_at_start(course.assessments)))
        except InvalidRequest as error:
            found.extend(error.faults)
        faults.extend(within(f"/assessments/{place}", found))
    refuse_faults(faults)
    return outcomes


def goals_at_start(assessments: Sequence[NewAssessment]) -> tuple[Mapping[str, Any], ...]:
    starts = [new.goals for new in assessments if new.occasion is Occasion.START and new.goals]
    return starts[-1] if starts else ()


def answers(call: Call, answer: Answer | None) -> list[Event]:
    """Turn the client's answer into events: asked, then yes with evidence, no, or nothing yet."""
    if answer is None:
        return []
    events: list[Event] = [asked(call, REPORT_TO_KELA, answer.asked_on)]
    if answer.refused:
        events.append(refused(call, REPORT_TO_KELA, answer.asked_on))
    elif answer.evidence is not None:
        events.append(granted(call, REPORT_TO_KELA, answer.evidence))
    return events


def events_of(answer: Answer | None) -> int:
    """Count the events that `answers` makes."""
    if answer is None:
        return 0
    return 2 if answer.refused or answer.evidence is not None else 1


def client_of(call: Call, course: Course, *, events: int) -> ClientKeys:
    """Find the client whom the provider has registered before, or register it."""
    new, indexes = course.client, call.vault.indexes
    known = clients.by_index(
        call.session,
        call.provider_id,
        identity=indexes.identity(call.provider_id, new.hetu) if new.hetu else None,
        reference=indexes.reference(call.provider_id, new.reference) if new.reference else None,
    )
    if known is None:
        return add_client(call, new, events=events)
    return call.keys_of(known.id, events=events)
