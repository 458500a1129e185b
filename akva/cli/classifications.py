"""`akva classifications`: the codes that may stand in what is sent."""

from dataclasses import asdict

import click

from akva.classifications import listing
from akva.classifications.classification import Entry
from akva.classifications.services import Service
from akva.cli.terminal.groups import Command
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.values import OneOf


@click.command(cls=Command, epilog="Example: akva classifications areas")
@click.argument("name", metavar="[NAME]", type=OneOf(listing.NAMES), required=False)
@with_json
def classifications(name: str | None) -> None:
    """List the codes that may be sent.

    Without NAME, list the classifications.
    """
    if name is None:
        show(listing.NAMES, listing.NAMES)
        return
    entries = listing.entries(name)
    width = max(map(len, entries))
    show(
        [f"{code:{width}}  {line_of(entry)}" for code, entry in entries.items()],
        {code: asdict(entry) for code, entry in entries.items()},
    )


def line_of(entry: Entry | Service) -> str:
    """Give the Finnish and the English name, and the days it is valid, the last not included."""
    if isinstance(entry, Service):
        start, end = entry.decided_from, entry.decided_until
    else:
        start, end = entry.valid_from, entry.valid_until
    until = f" until {end}" if end else ""
    return f"{entry.names['fi']} / {entry.names['en']}, from {start}{until}"
