"""Responses to be scored from a csv file: the columns are items, the others are left alone.

Spreadsheets may part cells with commas, semicolons or tabs, and write a byte order mark.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from akva.errors import Fault, InvalidRequest
from akva.formats.answers import Reading, Sent, plain

GOAL = re.compile(r"goal([1-9][0-9]?)_(weight|baseline|attained|icf)", re.ASCII)
DELIMITERS = ",;\t"
NO_ROW = Fault(
    "not-csv", "", "This row's quotes do not match, or a cell has no end.", "Mend the row."
)
TOO_MANY_CELLS = Fault(
    "too-many-cells", "", "This row has more cells than the first line.", "Mend or quote its cells."
)
NOTHING_TO_SCORE = Fault(
    "no-column",
    "",
    "No column of the file is named like an item of the instrument.",
    "Name the columns with --map item=column; `akva instruments show` lists the items.",
)
NO_SUCH_COLUMN = Fault(
    "no-column",
    "",
    "--map or --id names a column that is not in the file's first line.",
    "Write the column as the first line has it.",
)
COLUMN_TWICE = Fault(
    "column-twice", "", "Two columns of the file have one item's name.", "Choose one with --map."
)


def table(lines: Iterable[bytes], how: Reading) -> Iterator[Sent]:
    """Read the rows; raises InvalidRequest where the first line has no column to score."""
    texts = (line.decode("utf-8", "surrogateescape") for line in lines)
    head = next(texts, "").removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=head.count)
    header = next(csv.reader([head], delimiter=delimiter), [])
    columns = Columns.of([name.strip().casefold() for name in header], how)
    return each_row(csv.reader(texts, delimiter=delimiter, strict=True), columns)


def each_row(rows: Iterator[list[str]], columns: "Columns") -> Iterator[Sent]:
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield Sent(None, faults=(NO_ROW,))
        else:
            yield columns.read(row)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row the id and each item stand."""

    how: Reading
    width: int
    id: int | None
    places: Mapping[str, int]

    @classmethod
    def of(cls, header: Sequence[str], how: Reading) -> Self:
        renamed = {item: column.strip().casefold() for item, column in how.renamed.items()}
        names = how.items or [name for name in header if GOAL.fullmatch(name)]
        wanted = {name: name for name in names} | renamed
        id_ = None if how.id is None else how.id.strip().casefold()
        if not {*renamed.values(), *filter(None, [id_])} <= {*header}:
            raise InvalidRequest(NO_SUCH_COLUMN)
        places = {name: header.index(name_) for name, name_ in wanted.items() if name_ in header}
        if not places:
            raise InvalidRequest(NOTHING_TO_SCORE)
        if any(header.count(wanted[name]) > 1 for name in places):
            raise InvalidRequest(COLUMN_TWICE)
        key = id_ or "id"
        return cls(how, len(header), header.index(key) if key in header else None, places)

    def read(self, row: Sequence[str]) -> Sent:
        name = None if self.id is None or self.id >= len(row) else printable(row[self.id])
        if len(row) > self.width:
            return Sent(name, faults=(TOO_MANY_CELLS,))
        given = {
            item: self.cell(row[place]) if place < len(row) else None
            for item, place in self.places.items()
        }
        return Sent(name, given if self.how.items else goals(given))

    def cell(self, text: str) -> str | None:
        value = plain(text)
        return None if value == "" or value in self.how.missing else value


def printable(text: str) -> str:
    """Show bytes that are no UTF-8 as such, so that every line out can be read."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def goals(given: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Gather goal1_weight, goal1_attained … into goals; one with no cell filled in is none."""
    gathered: dict[int, dict[str, Any]] = {}
    for name, cell in given.items():
        found = GOAL.fullmatch(name)
        if found is not None and cell is not None:
            gathered.setdefault(int(found[1]), {})[found[2]] = rating(found[2], cell)
    return [gathered[number] for number in sorted(gathered)]


def rating(kind: str, cell: str) -> object:
    """Read a number with comma or point; what is none stays, for the instrument to refuse."""
    if kind == "icf":
        return cell.split()
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell
