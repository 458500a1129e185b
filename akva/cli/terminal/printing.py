"""Prints a result: readable lines, or with --json one object."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

import click

from akva.cli.terminal.opening import Decorated, remember


def with_json(command: Decorated) -> Decorated:
    """Add --json; the command then prints with `show`."""
    return click.option(
        "--json",
        "json",
        is_flag=True,
        callback=remember,
        expose_value=False,
        help="Print one JSON object.",
    )(command)


def show(lines: Iterable[str], result: object, *, refused: bool = False) -> None:
    """Print the result where --json was given, else the lines: on stderr what was refused."""
    if click.get_current_context().meta["akva.json"]:
        lines, refused = [json.dumps(result, default=written, ensure_ascii=False)], False
    for line in lines:
        if refused:
            sys.stderr.write(f"{line}\n")  # click.echo would write into the bar that stands there
        else:
            click.echo(line)


def written(value: object) -> str:
    """Write what JSON has no form for: ids, UTC instants ending in Z, days."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
