"""The register: one subject a person, one living key an episode, and what a round reads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from akva.errors import Conflict
from akva.model.ids import new_id
from akva.storage import register_keys, reports, subjects
from akva.storage.database import Database
from akva.storage.register_keys import RegisterKeyRow
from akva.storage.reports import Registered, ReportRow
from tests.consented import permitted_course, state_in
from tests.stored import (
    ENDED_ON,
    SEALED,
    Course,
    add_correction,
    add_course,
    add_refusal,
    add_report,
    report_under,
)

ROUND = {"ended_from": date(2026, 1, 1), "ended_before": date(2027, 1, 1)}


def test_a_person_is_one_subject_across_providers(database: Database) -> None:
    index = b"register index of a person"

    ids = [
        database.write(lambda session, now: subjects.find_or_add(session, index, now))
        for _ in range(2)
    ]
    other = database.write(lambda session, now: subjects.find_or_add(session, b"other", now))

    assert ids[0] == ids[1] != other


def test_a_subject_s_id_says_nothing_of_its_time(database: Database) -> None:
    subject_id = database.write(lambda session, now: subjects.find_or_add(session, b"one", now))

    assert 4 == subject_id.version


def test_two_at_once_find_the_same_subject(database: Database) -> None:
    def find(_: int) -> UUID:
        return database.write(lambda session, now: subjects.find_or_add(session, b"one", now))

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(find, range(12)))

    assert 1 == len(found)


def key(course: Course, version: int, wrapped: bytes | None) -> RegisterKeyRow:
    return RegisterKeyRow(
        episode_id=course.episode_id,
        provider_id=course.provider.id,
        version=version,
        wrapped=wrapped,
    )


def slots(database: Database, course: Course) -> list[RegisterKeyRow]:
    ids = [course.episode_id, new_id()]
    return database.read(lambda session, _: register_keys.slots(session, ids))


def find(database: Database, course: Course) -> RegisterKeyRow | None:
    [slot] = database.read(lambda session, _: register_keys.slots(session, [course.episode_id]))
    return slot if slot.wrapped is not None else None


def destroy(database: Database, course: Course) -> int:
    return database.write(
        lambda session, now: register_keys.destroy(session, [course.episode_id], now)
    )


def test_a_living_key_is_found_in_its_slot(database: Database) -> None:
    course = database.write(add_course)

    assert (key(course, 1, SEALED), [key(course, 1, SEALED)]) == (
        find(database, course),
        slots(database, course),
    )


def test_a_destroyed_key_is_gone_and_the_next_one_gets_the_next_slot(database: Database) -> None:
    course = database.write(add_course)

    destroyed = destroy(database, course)
    after = (find(database, course), slots(database, course))
    database.write(lambda session, now: register_keys.add(session, key(course, 2, b"new"), now))

    assert (1, (None, [key(course, 2, None)])) == (destroyed, after)
    assert key(course, 2, b"new") == find(database, course)
    assert [key(course, 2, b"new")] == slots(database, course)


def test_destroying_twice_destroys_nothing_more(database: Database) -> None:
    course = database.write(add_course)

    assert [1, 0] == [destroy(database, course), destroy(database, course)]


def test_destroying_one_episode_s_key_leaves_the_others(database: Database) -> None:
    course = database.write(add_course)
    other = database.write(lambda session, now: add_course(session, now, "prov-2"))

    destroy(database, course)

    assert key(other, 1, SEALED) == find(database, other)


@pytest.mark.parametrize("version", [1, 2])
def test_an_episode_has_one_living_key(database: Database, version: int) -> None:
    course = database.write(add_course)

    with pytest.raises(Conflict):
        database.write(
            lambda session, now: register_keys.add(session, key(course, version, b"new"), now)
        )


def reported(session: Session, now: datetime, code: str = "prov-1") -> tuple[Course, ReportRow]:
    course = permitted_course(session, now, code)
    row = report_under(course, state_in(session, course), now)
    add_report(session, now, row)
    return course, row


def of_round(database: Database) -> tuple[list[Registered], dict[str, int]]:
    return database.read(lambda session, _: reports.of_round(session, **ROUND))


def test_a_round_reads_reports_in_log_order_with_key_and_leaf(database: Database) -> None:
    rows = [
        database.write(lambda session, now: reported(session, now, "prov-1"))[1],
        database.write(lambda session, now: reported(session, now, "prov-2"))[1],
    ]

    found, refusals = of_round(database)

    assert (rows, {}) == ([one.row for one in found], refusals)
    assert [SEALED, SEALED] == [one.wrapped for one in found]
    assert 2 == len({one.leaf_hash for one in found})


def test_a_round_leaves_out_what_ended_outside_it(database: Database) -> None:
    database.write(reported)
    later = {"ended_from": ENDED_ON + timedelta(days=1), "ended_before": date(2028, 1, 1)}

    assert ([], {}) == database.read(lambda session, _: reports.of_round(session, **later))


def test_a_round_leaves_out_what_can_no_longer_be_opened(database: Database) -> None:
    course, _ = database.write(reported)

    destroy(database, course)

    assert ([], {}) == of_round(database)


def test_a_round_counts_a_corrected_report_once(database: Database) -> None:
    course, first = database.write(reported)

    def report_anew(session: Session, now: datetime) -> ReportRow:
        corrected = add_correction(session, now, course)
        row = report_under(course, state_in(session, course), now)
        row = replace(row, assessment_id=corrected.id, supersedes=first.id)
        add_report(session, now, row)
        return row

    second = database.write(report_anew)

    found, _ = of_round(database)
    assert [second] == [one.row for one in found]


def test_a_round_counts_refusals_by_code(database: Database) -> None:
    course = database.write(add_course)
    for code in ("CONSENT_MISSING", "IDENTITY_NEEDED", "CONSENT_MISSING"):
        refuse(database, course, code)

    assert ([], {"CONSENT_MISSING": 2, "IDENTITY_NEEDED": 1}) == of_round(database)


def refuse(database: Database, course: Course, code: str) -> None:
    database.write(lambda session, now: add_refusal(session, now, course, code))


def test_an_assessment_is_reported_once_under_a_permission(database: Database) -> None:
    course, _ = database.write(reported)

    def again(session: Session, now: datetime) -> None:
        add_report(session, now, report_under(course, state_in(session, course), now))

    with pytest.raises(Conflict, match="reported already"):
        database.write(again)


def test_a_first_report_brings_its_episode_s_key(database: Database) -> None:
    course = database.write(permitted_course)
    destroy(database, course)
    [slot] = slots(database, course)
    fresh = replace(slot, wrapped=b"fresh")

    def report(session: Session, now: datetime) -> None:
        row = report_under(course, state_in(session, course), now)
        add_report(session, now, replace(row, key_version=2), keys={course.episode_id: fresh})

    database.write(report)

    found, _ = of_round(database)
    assert [(2, b"fresh")] == [(one.row.key_version, one.wrapped) for one in found]
