"""Reads JSON strictly: UTF-8, finite numbers, and a key that stands twice is remembered as one."""

import json
import re
from collections import Counter
from math import isfinite
from typing import NoReturn

from akva.errors import Fault, NotJson

DEEPEST = 20
# A text in quotes, closed or not, or one bracket: what stands between takes no part in the depth.
MARK = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
OPEN, CLOSE = b"[{", b"]}"


class Doubled(dict[str, object]):
    """An object in whose text some keys stood more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.twice = tuple(
            key for key, count in Counter(key for key, _ in pairs).items() if count > 1
        )


def parse(text: bytes) -> object:
    """Read one value; raises NotJson with the place in the text, never with the text."""
    if is_too_deep(text):
        raise not_json("nested too deeply")
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
    except ValueError:  # also Python's own limit on the digits of a whole number
        raise not_json("a number that is no finite number") from None
    return value


def is_too_deep(text: bytes) -> bool:
    """Count how deep brackets stand, before a parser that recurses sees them."""
    if text.count(b"[") + text.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for mark in MARK.finditer(text):
        if mark[0] in OPEN:
            depth += 1
            if depth > DEEPEST:
                return True
        elif mark[0] in CLOSE:
            depth -= 1
            if depth < 0:  # no JSON: the parser says where
                break
    return False


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


def not_json(why: str) -> NotJson:
    return NotJson(Fault("not-json", "", why, "send one JSON object in UTF-8"))
