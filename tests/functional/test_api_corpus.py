"""Whatever is sent, the HTTP door answers with a problem, stores nothing and holds no memory."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from socket import SHUT_WR
from uuid import uuid4

import pytest

from akva.storage.tables.types import metadata
from tests.functional.bad_bodies import CLIENT, CLIENTS, CORPUS, KIB, Bad
from tests.house import reportable
from tests.serving import Served, opened_before, serving, tokens_of
from tests.wire import Told, Wire, answer, keyed

MIB = 1024 * KIB
GROWTH = 50 * KIB  # KiB: what a server may hold more after all of it
MEMBERS = {"type", "title", "status", "code", "detail", "next_step", "instance", "errors"}


@dataclass(frozen=True, slots=True)
class Attacked:
    """A served house, an episode of it, and a look at what is stored."""

    served: Served
    episode: str
    raw: sqlite3.Connection

    @property
    def wire(self) -> Wire:
        return self.served.wire("recorder")

    def send(self, bad: Bad) -> Told:
        given = {**keyed(), "If-Match": '"1"', **bad.headers}
        headers = {name: text for name, text in given.items() if text is not None}
        path = bad.path.replace("{episode}", self.episode)
        return self.wire.call(bad.method, path, bad.body, headers)

    def stored(self) -> dict[str, int]:
        """Count the rows of every table; the log's length is one of them."""
        counts = {}
        for table in metadata.sorted_tables:
            [counts[table.name]] = self.raw.execute(
                f"SELECT count(*) FROM {table.name}"  # noqa: S608 - our own names
            ).fetchone()
        return counts


@pytest.fixture(scope="module")
def attacked(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("attacked")
    file = folder / "akva.db"
    copy(migrated_file, file)
    with opened_before(f"sqlite:///{file}", folder) as house:
        episode = str(reportable(house).episode_id)
        with serving(house.settings, tokens_of(house)) as served:
            raw = sqlite3.connect(file)
            yield Attacked(served, episode, raw)
            raw.close()


@pytest.mark.parametrize("bad", CORPUS.values(), ids=CORPUS.keys())
def test_it_is_answered_by_its_problem_and_nothing_is_stored(attacked: Attacked, bad: Bad) -> None:
    before = attacked.stored()

    told = attacked.send(bad)

    assert (bad.status, bad.code) == (told.status, told.code)
    assert MEMBERS == set(told.json)
    assert set(bad.faults) == {(one["code"], one["where"]) for one in told.json["errors"]}
    assert before == attacked.stored()


def test_the_same_call_without_the_mistake_is_written(attacked: Attacked) -> None:
    """Control: it is what is bad in each that is refused."""
    good = CLIENT.replace(b"R-1", f"R-{uuid4()}".encode())

    told = attacked.send(Bad(201, "", good))

    assert 201 == told.status


def test_a_gigabyte_that_is_announced_is_refused_before_it_comes(attacked: Attacked) -> None:
    before = attacked.stored()

    told = announced(attacked.wire, 1_000_000_000)

    assert (413, "too-large") == (told.status, told.code)
    assert before == attacked.stored()


def announced(wire: Wire, length: int) -> Told:
    """Announce so many bytes, send one, and wait for the answer."""
    head = wire.head("POST", CLIENTS, **keyed(), **{"Content-Length": str(length)})
    with wire.connect() as connection:
        connection.sendall(head + b"{")
        return answer(connection)


def test_a_body_without_a_length_is_refused_at_the_limit(attacked: Attacked) -> None:
    told = endless(attacked.wire)

    assert (413, "too-large") == (told.status, told.code)


def endless(wire: Wire) -> Told:
    """Send a body in parts, more than is taken, and never its end."""
    head = wire.head("POST", CLIENTS, **keyed(), **{"Transfer-Encoding": "chunked"})
    part = b"%x\r\n%b\r\n" % (KIB, b" " * KIB)
    with wire.connect() as connection:
        connection.sendall(head + part * 257)
        return answer(connection)


def test_a_body_that_ends_too_soon_is_not_taken_for_whole(attacked: Attacked) -> None:
    before = attacked.stored()
    length = str(len(CLIENT) + 1)
    head = attacked.wire.head("POST", CLIENTS, **keyed(), **{"Content-Length": length})

    with attacked.wire.connect() as connection:
        connection.sendall(head + CLIENT)
        connection.shutdown(SHUT_WR)
        told = answer(connection)

    assert (400, "not-json") == (told.status, told.code)
    assert before == attacked.stored()


def test_all_of_it_again_and_again_leaves_no_memory_behind(attacked: Attacked) -> None:
    attacked.wire.get("/v1/meta")
    before = attacked.served.peak_kib()

    for _ in range(3):
        for bad in CORPUS.values():
            attacked.send(bad)
        announced(attacked.wire, 1_000_000_000)
        endless(attacked.wire)

    assert attacked.served.peak_kib() - before < GROWTH
