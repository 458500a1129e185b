"""Who asks and where: the options --dir and --as, and the service they open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import click

from akva.cli.terminal.values import ID
from akva.model.actors import Actor
from akva.settings import Settings

if TYPE_CHECKING:  # the whole service is slow to load, and help needs none of it
    from akva.wiring import Akva

Decorated = TypeVar("Decorated", bound=Callable[..., object])
FOLDER, ACTOR = "akva.service_folder", "akva.actor_id"


@dataclass(frozen=True, slots=True)
class Caller:
    """The service opened, and the person or system that asks it."""

    akva: "Akva"
    actor: Actor


@dataclass(frozen=True, slots=True)
class Reader:
    """The service opened, for anybody."""

    akva: "Akva"
    actor: Actor | None


def remember(ctx: click.Context, param: click.Parameter, value: object) -> object:
    """Keep an option's value for the functions below, out of the command's own parameters."""
    ctx.meta[f"akva.{param.name}"] = value
    return value


def actor_of_environment() -> str | None:
    environ: Mapping[str, str] = click.get_current_context().obj
    return environ.get("AKVA_ACTOR")


with_service = click.option(
    "--dir",
    "service_folder",
    type=click.Path(file_okay=False, path_type=Path),
    callback=remember,
    expose_value=False,
    help="An embedded service in one folder; else AKVA_DATABASE and AKVA_KEYS say where.",
)


def remember_needed(ctx: click.Context, param: click.Parameter, value: object) -> object:
    if value is None:
        raise click.MissingParameter(ctx=ctx, param=param)
    return remember(ctx, param, value)


def with_actor(*, needed: bool) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--as",
        "actor_id",
        type=ID,
        default=actor_of_environment,
        callback=remember_needed if needed else remember,
        expose_value=False,
        help="The id of who asks; else AKVA_ACTOR.",
    )


def with_caller(command: Decorated) -> Decorated:
    """Add --dir and --as; the command then calls `caller()`."""
    return with_service(with_actor(needed=True)(command))


def with_reader(command: Decorated) -> Decorated:
    """Add the same for what may be public; the command then calls `reader()`."""
    return with_service(with_actor(needed=False)(command))


def settings() -> Settings:
    """Tell the settings of the call: one folder, or the environment handed to `main`."""
    context = click.get_current_context()
    folder: Path | None = context.meta[FOLDER]
    return Settings.in_folder(folder) if folder else Settings.from_env(context.obj)


def build() -> "Akva":
    """Build the service, to be closed when the command ends; raises KeysUnsafe, SettingMissing."""
    from akva import wiring  # lazily: see above

    akva = wiring.build(settings())
    click.get_current_context().call_on_close(akva.database.close)
    return akva


def service() -> "Akva":
    """Build the service on a database that may be served; raises DatabaseNotReady too."""
    akva = build()
    akva.database.check()
    return akva


def caller() -> Caller:
    """Open the service for who asks; raises NotFound too."""
    akva = service()
    return Caller(akva, akva.access.actor(click.get_current_context().meta[ACTOR]))


def reader() -> Reader:
    """Open the service for who asks, or for nobody in particular; raises NotFound too."""
    akva = service()
    actor_id: UUID | None = click.get_current_context().meta[ACTOR]
    return Reader(akva, akva.access.actor(actor_id) if actor_id else None)
