"""The use case of a whole course at once: client, episode, permission and assessments.

One transaction: a course stands complete, or not at all. Verifying and reporting come after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from akva.errors import InvalidRequest
from akva.model.actors import Actor, Role
from akva.model.episodes import Occasion
from akva.service.call import Call, ClientKeys, calling, require
from akva.service.consents import asked, granted, refused
from akva.service.record import meaning, scoring
from akva.service.record.meaning import refuse_faults, within
from akva.service.record.permission import file
from akva.service.record.scoring import Outcome
from akva.service.record.writing import add_assessment, add_client, add_episode
from akva.service.submissions import Answer, Course, NewAssessment
from akva.storage import clients, log
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


@dataclass(frozen=True, slots=True)
class Courses:
    database: Database
    vault: Vault

    def submit(self, actor: Actor, course: Course) -> CourseReceipt:
        """Write a course; raises InvalidRequest with every fault of all its parts."""
        require(actor, Role.PROVIDER)
        return self.database.write(calling(self.vault, actor, lambda call: submit(call, course)))


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
