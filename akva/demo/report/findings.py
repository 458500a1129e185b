"""The headline findings in words: asked, consented, who got better and how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass

from akva.demo.report import attainment, changes, coverage
from akva.demo.report.anchors import Anchor
from akva.demo.report.body import ALL, CONSENTED, Table
from akva.demo.report.page import Page

NOT_ASKED = "not-asked"
HEADLINES = 3  # scales told at the top, one for each instrument


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    what: str
    published: str
    here: str
    source: str


def statements(page: Page) -> list[Statement]:
    """Give what a reader should know after one minute; what is hidden is not told."""
    return [*of_consent(page), *of_scales(page), *of_bands(page), *of_goals(page)]


def of_consent(page: Page) -> Iterator[Statement]:
    table = page.body.coverage
    total = coverage.whole(page, table, ALL).n
    not_asked = page.body.cell(ALL, table, NOT_ASKED).n
    consented = page.body.cell(ALL, table, CONSENTED).n
    if total and not_asked is not None:
        asked = total - not_asked
        yield Statement(
            page.say("finding.asked", share=page.percent(asked / total)),
            page.say("finding.asked_detail", asked=asked, total=total, year=str(page.body.year)),
        )
    if total and consented is not None:
        yield Statement(
            page.say("finding.consented", share=page.percent(consented / total)),
            page.say("finding.consented_detail", n=consented),
        )


def of_scales(page: Page) -> Iterator[Statement]:
    seen: set[str] = set()
    for table in page.body.change_tables:
        if table.instrument in seen or len(seen) == HEADLINES:
            continue
        seen.add(table.instrument)
        found = changes.pair(page, table, ALL)
        if found is not None:
            yield Statement(changes.finding(page, table), scale_detail(page, table, found))


def scale_detail(page: Page, table: Table, found: changes.Pair) -> str:
    values = page.say(
        "finding.scale_detail",
        start=page.points(found.start.value),
        end=page.points(found.end.value),
        confidence=page.percent(found.change.confidence),
        interval=page.interval(found.change),
        pairs=page.pairs(found.change.n),
    )
    return f"{values} {changes.certainty(page, table, found.change)}"


def of_bands(page: Page) -> Iterator[Statement]:
    """Tell the share without symptoms where a scale has bands."""
    for table in page.body.change_tables:
        shares = [changes.share_of(page, band, "minimal") for band in page.body.bands(table)]
        known = [share for share in shares if share is not None]
        if known and len(known) == len(shares):
            yield Statement(
                page.say(
                    "finding.bands", start=page.percent(known[0]), end=page.percent(known[-1])
                ),
                page.say(
                    "finding.bands_detail", instrument=page.say(f"instrument.{table.instrument}")
                ),
            )


def of_goals(page: Page) -> Iterator[Statement]:
    table = page.body.goal_table
    found = attainment.share(page, table) if table else None
    if table is not None and found is not None:
        detail = page.say("finding.goals_detail", share=attainment.of_clients(page, table))
        yield Statement(
            attainment.finding(page, table), f"{attainment.result(page, found)} {detail}"
        )


def comparisons(page: Page) -> list[Comparison]:
    """Set each published figure beside the simulated one, with its source."""
    return [
        Comparison(
            page.say(f"anchor.{anchor.code}.what"),
            page.say(f"anchor.{anchor.code}.published"),
            here(page, anchor),
            anchor.source,
        )
        for anchor in page.data.anchors
    ]


def here(page: Page, anchor: Anchor) -> str:
    """Write the release's own share for all services, or the word for why there is none."""
    if anchor.kind == "band":
        table = page.body.tables.get(anchor.table)
        if table is None:
            return page.say("status.not-collected")
        return changes.band_share(page, table, anchor.name)
    goals = page.body.goal_table
    found = page.body.figure(ALL, goals, anchor.name) if goals else None
    return page.say("status.suppressed") if found is None else page.percent(found.value)
