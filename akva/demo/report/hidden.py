"""What was hidden and why: the count by status, and the matrix of the figures' cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from akva.charts import Matrix, MatrixCell, MatrixRow, cells
from akva.demo.report.body import CONSENTED, PAIRED, RATED, Table
from akva.demo.report.page import Page


@dataclass(frozen=True, slots=True)
class HiddenView:
    sentences: tuple[str, ...]
    chart: str


def view(page: Page) -> HiddenView:
    return HiddenView(tuple(sentences(page)), cells(matrix(page)))


def sentences(page: Page) -> Iterator[str]:
    release = page.data.summary["release"]
    shown, hidden = release["published"], release["suppressed"]
    yield page.say("hidden.counted", cells=release["cells"], published=shown, suppressed=hidden)
    if absent := release["cells"] - shown - hidden:
        yield page.say("hidden.absent", absent=absent)
    yield page.say("hidden.why", threshold=page.body.raw["policy"]["threshold"])
    yield page.say("hidden.also")


def columns(page: Page) -> list[tuple[str, Table, str]]:
    """Give a column for consent and one for each instrument, by its first table."""
    found = [(page.say("short.consent"), page.body.coverage, CONSENTED)]
    seen: set[str] = set()
    for table in page.body.change_tables:
        if table.instrument not in seen:
            seen.add(table.instrument)
            found.append((page.say(f"short.{table.instrument}"), table, PAIRED))
    if page.body.goal_table is not None:
        found.append((page.say("short.gas"), page.body.goal_table, RATED))
    return found


def matrix(page: Page) -> Matrix:
    chosen = columns(page)
    return Matrix(
        id=page.id("chart-cells"),
        language=page.language,
        title=page.say("hidden.title"),
        subtitle=page.say("hidden.subtitle"),
        columns=tuple(name for name, _, _ in chosen),
        rows=tuple(
            MatrixRow(
                name=page.name(service),
                cells=tuple(
                    MatrixCell(status=cell.status, n=cell.n)
                    for _, table, name in chosen
                    for cell in [page.body.cell(service, table, name)]
                ),
            )
            for service in page.body.rows
        ),
    )
