"""The funnel: who was asked, who consented, and what was lost on the way to a pair."""

from dataclasses import dataclass

from akva.charts import FunnelChart, FunnelStep, StepKind, funnel_chart
from akva.demo.report.body import (
    ALL,
    CONSENTED,
    NOT_COLLECTED,
    PAIRED,
    PUBLISHED,
    RATED,
    TOTAL,
    Cell,
    Table,
)
from akva.demo.report.page import Page

KEPT = (CONSENTED, PAIRED, RATED)


@dataclass(frozen=True, slots=True)
class CountCell:
    text: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    name: str
    cells: tuple[CountCell, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    charts: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]


def view(page: Page) -> CoverageView:
    """Draw the funnel to consent, then to a pair of the first scale; and tell each service's."""
    table = page.body.coverage
    shown = [table, *page.body.change_tables[:1]]
    names = (TOTAL, *table.classes)
    return CoverageView(
        charts=tuple(funnel_chart(chart(page, each, ALL)) for each in shown),
        columns=tuple(page.say(f"class.{name}") for name in names),
        rows=tuple(count_row(page, table, service) for service in page.body.rows),
    )


def chart(page: Page, table: Table, service: str, *, part: str = "funnel") -> FunnelChart:
    """Make the funnel of a table in one row: its whole, its losses, what remains."""
    kept = next(name for name in table.classes if name in KEPT)
    losses = [name for name in collected(page, table, service) if name != kept]
    steps = [step(page, whole_name(page, table, service), whole(page, table, service), "whole")]
    steps += [step(page, name, page.body.cell(service, table, name), "loss") for name in losses]
    steps.append(step(page, kept, page.body.cell(service, table, kept), "kept"))
    return FunnelChart(
        id=page.id(f"{part}-{table.id}-{service}"),
        language=page.language,
        title=title(page, table, service, kept),
        subtitle=subtitle(page, table, service),
        steps=tuple(steps),
    )


def subtitle(page: Page, table: Table, service: str) -> str:
    """Name what is counted, and say so when the whole is in episodes and its parts in people."""
    what = page.say("coverage.consent") if table.parent is None else page.scale(table)
    plain = page.say("coverage.subtitle", what=what, service=page.name(service))
    if table.parent is None or service != ALL or is_known(page, table, service):
        return plain
    return f"{plain} {page.say('coverage.mixed')}"


def collected(page: Page, table: Table, service: str) -> list[str]:
    """List the classes that can occur in a row: an end that is required is never not required."""
    return [
        name
        for name in table.classes
        if page.body.cell(service, table, name).status != NOT_COLLECTED
    ]


def is_known(page: Page, table: Table, service: str) -> bool:
    """Tell whether every class that can occur is published."""
    cells = [page.body.cell(service, table, name) for name in collected(page, table, service)]
    return bool(cells) and all(cell.n is not None for cell in cells)


def whole_name(page: Page, table: Table, service: str) -> str:
    if table.parent is None:
        return TOTAL
    return "people" if is_known(page, table, service) else table.parent[1]


def whole(page: Page, table: Table, service: str) -> Cell:
    """Add up the classes, or, when one is hidden, find the cell that they add up to.

    Across services a table counts people and its parent episodes: only its own sum is its whole.
    """
    if is_known(page, table, service):
        counts = [page.body.cell(service, table, name).n or 0 for name in table.classes]
        return Cell(PUBLISHED, sum(counts))
    if table.parent is None:
        return page.body.cell(service, table, TOTAL)
    parent, name = table.parent
    return page.body.cell(service, page.body.tables[parent], name)


def step(page: Page, name: str, cell: Cell, kind: StepKind) -> FunnelStep:
    return FunnelStep(name=page.say(f"class.{name}"), kind=kind, n=cell.n, status=cell.status)


def title(page: Page, table: Table, service: str, kept: str) -> str:
    """State how much remains, when both ends of the funnel are published."""
    remains, all_of_it = page.body.cell(service, table, kept).n, whole(page, table, service).n
    if remains is None or not all_of_it:
        return page.say("coverage.title_hidden")
    code = "coverage.title_consent" if table.parent is None else "coverage.title_pairs"
    return page.say(code, share=page.percent(remains / all_of_it))


def count_row(page: Page, table: Table, service: str) -> CountRow:
    cells = [page.body.cell(service, table, name) for name in (TOTAL, *table.classes)]
    return CountRow(
        page.name(service),
        tuple(CountCell(page.count(cell), cell.status == "suppressed") for cell in cells),
    )
