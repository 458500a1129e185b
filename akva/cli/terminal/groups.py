"""Groups of commands: the program's own, which loads a command when it is called, and the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

import click

from akva.cli.terminal.refusals import tried


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command stands, as "module:attribute", and its line in the list of commands."""

    target: str
    about: str


class Command(click.Command):
    """Refuses an argument too many without repeating it, as it could be a person's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            ctx.fail("There are more arguments than the command takes")
        return rest


class Group(click.Group):
    command_class = Command


class LazyGroup(click.Group):
    """Lists its commands from a table, so that help loads no command's room."""

    def __init__(self, *, entries: Mapping[str, Entry], **settings: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(**settings)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        module, attribute = entry.target.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Take a reader who leaves early out of click's hands, to which it is an answer of no."""
        return tried(partial(super().invoke, ctx), refusing=(BrokenPipeError,))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.about) for name, entry in self.entries.items()])
