"""Reads a release's body: its tables, cells and figures by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

ALL = "all"  # the row that spans services
TOTAL = "total"  # of a root table: its classes and what they add up to
PAIRED, RATED, CONSENTED = "paired", "rated", "consented"
PUBLISHED, NOT_COLLECTED = "published", "not-collected"
SUPPRESSED, TOO_FEW_PAIRS = "suppressed", "too-few-pairs"


@dataclass(frozen=True, slots=True)
class Cell:
    """`n` is None unless the cell is published."""

    status: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic and the n that it rests on."""

    value: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A statistic with its interval; `goals` counts the goals of a share of goals."""

    value: float
    n: int
    lower: float
    upper: float
    confidence: float
    goals: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """`parent` is (table id, class), None for a root."""

    id: str
    parent: tuple[str, str] | None
    classes: tuple[str, ...]

    @property
    def instrument(self) -> str:
        return self.id.partition("/")[0]


@dataclass(frozen=True)
class Body:
    """A reader of the dictionary that a release's canonical JSON holds."""

    raw: Mapping[str, Any]

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(self.raw["services"])

    @property
    def rows(self) -> tuple[str, ...]:
        """Every row of a table: all services together, then each."""
        return (ALL, *self.services)

    @property
    def year(self) -> int:
        return int(self.raw["round"]["year"])

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {
            row["id"]: Table(
                row["id"], tuple(row["parent"]) if row["parent"] else None, tuple(row["classes"])
            )
            for row in self.raw["tables"]
        }

    @cached_property
    def change_tables(self) -> list[Table]:
        """The scales with a start and an end, in the release's order."""
        return [table for table in self.tables.values() if PAIRED in table.classes]

    @cached_property
    def goal_table(self) -> Table | None:
        """The table of goals that are rated at the end, whatever its id."""
        return next((table for table in self.tables.values() if RATED in table.classes), None)

    @cached_property
    def coverage(self) -> Table:
        return next(table for table in self.tables.values() if CONSENTED in table.classes)

    def bands(self, scale: Table) -> Iterator[Table]:
        """Give the tables that split a scale's pairs into bands, start before end."""
        return (table for table in self.tables.values() if table.parent == (scale.id, PAIRED))

    def cell(self, service: str, table: Table, name: str) -> Cell:
        """Find a cell; one that is not there is not collected."""
        return self._cells.get((service, table.id, name), Cell(NOT_COLLECTED))

    def silence(self, service: str, table: Table, name: str) -> str:
        """Say why a cell has no figure: its own status, or, when published, too few pairs."""
        status = self.cell(service, table, name).status
        return TOO_FEW_PAIRS if status == PUBLISHED else status

    def figure(self, service: str, table: Table, statistic: str) -> Figure | None:
        """Find a published figure; None where it is hidden or cannot be computed."""
        row = self._figures.get((service, table.id, statistic))
        return None if row is None else Figure(row["value"], row["n"])

    def estimate(self, service: str, table: Table, statistic: str) -> Estimate | None:
        """Find a published figure that has an interval; None where there is none."""
        row = self._figures.get((service, table.id, statistic))
        if row is None or row.get("lower") is None or row.get("upper") is None:
            return None
        return Estimate(
            value=row["value"],
            n=row["n"],
            lower=row["lower"],
            upper=row["upper"],
            confidence=row["confidence"],
            goals=row.get("goals"),
        )

    @cached_property
    def _cells(self) -> dict[tuple[str, str, str], Cell]:
        return {
            (row["service"], row["table"], row["class"]): Cell(row["status"], row.get("n"))
            for row in self.raw["cells"]
        }

    @cached_property
    def _figures(self) -> dict[tuple[str, str, str], Mapping[str, Any]]:
        return {
            (row["service"], row["table"], row["statistic"]): row
            for row in self.raw["figures"]
            if row["value"] is not None
        }
