"""A small house to test in: one service on one database, its people, and a course to send."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from akva.clock import Clock
from akva.model.actors import Actor, Role
from akva.model.assessments import Mode
from akva.model.clients import Sex
from akva.model.episodes import Occasion
from akva.service.courses import CourseReceipt
from akva.service.submissions import Answer, Course, NewAssessment, NewClient, NewEpisode
from akva.settings import Settings
from akva.vault import keyfiles
from akva.wiring import Akva, build
from consent import Evidence

ORIGIN = "test.akva.example/log"
STARTED, ENDED = date(2025, 2, 3), date(2025, 9, 1)

# What must never be found in clear anywhere: each is looked for, byte for byte.
HETU = "010594Y9032"
OTHER_HETU = "010594Y9021"
REFERENCE = "KANARIA-VIITE-1"
GOAL = "KANARIA-TAVOITE palaa puutarhatoihin"
SIGNER = "Kanaria Allekirjoittaja"
ARCHIVE = "KANARIA-ARKISTO-1"
STAFF = ("Kanaria Kirjaaja", "Kanaria Tarkistaja", "Kanaria Laatija", "Kanaria Operaattori")

BDI = {f"q{item}": item % 4 for item in range(1, 22)}
BDI_LATER = {f"q{item}": item % 2 for item in range(1, 22)}


@dataclass(frozen=True, slots=True)
class House:
    """The service, where it lies, and who works there."""

    akva: Akva
    settings: Settings
    operator: Actor
    recorder: Actor
    verifier: Actor
    stranger: Actor  # of another provider
    drafter: Actor
    approver: Actor


@contextmanager
def opened(address: str, clock: Clock, folder: Path) -> Iterator[House]:
    """Open a service with fresh keys on a migrated database, with people of two providers."""
    settings = Settings(database=address, keys=folder / "keys")
    keyfiles.create(settings.keys, origin=ORIGIN)
    akva = build(settings, clock)
    access = akva.access
    operator = access.begin(STAFF[3])
    access.add_provider(operator, "north", "Mallila")
    access.add_provider(operator, "south", "Testala")
    yield House(
        akva,
        settings,
        operator,
        recorder=access.add_actor(operator, Role.PROVIDER, STAFF[0], "north"),
        verifier=access.add_actor(operator, Role.VERIFIER, STAFF[1], "north"),
        stranger=access.add_actor(operator, Role.PROVIDER, "Kanaria Vieras", "south"),
        drafter=access.add_actor(operator, Role.PUBLISHER, STAFF[2]),
        approver=access.add_actor(operator, Role.PUBLISHER, "Kanaria Hyväksyjä"),
    )
    akva.database.close()


EVIDENCE = Evidence(form_version="2025-1", signed_on=STARTED, signer=SIGNER, archive_number=ARCHIVE)
ASKED = Answer(asked_on=STARTED)
REFUSED = Answer(asked_on=STARTED, refused=True)
GRANTED = Answer(asked_on=STARTED, evidence=EVIDENCE)


def bdi(occasion: Occasion = Occasion.START, **changes: Any) -> NewAssessment:  # noqa: ANN401
    given: dict[str, Any] = {
        "instrument": "bdi-21",
        "occasion": occasion,
        "answered_on": STARTED if occasion is Occasion.START else ENDED,
        "answers": BDI if occasion is Occasion.START else BDI_LATER,
    }
    return NewAssessment(**(given | changes))


def gas(occasion: Occasion = Occasion.START, **changes: Any) -> NewAssessment:  # noqa: ANN401
    goal = {"id": "g1", "text": GOAL, "weight": 2, "baseline": -1, "icf": ("d640",)}
    end = {"attained": 1} if occasion is Occasion.END else {}
    given: dict[str, Any] = {
        "instrument": "gas",
        "occasion": occasion,
        "answered_on": STARTED if occasion is Occasion.START else ENDED,
        "goals": ({**goal, **end},),
        "mode": Mode.INTERVIEW,
    }
    return NewAssessment(**(given | changes))


def a_course(
    consent: Answer | None = GRANTED,
    *assessments: NewAssessment,
    **client: Any,  # noqa: ANN401
) -> Course:
    """Make a course of Kiila with BDI-21 and GAS at both ends, unless told otherwise."""
    measures = assessments or (bdi(), gas(), bdi(Occasion.END), gas(Occasion.END))
    given: dict[str, Any] = {
        "birth_year": 1994,
        "sex": Sex.FEMALE,
        "area": "08",
        "hetu": HETU,
        "reference": REFERENCE,
    }
    return Course(
        client=NewClient(**(given | client)),
        episode=NewEpisode(
            service="kiila",
            law_basis="6",
            decided_on=STARTED - timedelta(days=30),
            started_on=STARTED,
            diagnosis="F00-F99",
            ended_on=ENDED,
            end_reason="as-planned",
        ),
        consent=consent,
        assessments=measures,
    )


def reportable(house: House, course: Course | None = None) -> CourseReceipt:
    """Send a course whose permission a second person has verified."""
    receipt = house.akva.courses.submit(house.recorder, course or a_course())
    assert receipt.grant_id is not None
    house.akva.consents.verify(house.verifier, receipt.grant_id)
    return receipt
