"""What the door says of itself: limits that it keeps, policy, calendar, life and readiness."""

import sqlite3

import pytest

from akva.aggregation import programmes
from tests.functional.at_door import AtDoor, problem


@pytest.fixture
def unguarded(door: AtDoor, sqlite_address: str) -> AtDoor:
    """Take a guard from the database behind the door."""
    raw = sqlite3.connect(sqlite_address.removeprefix("sqlite:///"), isolation_level=None)
    raw.execute("DROP TRIGGER reports_gate")
    raw.close()
    return door


def test_the_limits_that_are_told_are_kept(door: AtDoor) -> None:
    limits = door.get("/v1/meta", by=None).json["limits"]

    fits = door.post("/v1/clients", b" " * limits["body_bytes"])
    too_large = door.post("/v1/clients", b" " * (limits["body_bytes"] + 1))

    assert [400, 413] == [fits.status_code, too_large.status_code]
    assert str(limits["calls_a_minute"]) == fits.headers["RateLimit-Limit"]


def test_a_batch_may_have_as_many_lines_as_is_told(door: AtDoor) -> None:
    most = door.get("/v1/meta", by=None).json["limits"]["batch_lines"]

    answer = door.post("/v1/batches", b"{}\n" * (most + 1), Content_Type="application/x-ndjson")

    assert answer.status_code in {413, 422}


def test_the_policy_is_the_declared_one(door: AtDoor) -> None:
    told = door.get("/v1/meta", by=None).json["policies"]

    assert {name: programmes.load(name).policy.threshold for name in programmes.ids()} == {
        one["programme"]: one["threshold"] for one in told
    }


def test_the_calendar_tells_when_a_round_may_be_frozen(door: AtDoor) -> None:
    told = door.get("/v1/meta", by=None).json["calendar"]

    assert {"time_zone": "Europe/Helsinki", "frozen_from": "04-01"} == told


def test_without_a_contact_none_is_told(door: AtDoor) -> None:
    assert door.get("/v1/meta", by=None).json["contact"] is None


def test_an_unfit_database_is_alive_but_not_ready(unguarded: AtDoor) -> None:
    alive = unguarded.get("/healthz", by=None)
    ready = unguarded.get("/readyz", by=None)

    assert 200 == alive.status_code
    assert (503, "database-not-ready", []) == problem(ready)
    assert "reports_gate" not in ready.text
