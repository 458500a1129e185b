"""A course that is tried goes the whole way, gate and all, and leaves nothing behind."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from akva.errors import Conflict, InvalidRequest
from akva.model.episodes import Occasion
from akva.service.submissions import Answer, Course
from akva.storage.tables.types import metadata
from consent import Evidence
from tests.house import ASKED, BDI, GRANTED, OTHER_HETU, REFUSED, STARTED, House, a_course, bdi

HALF = Answer(asked_on=STARTED, evidence=Evidence(form_version="2025-1"))
COURSES = {
    "nobody asked": (a_course(None, bdi()), "CONSENT_MISSING"),
    "asked": (a_course(ASKED, bdi()), "CONSENT_MISSING"),
    "no": (a_course(REFUSED, bdi()), "CONSENT_REFUSED_BY_CLIENT"),
    "half the evidence": (a_course(HALF, bdi()), "CONSENT_NOT_WRITTEN"),
    "yes": (a_course(GRANTED, bdi()), "CONSENT_EVIDENCE_UNVERIFIED"),
}


def rows(house: House) -> dict[str, int]:
    return house.akva.database.read(
        lambda session, _: {
            table.name: session.scalars(select(func.count()).select_from(table)).one()
            for table in metadata.sorted_tables
        }
    )


@pytest.mark.parametrize("name", COURSES)
def test_it_tells_the_gate_s_verdict_and_leaves_nothing(house: House, name: str) -> None:
    course, code = COURSES[name]
    before, head = rows(house), house.akva.auditing.verify()

    check = house.akva.courses.check(house.recorder, course)

    assert (code,) == check.would_report
    assert before == rows(house)
    assert head == house.akva.auditing.verify()


@pytest.mark.parametrize("name", COURSES)
def test_it_says_what_would_truly_become_of_it(house: House, name: str) -> None:
    course, _ = COURSES[name]
    check = house.akva.courses.check(house.recorder, course)

    receipt = house.akva.courses.submit(house.recorder, course)

    outcomes = house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    assert check.would_report == tuple(outcome.code for outcome in outcomes)
    assert {alert for _, alert in receipt.alerts} == {alert for _, alert in check.alerts}


def test_alerts_are_told_by_the_place_of_their_assessment(house: House) -> None:
    course = a_course(None, bdi(answers=dict.fromkeys(BDI, 0)), bdi(Occasion.END, answers=BDI))

    check = house.akva.courses.check(house.recorder, course)

    assert {(1, "item-9"), (1, "total-30")} == set(check.alerts)


def test_every_fault_is_told_as_by_submitting(house: House) -> None:
    whole = a_course(GRANTED, bdi(answers={"q1": 7}))
    course = replace(whole, client=replace(whole.client, area="99"))

    told = [faults(house, course, name) for name in ("check", "submit")]

    assert told[0] == told[1]
    assert {"/client/area", "/assessments/0/answers/q1"} <= set(told[0])


def faults(house: House, course: Course, name: str) -> list[str]:
    with pytest.raises(InvalidRequest) as refused:
        getattr(house.akva.courses, name)(house.recorder, course)
    return [fault.where for fault in refused.value.faults]


def test_a_course_of_two_clients_is_a_conflict_as_by_submitting(house: House) -> None:
    house.akva.courses.submit(house.recorder, a_course(None))
    house.akva.courses.submit(house.recorder, a_course(None, hetu=OTHER_HETU, reference="R-2"))

    with pytest.raises(Conflict):
        house.akva.courses.check(house.recorder, a_course(None, reference="R-2"))


def test_what_was_tried_can_be_written_then(house: House) -> None:
    course = a_course()
    house.akva.courses.check(house.recorder, course)

    receipt = house.akva.courses.submit(house.recorder, course)

    assert 4 == len(receipt.assessment_ids)
    house.akva.auditing.verify()
