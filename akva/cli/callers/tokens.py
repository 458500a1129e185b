"""`akva token`: let people and systems call over HTTP, and stop them."""

from dataclasses import asdict
from uuid import UUID

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.opening import caller, with_caller
from akva.cli.terminal.printing import show, with_json, written
from akva.cli.terminal.values import ID, Whole


@click.group(cls=Group)
def token() -> None:
    """Let people and systems call over HTTP, and stop them."""


@token.command(epilog="Example: akva token issue ACTOR-ID --days 30 --as ID")
@click.argument("holder", metavar="ACTOR-ID", type=ID)
@click.option("--days", type=Whole(3), default=90, show_default=True, help="How long it is valid.")
@with_caller
@with_json
def issue(holder: UUID, days: int) -> None:
    """Make a token for the actor and print it this once; needs an operator."""
    who = caller()
    made = who.akva.access.issue(who.actor, holder, days=days)
    lines = [
        f"token {made.id} until {written(made.expires_at)}",
        made.text,
        "It is not kept and cannot be shown again: hand it over where nobody else reads it.",
    ]
    show(lines, {"id": made.id, "expires_at": made.expires_at, "token": made.text})


@token.command(name="list", epilog="Example: akva token list --as ID")
@with_caller
@with_json
def list_tokens() -> None:
    """List every token and what became of it, never the token itself; needs an operator."""
    who = caller()
    found = who.akva.access.tokens(who.actor)
    lines = [
        f"{each.id} {each.state} actor {each.actor_id} until {written(each.expires_at)}"
        for each in found
    ]
    show(lines or ["None yet."], [asdict(each) for each in found])


@token.command(epilog="Example: akva token revoke TOKEN-ID --as ID")
@click.argument("token_id", metavar="TOKEN-ID", type=ID)
@with_caller
@with_json
def revoke(token_id: UUID) -> None:
    """Revoke the token with this id, at once and for good; needs an operator."""
    who = caller()
    who.akva.access.revoke(who.actor, token_id)
    show([f"token {token_id} is revoked"], {"revoked": token_id})
