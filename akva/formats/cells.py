"""A release's cells and figures as rows: for a page of JSON and for csv.

A cell is one row for its count and one for each figure that rests on it. What is hidden has its
status and no value; nothing here adds, counts or rounds.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from akva.model.publications import Publication

COUNT = "n"
# A spreadsheet takes a text that begins so for a formula (OWASP, CSV Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number of one cell; `name` is the class, whose column is called `class`."""

    service: str
    table: str
    name: str
    status: str
    statistic: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    confidence: float | None = None
    method: str | None = None
    n: int | None = None
    goals: int | None = None


COLUMNS = {"class" if field.name == "name" else field.name: field.name for field in fields(Row)}
FILTERS = ("service", "table", "class", "status", "statistic")


def rows_of(publication: Publication) -> list[Row]:
    """Read a publication's rows, in the order of its frozen bytes."""
    body = json.loads(publication.body)
    figures: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for figure in body["figures"]:
        figures.setdefault(place(figure), []).append(figure)
    return [row for cell in body["cells"] for row in of_cell(cell, figures.get(place(cell), []))]


def of_cell(cell: Mapping[str, Any], figures: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    where = {"service": cell["service"], "table": cell["table"], "name": cell["class"]}
    status, n = cell["status"], cell.get("n")
    yield Row(**where, status=status, statistic=COUNT, value=n, n=n)
    for figure in figures:
        told = {name: value for name, value in figure.items() if name not in {*where, "class"}}
        yield Row(**where, status=status, **told)


def place(cell: Mapping[str, Any]) -> tuple[str, str, str]:
    return cell["service"], cell["table"], cell["class"]


def plain(row: Row) -> dict[str, Any]:
    return {column: getattr(row, attribute) for column, attribute in COLUMNS.items()}


def chosen(rows: Iterable[Row], query: Mapping[str, str]) -> list[Row]:
    """Pick stored rows by what stands in them."""
    wanted = {COLUMNS[name]: query[name] for name in FILTERS if name in query}
    return [row for row in rows if all(text == getattr(row, name) for name, text in wanted.items())]


def written(rows: Iterable[Row]) -> bytes:
    """Write csv (RFC 4180) with a head; what is not there is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(value) for value in plain(row).values()] for row in rows)
    return text.getvalue().encode()


def guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
