"""`akva instruments`: the catalogue, and everything that one definition says."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.printing import show as print_out
from akva.cli.terminal.printing import with_json

if TYPE_CHECKING:  # NumPy is slow to load, and help needs none of it
    from instruments import Instrument
    from instruments.definition import Rule, Scale


@click.group(cls=Group)
def instruments() -> None:
    """Show the instruments that can be scored."""


@instruments.command(name="list", epilog="Example: akva instruments list --json")
@with_json
def list_all() -> None:
    """List every instrument with its edition, its rights and the hash of its definition."""
    from instruments import ids, load

    found = [load(name) for name in ids()]
    print_out(
        [
            f"{one.id:12}  {one.edition:14}  {one.contents.rights.status:14}  {one.definition}"
            for one in found
        ],
        [
            {
                "id": one.id,
                "edition": one.edition,
                "title": asdict(one.contents.title),
                "rights": one.contents.rights.status,
                "definition": one.definition,
            }
            for one in found
        ],
    )


@instruments.command(epilog="Example: akva instruments show whoqol-bref")
@click.argument("instrument")
@click.option("--edition", help="An edition other than the current one.")
@with_json
def show(instrument: str, edition: str | None) -> None:
    """Show an instrument: its items, scales, rules, bands, alerts and sources."""
    from instruments import load

    one = load(instrument, edition)
    print_out(lines_of(one), asdict(one.contents) | {"definition": one.definition})


def lines_of(one: "Instrument") -> Iterator[str]:
    contents = one.contents
    yield f"{contents.title.en} / {contents.title.fi} / {contents.title.sv}"
    yield f"id {one.id}, edition {one.edition}, version {contents.version}"
    yield f"asks about {contents.recall}"
    yield f"definition {one.definition}"
    yield f"rights {contents.rights.status}, {contents.rights.holder}. {contents.rights.note}"
    for item in contents.items:
        codes = ", ".join([*item.options, *(f"{c} ({why})" for c, why in item.absent.items())])
        yield f"item {item.id}: {item.topic.en}; {codes}"
    if contents.goals is not None:
        levels = ", ".join(map(str, contents.goals.levels))
        yield f"goals: 1 to {contents.goals.most}, levels {levels}, rho {contents.goals.rho}"
    yield from map(line_of_scale, contents.scales)
    yield from map(line_of_rule, contents.rules)
    for bands in contents.bands:
        lowest = ", ".join(f"{label} from {low:g}" for label, low in bands.lowest.items())
        yield f"bands {bands.id} of {bands.scale}: {lowest}. {bands.source}"
    yield from (f"alert {alert.id}: {alert.source}" for alert in contents.alerts)
    for each in contents.reliability:
        yield f"reliability of {each.scale}: r {each.r:g}, {each.kind}. {each.source}"
    for least in contents.mcid:
        yield f"MCID of {least.scale}: {least.value:g}, {least.kind}. {least.source}"
    yield from (f"note: {note}" for note in contents.notes)
    yield from (f"source: {citation}" for citation in contents.citations)


def line_of_scale(scale: "Scale") -> str:
    low, high = scale.range
    parts = [f"scale {scale.id}: {scale.method}, {low:g} to {high:g}, better: {scale.polarity}"]
    parts += [f"items {', '.join(scale.items)}"] if scale.items else []
    parts += [f"reversed {', '.join(scale.reversed)}"] if scale.reversed else []
    parts += (
        [f"also as {', '.join(each.id for each in scale.transforms)}"] if scale.transforms else []
    )
    return "; ".join(parts)


def line_of_rule(rule: "Rule") -> str:
    least = ", ".join(f"{scale} {enough.answered}" for scale, enough in rule.scales.items())
    asks = f" asks for answers: {least}." if least else ""
    whole = f" Of all items {rule.answered}." if rule.answered else ""
    return f"rule {rule.id}{' (default)' if rule.default else ''}:{asks}{whole} {rule.source}"
