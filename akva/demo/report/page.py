"""The report in one language: its data, and how it says things."""

from dataclasses import dataclass

from akva.demo.report.body import ALL, Body, Cell, Estimate, Table
from akva.demo.report.data import ReportData
from akva.words import Value, number, percent, percent_span, say, signed, span

DECIMALS = 1  # of points; a share has none
NOTHING = "\N{EN DASH}"  # what a table shows where there is nothing to show


@dataclass(frozen=True, slots=True)
class Page:
    """Bound to a language, so that no section has to carry it about."""

    language: str
    data: ReportData
    body: Body

    def say(self, code: str, **values: Value) -> str:
        return say(self.language, code, **values)

    def number(self, value: float, *, decimals: int = 0) -> str:
        return number(self.language, value, decimals=decimals)

    def points(self, value: float) -> str:
        return number(self.language, value, decimals=DECIMALS)

    def change(self, value: float) -> str:
        return signed(self.language, value, decimals=DECIMALS)

    def percent(self, share: float) -> str:
        return percent(self.language, share)

    def interval(self, found: Estimate) -> str:
        """Write the bounds in points."""
        return span(self.language, lower=found.lower, upper=found.upper, decimals=DECIMALS)

    def share_interval(self, found: Estimate) -> str:
        return percent_span(self.language, lower=found.lower, upper=found.upper)

    def name(self, service: str) -> str:
        """Name a service, or all of them together."""
        if service == ALL:
            return self.say("chart.all")
        return self.data.service_names[service][self.language]

    def scale(self, table: Table) -> str:
        return self.say(f"scale.{table.id}.name")

    def count(self, cell: Cell) -> str:
        """Write a cell's count, or the word for why there is none."""
        return self.say(f"status.{cell.status}") if cell.n is None else self.number(cell.n)

    def id(self, name: str) -> str:
        """Make an id that is this language's own on a page that holds three."""
        return f"{self.language}-{name.replace('/', '-').replace('_', '-')}"

    def pairs(self, n: int) -> str:
        return self.say("report.pairs", n=n)
