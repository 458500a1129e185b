"""`akva log`: the auditor's side of the log, on the machine that keeps it."""

from base64 import b64encode
from pathlib import Path

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.opening import build, service, with_service
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.values import INDEX


@click.group(cls=Group)
def log() -> None:
    """Verify, sign and hand out the log."""


@log.command(epilog="Example: akva log verify --dir akva-data")
@with_service
@with_json
def verify() -> None:
    """Recompute the whole stored log; exit code 1 names the first index that does not hold."""
    akva = build()
    state = akva.auditing.verify()
    akva.database.check()  # last, so that an index is named even where a guard was taken off too
    root = b64encode(state.root).decode()
    line = f"The log holds: {state.size} leaves, root {root}, {state.checkpoints} checkpoints."
    show([line], {"size": state.size, "root": root, "checkpoints": state.checkpoints})


@log.command(epilog="Example: akva log checkpoint > latest.note")
@with_service
def checkpoint() -> None:
    """Sign the log as it stands, and print the signed note (C2SP tlog-checkpoint)."""
    click.echo(service().auditing.checkpoint(), nl=False)


@log.command(epilog="Example: akva log key")
@with_service
def key() -> None:
    """Print the verifier key; auditors must get it from the operator, not with the files."""
    click.echo(service().auditing.verifier_key)


@log.command(epilog="Example: akva log proof 42 > 42.tlog-proof")
@click.argument("index", type=INDEX)
@with_service
def proof(index: int) -> None:
    """Print the receipt of the leaf at INDEX, with the leaf in it (C2SP tlog-proof)."""
    click.echo(service().auditing.proof(index), nl=False)


@log.command(epilog="Example: akva log export --to log-2026-11, then akva-verify log log-2026-11")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), required=True, help="A new or empty folder."
)
@with_service
@with_json
def export(folder: Path) -> None:
    """Write what `akva-verify log` checks: every leaf and every signed checkpoint."""
    from akva.formats import exports  # lazily: it knows the use cases, and help needs none of them

    handed_out = service().auditing.export()
    exports.write_log(folder, handed_out)
    leaves, checkpoints = len(handed_out.leaves), len(handed_out.checkpoints)
    show(
        [f"{leaves} leaves and {checkpoints} checkpoints are in {folder}."],
        {"folder": str(folder), "leaves": leaves, "checkpoints": checkpoints},
    )
