"""A write sent many times under one key is one row and one answer, whatever happens in between."""

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from threading import Barrier
from typing import TypeAlias

import psycopg
import pytest

from tests.serving import Served, opened_before, serving, tokens_of
from tests.wire import Told, keyed

Raw: TypeAlias = sqlite3.Connection | psycopg.Connection

SENDERS = 50
PATIENCE = 50_000  # questions to the database, some 0.1 ms each
PATH, KEY = "/v1/clients", "once-and-no-more"
CLIENT = {"reference": "R-1", "birth_year": 1962, "sex": "unknown", "area": "08"}
CLIENTS = "SELECT id FROM clients"
CLAIMED = f"SELECT result_id FROM idempotency WHERE key = '{KEY}'"  # noqa: S608


@pytest.fixture
def served(address: str, tmp_path: Path) -> Iterator[Served]:
    with (
        opened_before(address, tmp_path) as house,
        serving(house.settings, tokens_of(house)) as served,
    ):
        yield served


def ids(raw: Raw, statement: str) -> list[str]:
    """Read a column of ids as they stand in answers, whatever the engine writes."""
    return [str(row[0]).replace("-", "") for row in raw.execute(statement)]


def plain(told: Told) -> str:
    made: str = told.json["id"]
    return made.replace("-", "")


def post(served: Served, value: object = CLIENT) -> Told:
    return served.wire("recorder").post(PATH, value, key=KEY)


def test_of_fifty_sent_at_one_moment_one_is_done(served: Served, raw: Raw) -> None:
    together = Barrier(SENDERS)

    def sender(_: int) -> Told:
        together.wait()
        return post(served)

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(sender, range(SENDERS)))

    assert {201} == {one.status for one in answers}
    assert 1 == len({one.body for one in answers})
    assert [plain(answers[0])] == ids(raw, CLIENTS) == ids(raw, CLAIMED)


def test_without_the_key_each_is_an_attempt_of_its_own(served: Served, raw: Raw) -> None:
    """Control: the same body under other keys is done once and then refused as a double."""
    wire = served.wire("recorder")

    answers = [wire.post(PATH, CLIENT) for _ in range(3)]

    assert [201, 409, 409] == [one.status for one in answers]
    assert 1 == len(ids(raw, CLIENTS))


def test_something_else_under_the_same_key_is_refused(served: Served, raw: Raw) -> None:
    first = post(served)

    other = post(served, {**CLIENT, "reference": "R-2"})

    assert (409, "idempotency-key-reused") == (other.status, other.code)
    assert [plain(first)] == ids(raw, CLIENTS)


def test_who_hung_up_before_the_answer_finds_it_under_the_key(served: Served, raw: Raw) -> None:
    wire, body = served.wire("recorder"), json.dumps(CLIENT).encode()
    head = wire.head("POST", PATH, **keyed(KEY), **{"Content-Length": str(len(body))})
    with wire.connect() as connection:
        connection.sendall(head + body)

    done = until_done(raw)
    again = post(served)

    assert 201 == again.status
    assert [plain(again)] == done == ids(raw, CLIENTS)


def until_done(raw: Raw) -> list[str]:
    """Ask the database until the write is there."""
    for question in repeat(CLAIMED, PATIENCE):
        if found := ids(raw, question):
            return found
    pytest.fail("what was sent before hanging up was never done")
