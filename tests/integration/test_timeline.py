"""What was said of permission, judged at one time by what was known at another."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from akva.errors import NotAllowed, NotFound
from akva.model.actors import Actor, Role
from akva.model.ids import new_id
from akva.service.courses import CourseReceipt
from akva.service.record.timeline import Timeline
from consent import REPORT_TO_KELA
from tests.clocks import MORNING, TickingClock
from tests.house import ENDED, House, a_course, reportable

HOUR = timedelta(hours=1)
CODES = ["CONSENT_MISSING", "CONSENT_EVIDENCE_UNVERIFIED", None, "CONSENT_WITHDRAWN"]


@pytest.fixture
def auditor(house: House) -> Actor:
    return house.akva.access.add_actor(house.operator, Role.AUDITOR, "Kanaria Tarkastaja")


@pytest.fixture
def told(house: House, clock: TickingClock) -> tuple[CourseReceipt, list[datetime]]:
    """Give a course whose permission was granted, verified and withdrawn, an hour apart each."""
    course, moments = a_course(None), [MORNING + step * HOUR for step in range(1, 5)]
    receipt = house.akva.courses.submit(house.recorder, course)
    consents, about = house.akva.consents, (house.recorder, receipt.episode_id, REPORT_TO_KELA)
    clock.move(HOUR + HOUR / 2)
    evidence = a_course().consent
    assert evidence is not None
    assert evidence.evidence is not None
    grant = consents.grant(*about, evidence.evidence)
    clock.move(HOUR)
    consents.verify(house.verifier, grant.id)
    clock.move(HOUR)
    consents.withdraw(*about)
    clock.move(HOUR)
    return receipt, moments


def codes(timeline: Timeline) -> list[str | None]:
    return [verdict.code for verdict in timeline.verdicts]


def test_each_moment_has_its_own_verdict(
    house: House, told: tuple[CourseReceipt, list[datetime]]
) -> None:
    receipt, moments = told
    read = house.akva.consents.timeline

    verdicts = [
        codes(read(house.recorder, receipt.client_id, as_valid=at, as_known=at)) for at in moments
    ]

    assert [[code] for code in CODES] == verdicts


def test_what_was_known_later_is_left_out(
    house: House, told: tuple[CourseReceipt, list[datetime]]
) -> None:
    receipt, moments = told
    read = house.akva.consents.timeline

    kinds = [
        [one.kind for one in read(house.recorder, receipt.client_id, as_known=at).events]
        for at in moments
    ]

    whole = ["granted", "verified", "withdrawn"]
    assert [whole[:known] for known in range(4)] == kinds


def test_unless_a_time_is_given_it_is_now(
    house: House, told: tuple[CourseReceipt, list[datetime]]
) -> None:
    receipt, moments = told

    timeline = house.akva.consents.timeline(house.recorder, receipt.client_id)

    assert timeline.as_valid == timeline.as_known > moments[-1]
    assert ["CONSENT_WITHDRAWN"] == codes(timeline)
    grant, verified, _ = timeline.events
    assert (True, grant.id) == (grant.written, verified.grant_id)


def test_the_permitting_event_is_named(house: House) -> None:
    receipt = reportable(house)

    timeline = house.akva.consents.timeline(house.recorder, receipt.client_id)

    [verdict] = timeline.verdicts
    assert (True, None, receipt.grant_id) == (verdict.permitted, verdict.code, verdict.event_id)


def test_each_episode_has_its_verdict_also_where_nobody_asked(house: House) -> None:
    receipt = reportable(house)
    other = house.akva.courses.submit(house.recorder, a_course(None))

    timeline = house.akva.consents.timeline(house.recorder, receipt.client_id)

    assert {receipt.episode_id: None, other.episode_id: "CONSENT_MISSING"} == {
        verdict.episode_id: verdict.code for verdict in timeline.verdicts
    }


def test_a_client_without_episodes_has_an_empty_one(house: House) -> None:
    client_id = house.akva.intake.register(house.recorder, a_course().client)

    timeline = house.akva.consents.timeline(house.recorder, client_id)

    assert ((), ()) == (timeline.events, timeline.verdicts)


def test_an_auditor_reads_anybody_s_and_a_provider_its_own(house: House, auditor: Actor) -> None:
    receipt = reportable(house)
    read = house.akva.consents.timeline

    assert read(auditor, receipt.client_id).events == read(house.recorder, receipt.client_id).events
    for client_id in (receipt.client_id, new_id()):
        with pytest.raises(NotFound, match="no such client"):
            read(house.stranger, client_id)
    with pytest.raises(NotFound):
        read(auditor, new_id())
    with pytest.raises(NotAllowed):
        read(house.verifier, receipt.client_id)


def test_one_event_is_read_by_its_id(house: House) -> None:
    receipt = reportable(house)
    assert receipt.grant_id is not None

    event = house.akva.consents.event(house.recorder, receipt.grant_id)

    expected = (receipt.client_id, receipt.episode_id, "granted", REPORT_TO_KELA)
    assert expected == (event.client_id, event.episode_id, event.kind, event.purpose)


@pytest.mark.parametrize("whose", ["another's", "nobody's"])
def test_another_provider_s_event_is_as_unknown_as_none(house: House, whose: str) -> None:
    receipt = reportable(house)
    event_id: UUID = (receipt.grant_id if whose == "another's" else None) or new_id()

    with pytest.raises(NotFound, match="no such consent event"):
        house.akva.consents.event(house.stranger, event_id)


def test_a_no_without_a_question_is_an_event_like_any_other(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course(None))
    house.akva.consents.refuse(house.recorder, receipt.episode_id, REPORT_TO_KELA, on=ENDED)

    timeline = house.akva.consents.timeline(house.recorder, receipt.client_id)

    assert ["refused"] == [event.kind for event in timeline.events]
    assert ["CONSENT_REFUSED_BY_CLIENT"] == codes(timeline)
