"""A server that ends under load loses nothing that it acknowledged, and repeats nothing."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from itertools import count
from pathlib import Path
from signal import SIGKILL
from threading import Event

import psycopg
import pytest

from tests.house import House
from tests.serving import Served, opened_before, serving, tokens_of
from tests.wire import Told

SENDERS, UNDER_WAY = 6, 5  # each has so many answers when the server is told to stop
PATH = "/v1/clients"


@dataclass(slots=True)
class Sender:
    """Registers one client after another, each under a key of its own, until nobody answers."""

    nth: int
    acknowledged: dict[str, str] = field(default_factory=dict)  # key → id
    left: list[str] = field(default_factory=list)  # keys of what was not acknowledged
    under_way: Event = field(default_factory=Event)

    def go(self, served: Served) -> None:
        try:
            for n in count():
                key = f"{self.nth}-{n}"
                told = self.try_once(served, key)
                if told is None:
                    return
                self.acknowledged[key] = told.json["id"]
                if n == UNDER_WAY:
                    self.under_way.set()
        finally:
            self.under_way.set()

    def try_once(self, served: Served, key: str) -> Told | None:
        try:
            told = post(served, key)
        except (OSError, HTTPException):
            told = None
        if told is None or told.status != 201:
            self.left.append(key)
            return None
        return told


def post(served: Served, key: str) -> Told:
    client = {"reference": f"R-{key}", "birth_year": 1962, "sex": "unknown", "area": "08"}
    return served.wire("recorder").post(PATH, client, key=key)


@pytest.fixture
def house(address: str, tmp_path: Path) -> Iterator[House]:
    with opened_before(address, tmp_path) as house:
        yield house


ENDINGS = {"told": (Served.stop, 0), "killed": (Served.kill, -SIGKILL)}


def ended_under_load(served: Served, end: Callable[[Served], int]) -> tuple[int, list[Sender]]:
    """End the server while all send; give its exit code and what they were told."""
    senders = [Sender(nth) for nth in range(SENDERS)]
    with ThreadPoolExecutor(SENDERS) as pool:
        working = [pool.submit(sender.go, served) for sender in senders]
        for sender in senders:
            sender.under_way.wait()
        code = end(served)
        for one in working:
            one.result()
    return code, senders


@pytest.mark.parametrize(("end", "exit_code"), ENDINGS.values(), ids=ENDINGS.keys())
def test_what_was_acknowledged_is_there_and_the_rest_can_be_sent_again(
    house: House,
    raw: sqlite3.Connection | psycopg.Connection,
    end: Callable[[Served], int],
    exit_code: int,
) -> None:
    start = partial(serving, house.settings, tokens_of(house))
    with start() as served:
        code, senders = ended_under_load(served, end)
    acknowledged = {key: made for one in senders for key, made in one.acknowledged.items()}
    left = [key for one in senders for key in one.left]
    stored = {key for (key,) in raw.execute("SELECT key FROM idempotency")}

    with start() as served:
        read = [served.wire("recorder").get(f"{PATH}/{made}") for made in acknowledged.values()]
        again = {key: post(served, key) for key in [*acknowledged, *left]}

    assert exit_code == code
    assert SENDERS * UNDER_WAY < len(acknowledged)
    assert SENDERS == len(left)
    assert acknowledged.keys() <= stored
    assert {200} == {one.status for one in read}
    assert {201} == {one.status for one in again.values()}
    assert acknowledged == {key: again[key].json["id"] for key in acknowledged}
    keys = Counter(key for (key,) in raw.execute("SELECT key FROM idempotency"))
    [(clients,)] = raw.execute("SELECT count(*) FROM clients")
    assert Counter([*acknowledged, *left]) == keys
    assert len(keys) == clients
