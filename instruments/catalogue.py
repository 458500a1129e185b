"""The catalogue: every definition that stands in a directory, by id and edition."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from instruments.errors import UnknownInstrument
from instruments.goals import GoalScaling
from instruments.instrument import Instrument, Questionnaire
from instruments.loader import Loaded, parse

SHIPPED = files("instruments").joinpath("definitions")


def ids() -> tuple[str, ...]:
    """List the ids of all instruments."""
    return tuple(sorted({name.partition("@")[0] for name in names(SHIPPED)}))


def editions(instrument: str) -> tuple[str, ...]:
    """List the editions of an instrument, the one that is current first."""
    return tuple(loaded.definition.edition for loaded in all_of(instrument))


@cache
def load(id: str, edition: str | None = None) -> Instrument:  # noqa: A002  (promised name)
    """Load an instrument, of its current edition unless one is named.

    Raises UnknownInstrument, and InvalidDefinition where its file is faulty.
    """
    for loaded in all_of(id):
        if edition in (None, loaded.definition.edition):
            return made(loaded)
    raise UnknownInstrument(f"{id} has no such edition; it has {', '.join(editions(id))}")


@cache
def all_of(instrument: str) -> tuple[Loaded, ...]:
    """Read every edition of an instrument, the highest version, which is current, first."""
    found = [name for name in names(SHIPPED) if name.partition("@")[0] == instrument]
    if not found:
        raise UnknownInstrument(f"There is no such instrument; there are {', '.join(ids())}")
    loaded = [
        parse(SHIPPED.joinpath(f"{name}.toml").read_text("utf-8"), file=f"{name}.toml")
        for name in found
    ]
    return tuple(sorted(loaded, key=lambda each: each.definition.version, reverse=True))


def made(loaded: Loaded) -> Instrument:
    contents = loaded.definition
    if contents.goals is not None:
        return GoalScaling(contents, loaded.digest, contents.goals)
    return Questionnaire.of(contents, loaded.digest)


def names(directory: Traversable) -> list[str]:
    return [
        file.name.removesuffix(".toml")
        for file in directory.iterdir()
        if file.name.endswith(".toml")
    ]
