"""A house of two providers behind its door, with a token for every kind of caller."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from akva.api.routes import OPERATIONS
from akva.app import create_app
from akva.journal import journal
from akva.service.courses import CourseReceipt
from akva.service.submissions import Course
from akva.storage.tables.types import metadata
from tests.clocks import TickingClock
from tests.functional.matrix import ABSENT, LINES, NAMES, NOWHERE, ROLES
from tests.house import House, a_course, bdi, opened
from tests.serving import a_person, people_of

METHODS = {operation.name: operation.method for operation in OPERATIONS}
PROGRAMME = "akva-services"
PEOPLE = ("recorder", "verifier", "researcher", "drafter", "auditor", "operator")  # as ROLES
VALID_TODAY = 300  # days
YEARS = range(2016, 2026)  # of rounds that can be drafted


@dataclass(frozen=True, slots=True)
class World:
    house: House
    client: FlaskClient
    tokens: Mapping[str, str]
    published: Mapping[str, str]  # a release for everybody, and one for readers
    numbers: Iterator[int] = field(default_factory=count)
    kept: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def shared(self, name: str, which: str) -> dict[str, str]:
        """Give the same ids again, for callers who can change nothing."""
        if (name, which) not in self.kept:
            self.kept[name, which] = self.target(name, which)
        return self.kept[name, which]

    def target(self, name: str, which: str) -> dict[str, str]:
        """Give ids to call an operation about: fresh things of a provider, or nothing's."""
        if which == "unknown":
            return dict.fromkeys(NAMES, NOWHERE) | ABSENT
        if which == "malformed":
            return dict.fromkeys(NAMES, "no-id")
        found = {
            "release": self.published[which],
            "index": "0",
            "instrument": "bdi-21",
            "classification": "areas",
        }
        if name == "approve_release":
            return found | {"draft": self.draft()}
        if "others" in LINES[name].which:
            found |= self.course(name, which)
        return found

    def course(self, name: str, which: str) -> dict[str, str]:
        recorder = self.house.recorder if which == "own" else self.house.stranger
        person = a_person(next(self.numbers))
        receipt = self.house.akva.courses.submit(recorder, a_course(**person))
        if name != "verify_consent":
            verifier = replace(self.house.verifier, provider_id=recorder.provider_id)
            assert receipt.grant_id is not None
            self.house.akva.consents.verify(verifier, receipt.grant_id)
        return {
            "client": str(receipt.client_id),
            "episode": str(receipt.episode_id),
            "grant": str(receipt.grant_id),
            "assessment": str(receipt.assessment_ids[0]),
            "report": self.report(which, receipt) if name == "audit_report" else "",
        }

    def report(self, which: str, receipt: CourseReceipt) -> str:
        recorder = self.house.recorder if which == "own" else self.house.stranger
        [outcome, *_] = self.house.akva.reporting.report(recorder, receipt.assessment_ids)
        return str(outcome.report_id)

    def draft(self) -> str:
        """Draft a round of its own: a round is approved once."""
        return drafted(self.house, YEARS[next(self.numbers) % (len(YEARS) - 2)])

    def send(self, name: str, caller: str, target: Mapping[str, str], **given: str) -> TestResponse:
        """Call an operation in somebody's name; a write under a fresh key unless one is given."""
        line = LINES[name]
        headers = {"Content-Type": "application/json", **line.headers, **given}
        headers.setdefault("Idempotency-Key", str(uuid4()))
        if caller in self.tokens:
            headers["Authorization"] = f"Bearer {self.tokens[caller]}"
        ids = {**target, "fresh": str(uuid4())}
        body = None if line.body is None else filled(json.dumps(line.body), ids)
        path = filled(line.path, ids)
        return self.client.open(path, method=METHODS[name], data=body, headers=headers)

    def stored(self) -> dict[str, int]:
        """Count the rows of every table."""
        counts = [select(func.count()).select_from(table) for table in metadata.sorted_tables]
        found = self.house.akva.database.read(
            lambda session, _: [session.scalars(one).one() for one in counts]
        )
        return dict(zip([table.name for table in metadata.sorted_tables], found, strict=True))


def filled(text: str, ids: Mapping[str, str]) -> str:
    for name, value in ids.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@contextmanager
def made(address: str, folder: Path) -> Iterator[World]:
    """Open the house and its door; a token of each kind that is not valid is there too."""
    clock = TickingClock()
    with opened(address, clock, folder) as house:
        tokens = tokens_in(house)
        clock.move(timedelta(days=2))
        for year in YEARS:
            house.akva.courses.submit(house.recorder, ended_in(year))
        published = {
            "own": publish(house, YEARS[-1], "public"),
            "others": publish(house, YEARS[-2], "researchers"),
        }
        settings = replace(house.settings, rate=1_000_000)
        app = create_app(house.akva, settings, journal(StringIO()))
        yield World(house, app.test_client(), tokens, published)


def tokens_in(house: House) -> dict[str, str]:
    access, people = house.akva.access, people_of(house)

    def issue(who: str, days: int = VALID_TODAY) -> str:
        return access.issue(house.operator, people[who].id, days=days).text

    lost = access.issue(house.operator, house.recorder.id, days=VALID_TODAY)
    access.revoke(house.operator, lost.id)
    return {
        "garbage": "akva_" + "x" * 43,
        "expired": issue("recorder", days=1),
        "revoked": lost.text,
        "stranger": issue("stranger"),
        **{role: issue(who) for role, who in zip(ROLES, PEOPLE, strict=True)},
    }


def ended_in(year: int) -> Course:
    """Make a course whose episode ended in a round, so that there is something to draft."""
    started = date(year, 2, 3)
    course = a_course(None, bdi(answered_on=started), hetu=None, reference=f"Y-{year}")
    episode = replace(
        course.episode,
        decided_on=date(year, 1, 7),
        started_on=started,
        ended_on=date(year, 9, 1),
    )
    return replace(course, episode=episode)


def drafted(house: House, year: int) -> str:
    return str(house.akva.releases.draft(house.approver, PROGRAMME, year).release_id)


def publish(house: House, year: int, audience: str) -> str:
    draft = house.akva.releases.draft(house.approver, PROGRAMME, year)
    house.akva.releases.approve(house.drafter, draft.release_id, audience)
    return str(draft.release_id)
