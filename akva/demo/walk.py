"""Walks a simulated cohort through the service, in and out, by the same use cases as real calls."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from akva.demo.cohort import Cohort
from akva.demo.diary import Deed, Kind, SteppingClock, deeds, instants
from akva.demo.sending import submission
from akva.model.actors import Actor, Role
from akva.service.courses import CourseReceipt
from akva.service.register.drafting import Draft
from akva.service.releases import Approved
from akva.wiring import Akva
from consent import REPORT_TO_KELA

YEAR = 2025
PROGRAMME = "akva-services"
OPENED = datetime(2024, 1, 1, 6, tzinfo=UTC)
ROUND_CLOSED = datetime(YEAR + 1, 4, 2, 9, tzinfo=UTC)  # the deadline is 31 March
APPROVED = datetime(YEAR + 1, 4, 3, 9, tzinfo=UTC)

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works where: for each provider, one who records and another who verifies."""

    operator: Actor
    recorders: Mapping[str, Actor]
    verifiers: Mapping[str, Actor]
    drafter: Actor
    approver: Actor


@dataclass(slots=True)
class Tally:
    """What has happened so far, by the service's own answers."""

    receipts: dict[int, CourseReceipt] = field(default_factory=dict)
    reports: int = 0
    refusals: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Walked:
    """The walk's end: what was counted, drafted and approved."""

    tally: Tally
    draft: Draft
    approved: Approved


def hire(akva: Akva, cohort: Cohort) -> Staff:
    """Set up the providers and their people; staff names are canaries like all names here."""
    operator = akva.access.begin("Kanaria Ylläpitäjä")
    recorders, verifiers = {}, {}
    for code, name in cohort.providers.items():
        akva.access.add_provider(operator, code, name)
        recorders[code] = akva.access.add_actor(
            operator, Role.PROVIDER, f"Kanaria Kirjaaja {code}", code
        )
        verifiers[code] = akva.access.add_actor(
            operator, Role.VERIFIER, f"Kanaria Tarkistaja {code}", code
        )
    drafter = akva.access.add_actor(operator, Role.PUBLISHER, "Kanaria Laatija")
    approver = akva.access.add_actor(operator, Role.PUBLISHER, "Kanaria Hyväksyjä")
    return Staff(operator, recorders, verifiers, drafter, approver)


@dataclass(frozen=True, slots=True)
class Walk:
    """A cohort on its way: the service, its people, the clock that follows the deeds."""

    akva: Akva
    cohort: Cohort
    staff: Staff
    clock: SteppingClock
    tally: Tally

    def go(self, step: Step) -> Walked:
        """Do every deed at its instant, and publish the round when its time has come.

        `step` is called after each deed.
        """
        timed = list(instants(deeds(self.cohort)))
        before = [one for one in timed if one[0] < ROUND_CLOSED]
        self.do_all(before, step)
        self.clock.advance(ROUND_CLOSED)
        draft = self.akva.releases.draft(self.staff.drafter, PROGRAMME, YEAR)
        self.clock.advance(APPROVED)
        approved = self.akva.releases.approve(self.staff.approver, draft.release_id, "public")
        self.akva.auditing.checkpoint()
        self.do_all(timed[len(before) :], step)
        return Walked(self.tally, draft, approved)

    def do_all(self, timed: Sequence[tuple[datetime, Deed]], step: Step) -> None:
        acts = {
            Kind.SUBMIT: self.submit,
            Kind.VERIFY: self.verify,
            Kind.WITHDRAW: self.withdraw,
            Kind.REPORT: self.report,
        }
        for at, deed in timed:
            self.clock.advance(at)
            acts[deed.kind](deed.course)
            step()

    def submit(self, place: int) -> None:
        course = self.cohort.courses[place]
        recorder = self.staff.recorders[course.client.provider]
        self.tally.receipts[place] = self.akva.courses.submit(recorder, submission(course))

    def verify(self, place: int) -> None:
        grant_id = self.tally.receipts[place].grant_id
        if grant_id is not None:
            provider = self.cohort.courses[place].client.provider
            self.akva.consents.verify(self.staff.verifiers[provider], grant_id)

    def withdraw(self, place: int) -> None:
        recorder = self.staff.recorders[self.cohort.courses[place].client.provider]
        episode_id = self.tally.receipts[place].episode_id
        self.akva.consents.withdraw(recorder, episode_id, REPORT_TO_KELA)

    def report(self, place: int) -> None:
        recorder = self.staff.recorders[self.cohort.courses[place].client.provider]
        sent = self.tally.receipts[place].assessment_ids
        for outcome in self.akva.reporting.report(recorder, sent):
            if outcome.code is None:
                self.tally.reports += 1
            else:
                self.tally.refusals[outcome.code] += 1
