"""`akva init` and `akva migrate`: keys, database, first operator."""

import click

from akva.cli.terminal.groups import Command
from akva.cli.terminal.opening import build, settings, with_service
from akva.cli.terminal.printing import show, with_json
from akva.errors import Conflict


@click.command(
    cls=Command,
    epilog="Example: akva init --dir akva-data --origin akva.example/log --operator 'Oona Ohjaaja'",
)
@click.option("--origin", required=True, help="The log's name: an address without scheme.")
@click.option(
    "--operator", prompt="Name of the first operator", help="Sealed; asked for if absent."
)
@with_service
@with_json
def init(origin: str, operator: str) -> None:
    """Make the keys, the database, the first operator."""
    from akva.vault import keyfiles  # lazily: `--help` needs no cryptography

    keys = settings().keys
    if keys.exists() and any(keys.iterdir()):
        raise Conflict("there are keys already, and none is ever written over")
    keyfiles.create(keys, origin=origin)
    akva = build()
    akva.database.migrate()
    first = akva.access.begin(operator)
    key = akva.auditing.verifier_key
    lines = [
        f"operator {first.id}",
        f"verifier key {key}",
        f"The keys lie in {keys}. Back them up, apart from the database:",
        "without them nothing can be opened, with both everything can.",
        "Give the verifier key to auditors yourself: it is what they have to trust.",
    ]
    show(lines, {"operator": first.id, "verifier_key": key, "keys": str(keys)})


@click.command(cls=Command, epilog="Example: akva migrate --dir akva-data")
@with_service
def migrate() -> None:
    """Bring the database up to this program."""
    akva = build()
    akva.database.migrate()
    akva.database.check()
    click.echo("The database is ready.")
