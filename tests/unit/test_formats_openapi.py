"""What the OpenAPI document shows of a shape and what the reader checks are one thing."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from apispec import APISpec

from akva.errors import InvalidRequest
from akva.formats.schemas.openapi import plugin
from akva.service.releases import AUDIENCES
from tests.unit.sent_bodies import COURSE, KINDS, NAMES, Kind

# Of every JSON type, and at the edges of what a field may take.
VALUES: list[Any] = [
    None, True, False, 0, 3, 3.0, -1, 2.5, 1e300, 2**53, 2**53 - 1, -(2**53), 1999, 2000, 10_000,
    "", " ", "\t\n", "\u00a0\u2003\ufeff", "\x1c\x85", "x", "a\x00b", "x" * 200, "x" * 201,
    "x" * 2001, "2025-02-03", "2025-02-30", "0000-01-01", "9999-12-31",
    "2024-02-29", "3.2.2025", "20250203", "start", "female", "public",
    "0199d2a0-7c1e-7cc3-98c4-dc0c0c07398f", "0199d2a07c1e7cc398c4dc0c0c07398f",
    [], ["x"], [1], [None], ["0199d2a0-7c1e-7cc3-98c4-dc0c0c07398f"] * 2, [{}],
    {"total": 1}, {"total": None}, {"total": 2**53}, {"to tal": 1},
    {}, {"q1": 1}, {"q1": None}, {"q1": True}, {"q1": 1.5}, {"q1": "1a"}, {"q1": ""},
    {"q1": [1]}, {"q 1": 1}, {"q1": 2**53}, {"q1": "x" * 41}, {"reason": "declined"},
]  # fmt: skip
# Rules between fields: only a reader tells them.
BEYOND_SHAPE = {
    ("contradiction", "/answer"),
    ("contradiction", "/consent/refused"),
    ("field-missing", "/evidence"),
    ("field-missing", ""),
}


def json_schema(kind: Kind) -> dict[str, Any]:
    spec = APISpec("sent", "1", "3.1.0", plugins=[plugin()])
    spec.components.schema("Root", schema=kind.schema)
    document = spec.to_dict()
    return {"$ref": "#/components/schemas/Root", "components": document["components"]}


def validator(kind: Kind) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json_schema(kind), validate_formats=True)


def faults(kind: Kind, body: object) -> set[tuple[str, str]]:
    try:
        kind.reader(json.dumps(body).encode())
    except InvalidRequest as error:
        return {(fault.code, fault.where) for fault in error.faults}
    return set()


def changed(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Put every value in the place of every field, leave every field out, add one."""
    yield body
    yield body | {"shoe_size": 41}
    for name, part in body.items():
        yield {key: value for key, value in body.items() if key != name}
        yield from (body | {name: value} for value in VALUES)
        if isinstance(part, dict):
            yield from (body | {name: inner} for inner in changed(part))
        if isinstance(part, list) and isinstance(part[0], dict):
            yield from (body | {name: [inner, *part[1:]]} for inner in changed(part[0]))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_reader_and_document_take_and_refuse_the_same(kind: Kind) -> None:
    shown = validator(kind)

    apart = [
        body
        for body in changed(kind.body)
        if shown.is_valid(body) == bool(faults(kind, body) - BEYOND_SHAPE)
    ]

    assert [] == apart


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@pytest.mark.parametrize("body", [None, True, 3, "x", [], [{}]])
def test_both_refuse_what_is_no_object(kind: Kind, body: object) -> None:
    assert not validator(kind).is_valid(body)
    assert {("wrong-type", "")} == faults(kind, body)


def test_the_document_allows_no_further_field_and_says_which_are_needed() -> None:
    schemas = json_schema(KINDS[NAMES.index("course")])["components"]["schemas"]

    assert {False} == {schema["additionalProperties"] for schema in schemas.values()}
    assert ["assessments", "client", "episode"] == schemas["Root"]["required"]
    assert set(COURSE) == set(schemas["Root"]["properties"])


def test_a_field_that_may_be_null_says_so() -> None:
    assessment = json_schema(KINDS[NAMES.index("assessment")])["components"]["schemas"]["Root"]

    fields = assessment["properties"]
    assert ["string", "null"] == fields["coding"]["type"]
    assert ["raw", "reversed", None] == fields["coding"]["enum"]
    assert ["object", "null"] == fields["answers"]["type"]
    assert "date" == fields["answered_on"]["format"]
    assert "string" == fields["answered_on"]["type"]


def test_the_audiences_shown_are_those_that_exist() -> None:
    shown = json_schema(KINDS[NAMES.index("approval")])["components"]["schemas"]["Root"]

    assert [*AUDIENCES] == shown["properties"]["audience"]["enum"]
