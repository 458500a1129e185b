"""Attainment of goals: the share at least as expected, by service."""

from dataclasses import dataclass

from akva.charts import ChangeChart, ChangeRow, Marks, change_chart
from akva.demo.report.axes import SHARES
from akva.demo.report.body import ALL, RATED, SUPPRESSED, Estimate, Table
from akva.demo.report.changes import TableRow
from akva.demo.report.page import NOTHING, Page

OF_GOALS = "share_at_least_expected"
OF_CLIENTS = "share_of_clients_all_at_least_expected"
COLUMNS = ("n", "goals", "share", "interval", "clients")


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


def share(page: Page, table: Table, service: str = ALL) -> Estimate | None:
    return page.body.estimate(service, table, OF_GOALS)


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


def result(page: Page, found: Estimate) -> str:
    """Say how many goals and people, and how sure it is."""
    goals = page.say("report.goals", n=found.goals or 0)
    return page.say(
        "goals.result",
        confidence=page.percent(found.confidence),
        interval=page.share_interval(found),
        goals=goals,
        n=found.n,
    )


def of_clients(page: Page, table: Table, service: str = ALL) -> str:
    """Write the share of clients who reached all their goals."""
    found = page.body.figure(service, table, OF_CLIENTS)
    return NOTHING if found is None else page.percent(found.value)


def chart_row(page: Page, table: Table, service: str) -> ChangeRow:
    found, name, is_whole = share(page, table, service), page.name(service), service == ALL
    if found is None:
        why = page.body.silence(service, table, RATED)
        return ChangeRow(name=name, is_whole=is_whole, status=why)
    marks = Marks(n=found.n, end=found.value, lower=found.lower, upper=found.upper)
    return ChangeRow(name=name, is_whole=is_whole, marks=marks)


def table_row(page: Page, table: Table, service: str) -> TableRow:
    found = share(page, table, service)
    if found is None:
        why = page.body.silence(service, table, RATED)
        word = page.say(f"status.{why}")
        return TableRow(page.name(service), word=word, is_hidden=why == SUPPRESSED)
    cells = (
        page.number(found.n),
        page.number(found.goals or 0),
        page.percent(found.value),
        page.share_interval(found),
        of_clients(page, table, service),
    )
    return TableRow(page.name(service), cells=cells)
