"""`akva provider` and `akva actor`: set up organisations and callers."""

from dataclasses import asdict

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.opening import caller, with_caller
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.values import CODE, OneOf
from akva.model.actors import Role


@click.group(cls=Group)
def provider() -> None:
    """Set up the organisations that rehabilitate."""


@provider.command(epilog='Example: akva provider add aurora "Kuntoutus Aurora Oy"')
@click.argument("code", type=CODE)
@click.argument("name")
@with_caller
@with_json
def add(code: str, name: str) -> None:
    """Set up a provider under a short public CODE; needs an operator."""
    who = caller()
    added = who.akva.access.add_provider(who.actor, code, name)
    show([f"provider {added.code} {added.id}"], asdict(added))


@click.group(cls=Group)
def actor() -> None:
    """Set up the people and systems that call."""


@actor.command(name="add", epilog="Example: akva actor add provider --provider aurora")
@click.argument("role", type=OneOf(Role))
@click.option("--provider", "code", type=CODE, help="The code of the provider they belong to.")
@click.option(
    "--name",
    prompt="Name",
    help="Their name, to be sealed; asked for when absent, as others can see a command line.",
)
@with_caller
@with_json
def add_actor(role: str, code: str | None, name: str) -> None:
    """Set up a caller with one ROLE; needs an operator."""
    who = caller()
    added = who.akva.access.add_actor(who.actor, Role(role), name, code)
    show([f"actor {added.role} {added.id}"], asdict(added))
