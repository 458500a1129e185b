"""Templates into markup, and the one stylesheet that charts and pages share."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from textwrap import wrap
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

JOINER = "\N{WORD JOINER}"
RANGES = ("\N{EN DASH}", "\N{HORIZONTAL ELLIPSIS}")
NAME_WIDTH = 34  # characters of a row's name that fit on the narrowest screen


@cache
def environment(package: str) -> Environment:
    """Read a package's templates; every value is escaped, a missing one is an error."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment


def unbroken(text: str) -> str:
    """Keep a range such as 10-14 on one line, whatever dash or dots it has."""
    for between in RANGES:
        text = text.replace(between, f"{JOINER}{between}{JOINER}")
    return text


def draw(template: str, values: Mapping[str, Any]) -> str:
    return environment("akva.charts").get_template(template).render(values)


def stylesheet() -> str:
    """Give the tokens of the look and the classes that charts use."""
    return files(__package__).joinpath("look.css").read_text("utf-8")


def lines(name: str) -> list[str]:
    """Break a long name into lines that fit."""
    return wrap(name, NAME_WIDTH, break_long_words=False) or [""]


def percentage(place: float) -> str:
    """Write a place or width as SVG wants it; a drawing stretches, its type does not."""
    return f"{place:.2f}%"
