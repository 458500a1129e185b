"""`akva consent`: what the client was asked, said, signed and took back."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.opening import caller, with_caller
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.values import DAY, ID
from akva.formats import submissions
from consent import REPORT_TO_KELA

if TYPE_CHECKING:  # the use cases are slow to load, and help needs none of them
    from akva.service.consents import ConsentReceipt

for_purpose = click.option(
    "--purpose", default=REPORT_TO_KELA, show_default=True, help="One of consent/purposes.toml."
)
on_day = click.option("--on", type=DAY, required=True, help="The day, in Finland.")
of_episode = click.argument("episode_id", metavar="EPISODE", type=ID)


@click.group(cls=Group)
def consent() -> None:
    """Record what the client permits, or not."""


@consent.command(epilog="Example: akva consent ask EPISODE-ID --on 2026-03-02 --as ID")
@of_episode
@on_day
@for_purpose
@with_caller
@with_json
def ask(episode_id: UUID, on: date, purpose: str) -> None:
    """Record that the client was asked."""
    who = caller()
    tell(who.akva.consents.ask(who.actor, episode_id, purpose, on=on))


@consent.command(epilog="Example: akva consent refuse EPISODE-ID --on 2026-03-02 --as ID")
@of_episode
@on_day
@for_purpose
@with_caller
@with_json
def refuse(episode_id: UUID, on: date, purpose: str) -> None:
    """Record that the client said no; nothing else changes by it."""
    who = caller()
    tell(who.akva.consents.refuse(who.actor, episode_id, purpose, on=on))


@consent.command(epilog="Example: akva consent grant EPISODE-ID evidence.json --as ID")
@of_episode
@click.argument("file", type=click.File("rb"))
@for_purpose
@with_caller
@with_json
def grant(episode_id: UUID, file: BinaryIO, purpose: str) -> None:
    """Record a permission by its evidence in FILE, - for stdin.

    Fields: form_version, signed_on, signer, and document_hash or archive_number. It opens nothing
    before another person has verified it.
    """
    evidence, who = submissions.evidence(file.read()), caller()
    tell(who.akva.consents.grant(who.actor, episode_id, purpose, evidence))


@consent.command(epilog="Example: akva consent verify GRANT-ID --as ID")
@click.argument("grant_id", metavar="GRANT", type=ID)
@with_caller
@with_json
def verify(grant_id: UUID) -> None:
    """Confirm signature, date and form version of a permission somebody else recorded."""
    who = caller()
    tell(who.akva.consents.verify(who.actor, grant_id))


@consent.command(epilog="Example: akva consent withdraw --client CLIENT-ID --as ID")
@click.argument("episode_id", metavar="[EPISODE]", type=ID, required=False)
@click.option("--client", "client_id", type=ID, help="All of this client's episodes instead.")
@for_purpose
@with_caller
@with_json
def withdraw(episode_id: UUID | None, client_id: UUID | None, purpose: str) -> None:
    """Withdraw the permission of one EPISODE, or of all of a client's, at once and for good.

    The register's copies can then be opened by nobody; the provider's own record stays.
    """
    if (episode_id is None) == (client_id is None):
        raise click.UsageError("Name either an EPISODE or a --client", click.get_current_context())
    who = caller()
    if client_id is not None:
        tell(*who.akva.consents.withdraw_all(who.actor, client_id, purpose))
    if episode_id is not None:
        tell(*who.akva.consents.withdraw(who.actor, episode_id, purpose))


def tell(*receipts: "ConsentReceipt") -> None:
    """Print each event's receipt: its id is what a verification names."""
    for receipt in receipts:
        line = (
            f"{receipt.id} episode {receipt.episode_id} is now {receipt.state}, "
            f"log index {receipt.log_index}"
        )
        show([line], asdict(receipt))
