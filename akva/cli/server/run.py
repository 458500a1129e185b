"""`akva run`: a small example with tokens for everybody, served on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from akva.cli.demo import progress
from akva.cli.server.serve import with_listen
from akva.cli.terminal.groups import Command
from akva.settings import Settings

if TYPE_CHECKING:
    from akva.demo.house import Tokens


@click.command(cls=Command, epilog="Example: akva run --dir run --listen 127.0.0.1:8080")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("run"),
    show_default=True,
    help="Where the example lies; one that is there is served again.",
)
@with_listen
@click.option("--clients", type=click.IntRange(min=1), default=300, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=2025, show_default=True)
def run(folder: Path, listen: str | None, clients: int, seed: int) -> None:
    """Serve a small example on this machine, with tokens to try.

    All its data are simulated; never put anything real into it.
    """
    from akva.cli.server import running  # lazily: the whole service
    from akva.demo import house

    given = Settings.in_folder(folder)
    chosen = replace(given, listen=listen) if listen else given
    running.refuse_taken(chosen)
    with progress() as step:
        house.furnish(folder, clients=clients, seed=seed, step=step)
    for line in told(house.tokens(folder), chosen.listen):
        click.echo(line)
    running.run(chosen)


def told(tokens: "Tokens", listen: str) -> Iterator[str]:
    yield "Tokens for a day, by what their holder does:"
    yield from (f"  {name:17} {text}" for name, text in tokens.by_name.items())
    yield f"The log's verifier key, for akva-verify: {tokens.verifier_key}"
    yield f"Try: curl -H 'Authorization: Bearer TOKEN' http://{listen}/v1/meta"
