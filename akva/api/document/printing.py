"""Prints the OpenAPI 3.1 document from the table of operations and the schemas it names."""

import json
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from apispec import APISpec
from marshmallow import Schema

from akva.api.answers.problems import ProblemSchema
from akva.api.document.headers import IF_MATCH, KEY, LANGUAGE, OF_PROBLEMS, components, of_answer
from akva.api.document.problems import possible
from akva.api.operation import PROBLEM, Gives, Operation, Takes
from akva.formats.schemas import openapi

CONVERTER = re.compile(r"<(?:(?P<kind>[a-z]+)(?:\([^)]*\))?:)?(?P<name>[a-z_]+)>")
TYPES: Mapping[str | None, Mapping[str, Any]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer", "minimum": 0},
    None: {"type": "string", "minLength": 1},
}
BEARER = {"type": "http", "scheme": "bearer", "description": "A token of `akva token issue`"}


def printed(operations: Iterable[Operation]) -> bytes:
    return json.dumps(described(operations), ensure_ascii=False, sort_keys=True).encode()


def described(operations: Iterable[Operation]) -> dict[str, Any]:
    """Describe the operations; a path that has several comes once."""
    spec = APISpec(
        title="AKVA",
        version=version("akva"),
        openapi_version="3.1.0",
        plugins=[openapi.plugin()],
        servers=[{"url": "/"}],
        info={"description": "Measure whether rehabilitation helped, and report it on consent."},
    )
    spec.components.security_scheme("bearer", BEARER)
    for name, header in components().items():
        spec.components.header(name, header)
    for operation in operations:
        path = CONVERTER.sub(r"{\g<name>}", operation.path)
        spec.path(path=path, operations={operation.method.lower(): told(operation)})
    return dict(spec.to_dict())


def told(operation: Operation) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": who(operation),
        "tags": [operation.tag],
        "security": [] if operation.public else [{"bearer": []}],
        "parameters": parameters(operation),
        "responses": responses(operation),
    }
    if operation.takes is not None:
        plain["requestBody"] = body(operation.takes)
    return plain


def who(operation: Operation) -> str:
    roles = ", ".join(sorted(operation.roles)) or "anybody"
    return f"For {roles}; reaches things of: {operation.tenancy}."


def parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [
        {"name": match["name"], "in": "path", "required": True, "schema": TYPES[match["kind"]]}
        for match in CONVERTER.finditer(operation.path)
    ]
    found += [
        {
            "name": name,
            "in": "query",
            "required": query.needed,
            "description": query.description,
            "schema": query.schema,
        }
        for name, query in operation.query.items()
    ]
    found += [KEY] if operation.writes else []
    found += [IF_MATCH] if operation.versioned else []
    return [*found, LANGUAGE]


def body(takes: Takes) -> dict[str, Any]:
    examples = {name: {"value": value} for name, value in takes.examples.items()}
    return {
        "required": True,
        "content": {takes.media: {"schema": takes.schema, "examples": examples}},
    }


def responses(operation: Operation) -> dict[str, Any]:
    given = {str(status): answer(gives) for status, gives in operation.gives.items()}
    wrong = {str(status): problem(codes, status) for status, codes in possible(operation).items()}
    both = {status: either(given[status], wrong[status]) for status in given.keys() & wrong.keys()}
    return given | wrong | both | {"default": problem(["fault"])}


def either(given: dict[str, Any], wrong: dict[str, Any]) -> dict[str, Any]:
    """Join an answer that is a problem too with the problems of its status."""
    schemas = [each["content"][PROBLEM]["schema"] for each in (given, wrong)]
    return {
        "description": f"{given['description']}. {wrong['description']}",
        "headers": given["headers"] | wrong["headers"],
        "content": {PROBLEM: {"schema": {"anyOf": schemas}}},
    }


def answer(gives: Gives) -> dict[str, Any]:
    schema: type[Schema] | dict[str, Any] = gives.schema or {"type": "string"}
    if gives.schema is None and gives.media == "application/json":
        schema = {"type": "object"}
    return {
        "description": gives.description,
        "headers": of_answer(gives.headers),
        "content": {gives.media: {"schema": schema}},
    }


def problem(codes: Iterable[str], status: int | None = None) -> dict[str, Any]:
    return {
        "description": "A problem: " + ", ".join(codes),
        "headers": of_answer(("Content-Language", *OF_PROBLEMS.get(status, ()))),
        "content": {PROBLEM: {"schema": ProblemSchema}},
    }
