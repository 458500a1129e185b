"""Faults of what was sent: their words, and how they ride on marshmallow's errors.

What was sent never stands in a fault. A field's own name is shown only when it is a plain word:
another could be an identity code in a wrong place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

from akva.errors import Fault
from akva.formats.jsontext import Doubled

PLAIN = "[A-Za-z][A-Za-z0-9_]{0,39}"
NAME = re.compile(PLAIN, re.ASCII)
MISSING = Fault("field-missing", "", "this field is needed", "add it")
NAMELESS = Fault("unknown-field", "", "a field here has no plain name", "correct it")


def wrong(what: str, where: str = "") -> Fault:
    return Fault("wrong-type", where, f"this is not {what}", f"give {what}")


def outside(why: str, step: str, where: str = "") -> Fault:
    return Fault("value-out-of-range", where, why, step)


def contradiction(where: str, why: str) -> Fault:
    return Fault("contradiction", where, why, "keep one of the two")


def refusal(*faults: Fault) -> ValidationError:
    """Carry faults through marshmallow; their pointers begin at the field that refuses."""
    return ValidationError([*faults])


def misnamed(sent: Mapping[str, object], known: Iterable[str]) -> Iterator[Fault]:
    """Tell the names that the shape does not have; raises nothing."""
    fields = [*known]
    for name in sent:
        if not NAME.fullmatch(name):
            yield NAMELESS
        elif name not in fields:
            step = f"leave it out, or use one of {', '.join(fields)}"
            yield Fault("unknown-field", f"/{name}", "there is no such field", step)


def twice(sent: object) -> Iterator[Fault]:
    """Tell the keys that stand more than once in one object."""
    if isinstance(sent, Doubled):
        for name in filter(NAME.fullmatch, sent.twice):
            yield Fault("duplicate-key", f"/{name}", "this stands twice", "keep one")


def faults_of(said: object, where: str = "") -> Iterator[Fault]:
    """Walk marshmallow's messages: what is wrong with an object itself, what lacks, the rest.

    Its own words are passed over: `sent.Sent` has said the same of names and types.
    """
    if isinstance(said, Mapping):
        for key, part in sorted(said.items(), key=rank):
            yield from faults_of(part, where if key == SCHEMA else f"{where}/{key}")
    elif isinstance(said, list):
        for fault in said:
            if isinstance(fault, Fault):
                yield replace(fault, where=where + fault.where)


def rank(entry: tuple[object, object]) -> int:
    key, part = entry
    return 0 if key == SCHEMA else 1 if part == [MISSING] else 2
