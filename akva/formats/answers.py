"""Responses to be scored, as they are sent: how to read them, and JSON, one object a line.

A line that cannot be read is refused by itself. Meaning is the instrument's business.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from akva.errors import Fault, InvalidRequest
from akva.formats import jsontext

WHOLE = re.compile(r"\+?(-?[0-9]+)(?:[.,]0*)?", re.ASCII)
MINUS = "\N{MINUS SIGN}"
RATINGS = ("weight", "baseline", "attained")
NO_OBJECT = Fault("wrong-type", "", "This is not a JSON object.", "Send one object a line.")
KEY_TWICE = Fault("key-twice", "", "A key stands twice in one object.", "Leave one of the two.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read: which items there are, under which other names, and what means missing."""

    items: Sequence[str]  # none where the instrument has goals
    renamed: Mapping[str, str] = field(default_factory=dict)  # item -> column or key
    missing: frozenset[str] = frozenset()  # as `plain` writes them
    id: str | None = None

    def present(self, value: object) -> object:
        """Give the value, or None where it stands for missing."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return value
        return None if plain(str(value)) in self.missing else value


@dataclass(frozen=True, slots=True)
class Sent:
    """One response: ready for the instrument, or at fault already."""

    id: object = field(repr=False)
    response: object = field(default=None, repr=False)
    faults: tuple[Fault, ...] = ()


@lru_cache(maxsize=4096)  # answers repeat
def plain(text: str) -> str:
    """Write a whole number one way: 2, 2.0 and 2,0 are one answer."""
    text = text.strip().replace(MINUS, "-")
    whole = WHOLE.fullmatch(text)
    return whole[1] if whole else text


def ndjson(lines: Iterable[bytes], how: Reading) -> Iterator[Sent]:
    return (one_object(line, how) for line in lines)


def one_object(line: bytes, how: Reading) -> Sent:
    try:
        value = jsontext.parse(line)
    except InvalidRequest as error:
        return Sent(None, faults=error.faults)
    if not isinstance(value, dict):
        return Sent(None, faults=(NO_OBJECT,))
    response = value.get("answers" if how.items else "goals")
    own = named(response, how)
    twice = is_doubled(value, response) or (
        isinstance(response, dict) and isinstance(own, dict) and len(own) < len(response)
    )
    return Sent(value.get(how.id or "id"), own, (KEY_TWICE,) if twice else ())


def is_doubled(value: object, response: object) -> bool:
    goals = response if isinstance(response, list) else ()
    return any(isinstance(part, jsontext.Doubled) for part in (value, response, *goals))


def named(response: object, how: Reading) -> object:
    """Put the items' own names, and None for what stands for missing."""
    if isinstance(response, list):
        return [of_goal(goal, how) if isinstance(goal, dict) else goal for goal in response]
    if not isinstance(response, dict):
        return response
    if not (how.renamed or how.missing):
        return response
    own = {name: item for item, name in how.renamed.items()}
    return {own.get(name, name): how.present(answer) for name, answer in response.items()}


def of_goal(goal: dict[str, Any], how: Reading) -> dict[str, Any]:
    return goal | {name: how.present(goal[name]) for name in RATINGS if name in goal}
