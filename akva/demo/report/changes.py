"""Change by scale: the finding, the chart, the table, and the bands at the start and the end."""

from dataclasses import dataclass

from akva.charts import Axis, ChangeChart, ChangeRow, Marks, change_chart
from akva.demo.report.axes import axis
from akva.demo.report.body import ALL, PAIRED, SUPPRESSED, TOTAL, Estimate, Figure, Table
from akva.demo.report.page import NOTHING, Page

COLUMNS = ("n", "start", "end", "change", "interval", "srm")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of figures, or the word that stands for all of them."""

    name: str
    cells: tuple[str, ...] = ()
    word: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class BandRow:
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class ScaleView:
    id: str
    name: str
    chart: str
    rows: tuple[TableRow, ...]
    bands: tuple[BandRow, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What one row's published pairs show."""

    start: Figure
    end: Figure
    change: Estimate
    srm: Figure | None


def views(page: Page) -> list[ScaleView]:
    """Give every scale of the release, in its order."""
    return [view(page, table) for table in page.body.change_tables]


def view(page: Page, table: Table) -> ScaleView:
    return ScaleView(
        id=page.id(table.id),
        name=page.scale(table),
        chart=change_chart(chart(page, table)),
        rows=tuple(table_row(page, table, service) for service in page.body.rows),
        bands=tuple(band_rows(page, table)),
    )


def pair(page: Page, table: Table, service: str) -> Pair | None:
    """Find a row's figures; None when any is hidden or cannot be computed."""
    start = page.body.figure(service, table, "mean_start")
    end = page.body.figure(service, table, "mean_end")
    change = page.body.estimate(service, table, "mean_change")
    if start is None or end is None or change is None:
        return None
    return Pair(start, end, change, page.body.figure(service, table, "srm"))


def chart(page: Page, table: Table) -> ChangeChart:
    axis_ = axis(table)
    return ChangeChart(
        id=page.id(f"chart-{table.id}"),
        language=page.language,
        title=finding(page, table),
        subtitle=subtitle(page, table, axis_),
        axis=axis_,
        rows=tuple(chart_row(page, table, service) for service in page.body.rows),
    )


def chart_row(page: Page, table: Table, service: str) -> ChangeRow:
    found, name, is_whole = pair(page, table, service), page.name(service), service == ALL
    if found is None:
        why = page.body.silence(service, table, PAIRED)
        return ChangeRow(name=name, is_whole=is_whole, status=why)
    start, change = found.start.value, found.change
    marks = Marks(
        n=change.n,
        start=start,
        end=found.end.value,
        # The change's interval, set on the axis around the end mark.
        lower=start + change.lower,
        upper=start + change.upper,
    )
    return ChangeRow(name=name, is_whole=is_whole, marks=marks)


def finding(page: Page, table: Table, service: str = ALL) -> str:
    """State what happened to the mean; a change whose interval holds 0 is called unclear."""
    found = pair(page, table, service)
    if found is None:
        return page.scale(table)
    way = direction(found.change)
    return page.say(f"scale.{table.id}.{way}", points=page.points(abs(found.change.value)))


def direction(change: Estimate) -> str:
    if change.lower > 0:
        return "up"
    return "down" if change.upper < 0 else "unclear"


def certainty(page: Page, table: Table, change: Estimate) -> str:
    """Say in words whether it is better or worse, and how sure that is."""
    way = direction(change)
    better = axis(table).better
    if way == "unclear" or better == "unknown":
        return page.say(f"certainty.{'unclear' if way == 'unclear' else 'unknown'}")
    return page.say(
        "certainty.better" if (way == "up") is (better == "higher") else "certainty.worse"
    )


def subtitle(page: Page, table: Table, axis_: Axis) -> str:
    measure = page.say(
        "change.measure",
        instrument=page.say(f"instrument.{table.instrument}"),
        low=page.number(axis_.low),
        high=page.number(axis_.high),
        direction=page.say(f"change.{axis_.better}"),
    )
    found = pair(page, table, ALL)
    if found is None:
        return measure
    result = page.say(
        "change.result",
        change=page.change(found.change.value),
        interval=page.interval(found.change),
        n=found.change.n,
    )
    return f"{measure} {result}"


def table_row(page: Page, table: Table, service: str) -> TableRow:
    found = pair(page, table, service)
    if found is None:
        why = page.body.silence(service, table, PAIRED)
        word = page.say(f"status.{why}")
        return TableRow(page.name(service), word=word, is_hidden=why == SUPPRESSED)
    srm = NOTHING if found.srm is None else page.number(found.srm.value, decimals=2)
    cells = (
        page.number(found.change.n),
        page.points(found.start.value),
        page.points(found.end.value),
        page.change(found.change.value),
        page.interval(found.change),
        srm,
    )
    return TableRow(page.name(service), cells=cells)


def band_rows(page: Page, table: Table) -> list[BandRow]:
    """Give the shares of each band among all services' pairs, at the start and the end."""
    split = list(page.body.bands(table))
    if len(split) != len(("start", "end")):
        return []
    before, after = split
    return [
        BandRow(
            page.say(f"band.{label}"),
            band_share(page, before, label),
            band_share(page, after, label),
        )
        for label in before.classes
    ]


def band_share(page: Page, table: Table, label: str, service: str = ALL) -> str:
    """Write the share of a band, or the word for why it is not told."""
    share = share_of(page, table, label, service)
    cell = page.body.cell(service, table, label)
    if share is None:
        return page.say(f"status.{SUPPRESSED if cell.n is not None else cell.status}")
    return page.percent(share)


def share_of(page: Page, table: Table, label: str, service: str = ALL) -> float | None:
    """Divide a class by what its table splits; None unless both are published."""
    whole_id, whole_class = table.parent or (table.id, TOTAL)
    part = page.body.cell(service, table, label).n
    whole = page.body.cell(service, page.body.tables[whole_id], whole_class).n
    return None if part is None or not whole else part / whole
