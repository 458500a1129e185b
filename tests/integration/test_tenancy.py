"""A provider sees its own; another's id answers exactly as one that never was."""

from collections.abc import Callable
from uuid import UUID

import pytest

from akva.errors import NotAllowed, NotFound
from akva.model.actors import Actor
from akva.model.ids import new_id
from akva.service.courses import CourseReceipt
from akva.service.submissions import EpisodeChange
from consent import REPORT_TO_KELA
from tests.house import EVIDENCE, STARTED, House, a_course, bdi, reportable

Use = Callable[[House, Actor, CourseReceipt], object]

USES: dict[str, Use] = {
    "read an assessment": lambda h, a, r: h.akva.intake.assessment(a, r.assessment_ids[0]),
    "record an assessment": lambda h, a, r: h.akva.intake.record(a, r.episode_id, bdi()),
    "open an episode": lambda h, a, r: h.akva.intake.open(a, r.client_id, a_course().episode),
    "ask": lambda h, a, r: h.akva.consents.ask(a, r.episode_id, REPORT_TO_KELA, on=STARTED),
    "refuse": lambda h, a, r: h.akva.consents.refuse(a, r.episode_id, REPORT_TO_KELA, on=STARTED),
    "grant": lambda h, a, r: h.akva.consents.grant(a, r.episode_id, REPORT_TO_KELA, EVIDENCE),
    "withdraw": lambda h, a, r: h.akva.consents.withdraw(a, r.episode_id, REPORT_TO_KELA),
    "withdraw all": lambda h, a, r: h.akva.consents.withdraw_all(a, r.client_id, REPORT_TO_KELA),
    "report": lambda h, a, r: h.akva.reporting.report(a, r.assessment_ids),
    "read a client": lambda h, a, r: h.akva.intake.client(a, r.client_id),
    "read an episode": lambda h, a, r: h.akva.intake.episode(a, r.episode_id),
    "export": lambda h, a, r: h.akva.intake.export(a, r.client_id),
    "amend": lambda h, a, r: h.akva.intake.amend(a, r.episode_id, EpisodeChange(), version=1),
    "correct": lambda h, a, r: h.akva.intake.correct(a, r.assessment_ids[0], bdi(), "Lomake"),
    "read an event": lambda h, a, r: h.akva.consents.event(a, r.grant_id or r.client_id),
    "read a timeline": lambda h, a, r: h.akva.consents.timeline(a, r.client_id),
    "receipt": lambda h, a, r: h.akva.auditing.receipt(a, r.assessment_ids[0]),
}


def nowhere(receipt: CourseReceipt) -> CourseReceipt:
    ids: list[UUID] = [new_id() for _ in receipt.assessment_ids]
    return CourseReceipt(
        client_id=new_id(),
        episode_id=new_id(),
        grant_id=new_id(),
        assessment_ids=tuple(ids),
        alerts=(),
        first_index=0,
    )


def answer(use: Use, house: House, receipt: CourseReceipt) -> tuple[type[Exception], str]:
    with pytest.raises(NotFound) as found:
        use(house, house.stranger, receipt)
    return found.type, str(found.value)


@pytest.mark.parametrize("name", USES)
def test_anothers_answers_as_unknown(house: House, name: str) -> None:
    receipt = reportable(house)

    anothers = answer(USES[name], house, receipt)

    assert answer(USES[name], house, nowhere(receipt)) == anothers


@pytest.mark.parametrize("name", USES)
def test_ones_own_is_found(house: House, name: str) -> None:
    """The negative control: the very same calls succeed for whose it is."""
    receipt = reportable(house)

    USES[name](house, house.recorder, receipt)


@pytest.mark.parametrize("name", USES)
def test_who_belongs_to_no_provider_may_do_none_of_it(house: House, name: str) -> None:
    receipt = reportable(house)

    with pytest.raises(NotAllowed):
        USES[name](house, house.drafter, receipt)


def test_a_verifier_of_another_provider_finds_no_grant(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course())
    akva = house.akva
    verifier = akva.access.add_actor(house.operator, house.verifier.role, "Kanaria Kolmas", "south")
    assert receipt.grant_id is not None

    with pytest.raises(NotFound):
        akva.consents.verify(verifier, receipt.grant_id)


def test_two_providers_may_know_the_same_person(house: House) -> None:
    """Each in a record of its own; in the register they are one subject."""
    first = house.akva.courses.submit(house.recorder, a_course())
    second = house.akva.courses.submit(house.stranger, a_course())

    assert first.client_id != second.client_id
