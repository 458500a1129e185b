"""The house on each engine in turn, and embedded alone where only a file shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clocks import TickingClock
from tests.house import House, opened


@pytest.fixture
def house(address: str, clock: TickingClock, tmp_path: Path) -> Iterator[House]:
    with opened(address, clock, tmp_path) as house:
        yield house


@pytest.fixture
def embedded(sqlite_address: str, clock: TickingClock, tmp_path: Path) -> Iterator[House]:
    with opened(sqlite_address, clock, tmp_path) as house:
        yield house
