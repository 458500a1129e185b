"""Who may call what at the HTTP door, written down once more and compared with the application.

A route that is added, opened to another role or turned to another tenancy must be written here too.
"""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from akva.api.operation import Operation, Tenancy
from akva.api.routes import OPERATIONS
from akva.app import create_app
from akva.journal import journal
from tests.clocks import TickingClock
from tests.house import opened

ANYBODY = "anybody"
TABLE = {
    ("POST", "/v1/clients", "provider", "own"),
    ("GET", "/v1/clients/<uuid:client_id>", "provider", "own"),
    ("GET", "/v1/clients/<uuid:client_id>/export", "provider", "own"),
    ("POST", "/v1/episodes", "provider", "own"),
    ("GET", "/v1/episodes/<uuid:episode_id>", "provider", "own"),
    ("PATCH", "/v1/episodes/<uuid:episode_id>", "provider", "own"),
    ("POST", "/v1/consents", "provider", "own"),
    ("POST", "/v1/consents/<uuid:consent_id>/verification", "consent-verifier", "own"),
    ("POST", "/v1/consents/<uuid:consent_id>/withdrawal", "provider", "own"),
    ("GET", "/v1/clients/<uuid:client_id>/consents", "auditor provider", "own"),
    ("POST", "/v1/assessments", "provider", "own"),
    ("GET", "/v1/assessments/<uuid:assessment_id>", "provider", "own"),
    ("POST", "/v1/assessments/<uuid:assessment_id>/corrections", "provider", "own"),
    ("GET", "/v1/receipts/<uuid:act_id>", "provider", "own"),
    ("POST", "/v1/reports", "provider", "own"),
    ("POST", "/v1/batches", "provider", "own"),
    ("GET", "/v1/programmes", "anybody", "none"),
    ("POST", "/v1/releases", "publisher", "none"),
    ("POST", "/v1/releases/<uuid:release_id>/approval", "publisher", "none"),
    ("GET", "/v1/releases", "anybody", "none"),
    ("GET", "/v1/releases/<uuid:release_id>", "anybody", "none"),
    ("GET", "/v1/releases/<uuid:release_id>/cells", "anybody", "none"),
    ("GET", "/v1/releases/<uuid:release_id>/cells.csv", "anybody", "none"),
    ("GET", "/v1/releases/<uuid:release_id>/codebook", "anybody", "none"),
    ("GET", "/v1/log/checkpoint", "anybody", "none"),
    ("GET", "/v1/log/proof/<int:index>", "auditor", "none"),
    ("GET", "/v1/log/consistency", "auditor", "none"),
    ("GET", "/v1/log/key", "anybody", "none"),
    ("GET", "/v1/audit/reports/<uuid:report_id>", "auditor", "none"),
    ("GET", "/v1/instruments", "anybody", "none"),
    ("GET", "/v1/instruments/<instrument>", "anybody", "none"),
    ("GET", "/v1/classifications", "anybody", "none"),
    ("GET", "/v1/classifications/<name>", "anybody", "none"),
    ("GET", "/v1/meta", "anybody", "none"),
    ("GET", "/openapi.json", "anybody", "none"),
    ("GET", "/healthz", "anybody", "none"),
    ("GET", "/readyz", "anybody", "none"),
}  # fmt: skip


def line(operation: Operation) -> tuple[str, str, str, str]:
    roles = " ".join(sorted(operation.roles)) or ANYBODY
    return operation.method, operation.path, roles, operation.tenancy


@pytest.fixture
def app(sqlite_address: str, clock: TickingClock, tmp_path: Path) -> Any:  # noqa: ANN401
    with opened(sqlite_address, clock, tmp_path) as house:
        yield create_app(house.akva, house.settings, journal(StringIO()))


def test_the_table_says_who_may_call_what() -> None:
    assert sorted(TABLE) == sorted(map(line, OPERATIONS))


def test_the_application_routes_what_stands_in_the_table_and_nothing_else(app: Flask) -> None:
    routed = {
        (method, rule.rule, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD"}
    }

    assert {(one.method, one.path, one.name) for one in OPERATIONS} == routed


def test_an_operation_has_a_name_of_its_own() -> None:
    names = [operation.name for operation in OPERATIONS]

    assert len(names) == len(set(names))


def test_whoever_writes_is_known() -> None:
    assert [] == [one.name for one in OPERATIONS if one.writes and one.public]


def test_what_anybody_may_read_belongs_to_no_provider() -> None:
    assert [] == [one.name for one in OPERATIONS if one.public and one.tenancy is not Tenancy.NONE]


def test_what_is_changed_is_changed_in_the_version_that_was_read() -> None:
    assert [] == [one.name for one in OPERATIONS if one.versioned != (one.method == "PATCH")]
