"""Attainment of goals: the share at least as expected, by service."""

from dataclasses import dataclass

from akva.charts import ChangeChart, ChangeRow, Marks, change_chart
from akva.demo.report.axes import SHARES
from akva.demo.report.body import ALL, PUBLISHED, RATED, TOO_FEW_PAIRS, Figure, Table
from akva.demo.report.changes import TableRow
from akva.demo.report.page import Page

STATISTIC = "share_goals_at_least_expected"


@dataclass(frozen=True, slots=True)
class GoalView:
    chart: str
    rows: tuple[TableRow, ...]


def view(page: Page) -> GoalView | None:
    """Draw the goals; None when the release has no table of them."""
    table = page.body.goal_table
    if table is None:
        return None
    rows = tuple(table_row(page, table, service) for service in page.body.rows)
    return GoalView(change_chart(chart(page, table)), rows)


def share(page: Page, table: Table, service: str = ALL) -> Figure | None:
    found = page.body.figure(service, table, STATISTIC)
    return None if found is None or found.lower is None else found


def finding(page: Page, table: Table) -> str:
    found = share(page, table)
    if found is None:
        return page.scale(table)
    return page.say("finding.goals", share=page.percent(found.value))


def chart(page: Page, table: Table) -> ChangeChart:
    found = share(page, table)
    measure = page.say("goals.measure")
    return ChangeChart(
        id=page.id("chart-goals"),
        language=page.language,
        title=finding(page, table),
        subtitle=measure if found is None else f"{measure} {result(page, found)}",
        axis=SHARES,
        rows=tuple(chart_row(page, table, service) for service in page.body.rows),
    )


def result(page: Page, found: Figure) -> str:
    return page.say("goals.result", interval=page.share_interval(found), n=found.n)


def status(page: Page, table: Table, service: str) -> str:
    found = page.body.cell(service, table, RATED).status
    return TOO_FEW_PAIRS if found == PUBLISHED else found


def chart_row(page: Page, table: Table, service: str) -> ChangeRow:
    found, name, is_whole = share(page, table, service), page.name(service), service == ALL
    if found is None or found.lower is None or found.upper is None:
        why = status(page, table, service)
        return ChangeRow(name=name, is_whole=is_whole, status=why)
    marks = Marks(n=found.n, end=found.value, lower=found.lower, upper=found.upper)
    return ChangeRow(name=name, is_whole=is_whole, marks=marks)


def table_row(page: Page, table: Table, service: str) -> TableRow:
    found = share(page, table, service)
    if found is None:
        why = status(page, table, service)
        word = page.say(f"status.{why}")
        return TableRow(page.name(service), word=word, is_hidden=why == "suppressed")
    cells = (page.number(found.n), page.percent(found.value), page.share_interval(found))
    return TableRow(page.name(service), cells=cells)
