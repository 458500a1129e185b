"""Reads JSON strictly: UTF-8, finite numbers, and a key that stands twice is remembered as one."""

import json
from collections import Counter
from math import isfinite
from typing import NoReturn

from akva.errors import Fault, InvalidRequest


class Doubled(dict[str, object]):
    """An object in whose text some keys stood more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.twice = tuple(
            key for key, count in Counter(key for key, _ in pairs).items() if count > 1
        )


def parse(text: bytes) -> object:
    """Read one value; raises InvalidRequest with the place in the text, never with the text."""
    try:
        value: object = json.loads(
            text.decode("utf-8-sig"),
            object_pairs_hook=as_object,
            parse_constant=refuse,
            parse_float=finite,
        )
    except json.JSONDecodeError as error:
        raise not_json(f"not JSON at line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError:
        raise not_json("not UTF-8") from None
    except RecursionError:
        raise not_json("nested too deeply") from None
    except ValueError:  # also Python's own limit on the digits of a whole number
        raise not_json("a number that is no finite number") from None
    return value


def as_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Doubled(pairs)


def finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        refuse(text)
    return number


def refuse(_: str) -> NoReturn:
    raise ValueError


def not_json(why: str) -> InvalidRequest:
    return InvalidRequest(Fault("not-json", "", why, "send one JSON object in UTF-8"))
