"""The figure one can follow: from the definition's hash to the command that checks its leaf."""

from dataclasses import dataclass
from datetime import date, timedelta

from akva.charts import funnel_chart
from akva.demo.report import changes, coverage
from akva.demo.report.page import Page


@dataclass(frozen=True, slots=True)
class Step:
    """`value` is plain words, `code` is to be read to the letter, `chart` is markup."""

    name: str
    why: str
    value: str = ""
    code: str = ""
    chart: str = ""


def steps(page: Page) -> list[Step]:
    """List the chain in order, each link with its reason."""
    found, values = page.data.followed, links(page)
    table = page.body.tables[found.table]
    funnel = coverage.chart(page, table, found.service, part="followed")
    return [
        Step(page.say(f"follow.{name}.name"), page.say(f"follow.{name}.why"), **values[name])
        if name != "funnel"
        else Step(
            page.say("follow.funnel.name"),
            page.say("follow.funnel.why"),
            chart=funnel_chart(funnel),
        )
        for name in ("figure", "definition", "rule", "n", "funnel", "programme", "leaf", "command")
    ]


def links(page: Page) -> dict[str, dict[str, str]]:
    found = page.data.followed
    table = page.body.tables[found.table]
    definition = page.body.raw["definitions"][table.instrument]
    return {
        "figure": {"value": figure(page)},
        "definition": {
            "value": page.say(
                "follow.definition.value",
                instrument=page.say(f"instrument.{table.instrument}"),
                edition=str(definition["edition"]),
            ),
            "code": definition["definition"],
        },
        "rule": {"code": definition["rule"]},
        "n": {"value": count(page)},
        "programme": {"value": programme(page)},
        "leaf": {
            "value": page.say("follow.leaf.value", index=page.number(found.leaf_index)),
            "code": found.leaf_hash,
        },
        "command": {"code": found.command},
    }


def figure(page: Page) -> str:
    """State the followed figure: its finding, its interval, its service."""
    found = page.data.followed
    table = page.body.tables[found.table]
    pair = changes.pair(page, table, found.service)
    finding = changes.finding(page, table, found.service)
    if pair is None:
        return finding
    return page.say(
        "follow.figure.value",
        finding=finding,
        service=page.name(found.service),
        change=page.change(pair.change.value),
        interval=page.interval(pair.change),
    )


def count(page: Page) -> str:
    found = page.data.followed
    pair = changes.pair(page, page.body.tables[found.table], found.service)
    return "" if pair is None else page.pairs(pair.change.n)


def programme(page: Page) -> str:
    raw = page.body.raw
    before = date.fromisoformat(raw["round"]["ended_before"])
    return page.say(
        "follow.programme.value",
        id=raw["programme"]["id"],
        version=str(raw["programme"]["version"]),
        first=date.fromisoformat(raw["round"]["ended_from"]),
        last=before - timedelta(days=1),
        threshold=raw["policy"]["threshold"],
    )
