"""The OpenAPI document: whole, well formed, and its examples are calls that are understood."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema_rs
import pytest
from flask.testing import FlaskClient
from schemathesis.specs.openapi.definitions import OPENAPI_31

from akva.api.document import printing
from akva.api.operation import PROBLEM, Operation
from akva.api.routes import OPERATIONS
from akva.app import create_app
from akva.journal import journal
from tests.clocks import TickingClock
from tests.functional.test_api_fuzz import token_of
from tests.house import House, opened

DRAFT = "https://json-schema.org/draft/2020-12/schema"
EXAMPLES = [
    pytest.param(operation, example, id=f"{operation.name}-{name}")
    for operation in OPERATIONS
    if operation.takes
    for name, example in operation.takes.examples.items()
]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printing.printed(OPERATIONS))
    return found


@pytest.fixture
def house(sqlite_address: str, clock: TickingClock, tmp_path: Path) -> Iterator[House]:
    with opened(sqlite_address, clock, tmp_path) as house:
        yield house


@pytest.fixture
def door(house: House) -> FlaskClient:
    return create_app(house.akva, house.settings, journal(StringIO())).test_client()


def told(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for operation in path.values()
    }


def test_every_operation_is_told_and_no_other(document: dict[str, Any]) -> None:
    assert {operation.name for operation in OPERATIONS} == set(told(document))


def test_the_document_is_of_openapi_3_1(document: dict[str, Any]) -> None:
    assert "3.1.0" == document["openapi"]
    assert {"/"} == {server["url"] for server in document["servers"]}


def test_every_schema_is_one(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid({"$schema": DRAFT, **schema}), name


def test_the_document_is_what_openapi_s_own_schema_says(document: dict[str, Any]) -> None:
    found = jsonschema_rs.validator_for(OPENAPI_31).iter_errors(document)

    assert [] == [str(error) for error in found]


@pytest.mark.parametrize("kind", ["schemas", "headers"])
def test_every_reference_leads_somewhere(document: dict[str, Any], kind: str) -> None:
    parts = json.dumps(document).split(f"#/components/{kind}/")[1:]

    assert set(document["components"][kind]) >= {part.split('"')[0] for part in parts}


def test_every_problem_is_told_where_it_can_happen(document: dict[str, Any]) -> None:
    for one in OPERATIONS:
        answers = told(document)[one.name]["responses"]
        needed = {"401", "404", "405", "406", "422", "429", "500", "503", "default"}
        needed |= {"403"} if one.roles else set()
        needed |= {"400", "409"} if one.writes else set()
        needed |= {"400", "413", "415"} if one.takes else set()
        needed |= {"412", "428"} if one.versioned else set()

        assert needed <= set(answers), one.name
        assert all(PROBLEM in answers[status]["content"] for status in needed), one.name


def test_an_example_keeps_the_schema_that_it_stands_beside(document: dict[str, Any]) -> None:
    components = {"components": document["components"]}
    for name, operation in told(document).items():
        for media in operation.get("requestBody", {}).get("content", {}).values():
            schema = jsonschema_rs.validator_for(media["schema"] | components)

            assert media["examples"], name
            assert all(schema.is_valid(one["value"]) for one in media["examples"].values()), name


def test_a_write_needs_its_key_and_a_change_its_version(document: dict[str, Any]) -> None:
    needed = {
        name: {one["name"] for one in operation["parameters"] if one.get("required")}
        for name, operation in told(document).items()
    }

    assert {one.name for one in OPERATIONS if one.writes} == {
        name for name, headers in needed.items() if "Idempotency-Key" in headers
    }
    assert {one.name for one in OPERATIONS if one.versioned} == {
        name for name, headers in needed.items() if "If-Match" in headers
    }


def test_what_needs_a_token_says_so(document: dict[str, Any]) -> None:
    assert {one.name for one in OPERATIONS if not one.public} == {
        name for name, operation in told(document).items() if operation["security"]
    }


@pytest.mark.parametrize(("operation", "example"), EXAMPLES)
def test_an_example_is_understood(
    house: House, door: FlaskClient, operation: Operation, example: dict[str, Any]
) -> None:
    assert operation.takes is not None
    [role] = operation.roles
    path = "/".join(str(uuid4()) if part[:1] == "<" else part for part in operation.path.split("/"))
    headers = {
        "Authorization": f"Bearer {token_of(house, role)}",
        "Content-Type": operation.takes.media,
        "Idempotency-Key": str(uuid4()),
        "If-Match": '"1"',
    }

    answer = door.open(
        path, method=operation.method, headers=headers, data=json.dumps(example).encode()
    )

    # What it names need not be there; what it says must be right.
    assert answer.status_code in {*operation.gives, 404, 409}, answer.text


@pytest.mark.parametrize(
    ("path", "method", "status", "needed"),
    [
        ("/v1/releases", "GET", 200, set()),
        ("/v1/clients", "POST", 401, {"WWW-Authenticate", "Content-Language"}),
    ],
)
def test_the_headers_that_are_told_are_sent(
    document: dict[str, Any],
    door: FlaskClient,
    path: str,
    method: str,
    status: int,
    needed: set[str],
) -> None:
    answer = door.open(path, method=method)

    described = document["paths"][path][method.lower()]["responses"][str(status)]["headers"]
    assert status == answer.status_code
    assert needed <= set(described)
    assert set() == set(described) - set(answer.headers.keys())


def test_the_document_is_served_as_it_was_printed(door: FlaskClient) -> None:
    assert printing.printed(OPERATIONS) == door.get("/openapi.json").data
