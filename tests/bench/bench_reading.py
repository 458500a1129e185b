"""What reading the answers of one assessment costs, beside a schema with a field for each item.

WHOQOL-BREF, 26 items, the same bytes on both sides, parsed by the same parser. The other side is
what marshmallow's own words lead to: a nested schema of 26 strict whole numbers.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from marshmallow import Schema, fields

from akva.formats.jsontext import parse
from akva.formats.schemas.fields import Part, WholeNumber
from akva.formats.schemas.items import Items

ITEMS, CALLS, ROUNDS = 26, 400, 15
ANSWERS = ", ".join(f'"q{item}": {1 + item % 5}' for item in range(1, ITEMS + 1))
BODY = f'{{"answers": {{{ANSWERS}}}}}'.encode()


class Vector(Schema):
    answers = Items(required=True)


def field_for_each(field: Callable[[], fields.Field[Any]]) -> Schema:
    items: dict[str, Any] = {f"q{item}": field() for item in range(1, ITEMS + 1)}
    nested = Schema.from_dict(items, name="PerItem")
    return Schema.from_dict({"answers": Part(nested, required=True)}, name="Body")()


def measure() -> list[tuple[str, float, str]]:
    """Time both in turns; the ratio of each round, and of these the median."""
    vector = Vector()
    peers = {
        "marshmallow's strict Integer": field_for_each(lambda: fields.Integer(strict=True)),
        "our WholeNumber": field_for_each(lambda: WholeNumber(required=True)),
    }
    same([vector, *peers.values()])
    return [
        (f"reading 26 answers: one vector ÷ 26 fields of {name}", ratio(vector, peer), "<= 0.4")
        for name, peer in peers.items()
    ]


def ratio(ours: Schema, other: Schema) -> float:
    return median(seconds(ours) / seconds(other) for _ in range(ROUNDS))


def seconds(schema: Schema) -> float:
    start = perf_counter()
    for _ in range(CALLS):
        schema.load(parse(BODY))  # type: ignore[arg-type]  # an object, as `same` has seen
    return perf_counter() - start


def same(schemas: list[Schema]) -> None:
    """Hold all to one result, or there is nothing to compare."""
    read = [schema.load(parse(BODY)) for schema in schemas]  # type: ignore[arg-type]  # as above
    if any(one != read[0] for one in read):
        raise AssertionError
