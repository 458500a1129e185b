"""How many ids one statement carries: below the least number of parameters an engine allows."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

LARGEST = 5_000  # SQLite allows 32,766 parameters, PostgreSQL 65,535

T = TypeVar("T")


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Deal items out in lists of at most LARGEST, in order."""
    left = iter(items)
    while batch := list(islice(left, LARGEST)):
        yield batch
