"""The document is kept: whatever is asked, by whoever, is answered so, and gives nothing away.

2,000 cases over all callers; `make fuzz` asks ten times as many.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from akva.app import create_app
from akva.journal import journal
from akva.model.actors import Role
from tests.clocks import TickingClock
from tests.fuzzing import Asker
from tests.house import ARCHIVE, GOAL, HETU, OTHER_HETU, SIGNER, STAFF, House, opened, reportable

YEAR = 2025
EACH = 10  # calls of each operation by each caller
CANARIES = (HETU, OTHER_HETU, SIGNER, *STAFF)
OF_THE_RECORD = (GOAL, ARCHIVE)  # the provider alone may read what it wrote
EXPORT = "GET /v1/clients/{client_id}/export"  # all that the provider itself sent
CALLERS = (None, *Role)


@pytest.fixture
def house(sqlite_address: str, clock: TickingClock, tmp_path: Path) -> Iterator[House]:
    with opened(sqlite_address, clock, tmp_path) as house:
        yield house


@pytest.fixture
def lines() -> StringIO:
    return StringIO()


@pytest.fixture
def app(house: House, lines: StringIO) -> Flask:
    return create_app(house.akva, replace(house.settings, rate=1_000_000), journal(lines))


def token_of(house: House, role: Role | None) -> str | None:
    if role is None:
        return None
    access = house.akva.access
    provider = "north" if role in {Role.PROVIDER, Role.VERIFIER} else None
    actor = access.add_actor(house.operator, role, STAFF[0], provider)
    return access.issue(house.operator, actor.id, days=30).text


def canaries_of(role: Role | None) -> tuple[str, ...]:
    """Tell what this caller must never be shown."""
    return CANARIES if role is Role.PROVIDER else (*CANARIES, *OF_THE_RECORD)


def known_in(house: House) -> dict[str, str]:
    """Make a course that is reported and published, and name its parts as the routes do."""
    receipt = reportable(house)
    outcomes = house.akva.reporting.report(house.recorder, receipt.assessment_ids[:2])
    draft = house.akva.releases.draft(house.drafter, "akva-services", YEAR)
    house.akva.releases.approve(house.approver, draft.release_id, "public")
    named = {
        "client_id": receipt.client_id,
        "episode_id": receipt.episode_id,
        "consent_id": receipt.grant_id,
        "assessment_id": receipt.assessment_ids[2],
        "act_id": outcomes[0].report_id,
        "report_id": outcomes[0].report_id,
        "release_id": draft.release_id,
        "index": 3,
        "instrument": "bdi-21",
        "name": "areas",
    }
    return {name: str(value) for name, value in named.items()}


@pytest.mark.parametrize("role", CALLERS)
def test_whatever_is_asked_is_answered_as_the_document_says(
    house: House, app: Flask, lines: StringIO, role: Role | None
) -> None:
    own = role is Role.PROVIDER
    asker = Asker(
        app=app,
        token=token_of(house, role),
        known=known_in(house),
        canaries=canaries_of(role),
    )

    found = asker.ask(EACH)

    assert {} == found.wrong
    assert [] == [status for status in found.statuses if status >= 500]
    assert found.leaks <= ({EXPORT} if own else set())
    assert [] == [canary for canary in (*CANARIES, *OF_THE_RECORD) if canary in lines.getvalue()]
    assert found.cases >= 2000 / len(CALLERS)
