"""What our door answers beside an ordinary careful team's, over sockets, in one run.

Both servers stand all the time and are asked in turns by the same generator on the same machine.
Both acknowledge what is on the disk (SQLite, WAL, synchronous=FULL), check a token in the database
and seal what they store. Ours besides keeps each request's key, versions, keys per client, and a
leaf of the log for every act. Absolute figures go to standard error: they are this machine's.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import bodies, load
from tests.bench.load import Asking, Measured
from tests.bench.sides import EPISODES, Side, ours, peer

CONNECTIONS, SECONDS, ROUNDS = 16, 3.0, 5
AT_ONCE, BULKS, RECORDS = 2, 3, 1000


@dataclass(frozen=True, slots=True)
class Turn:
    """One way's turn in one round: what was measured, and the processor it took on the server."""

    measured: Measured
    spent: float  # seconds of processor a request


def measure() -> list[tuple[str, float, str]]:
    """Ask all in turns; each ratio is the median of the rounds' ratios and has no unit."""
    with standing() as (our, their, processes):
        single = single_turns(our, their, processes)
        bulk = bulk_turns(our, their, processes)
    tell(single, 1)
    tell(bulk, RECORDS)
    return [*of_single(single), *of_bulk(bulk)]


@contextmanager
def standing() -> Iterator[tuple[Side, Side, Executor]]:
    """Serve both in fresh folders, with processes to ask from."""
    with (
        TemporaryDirectory() as one,
        TemporaryDirectory() as other,
        ours(Path(one)) as our,
        peer(Path(other)) as their,
        ProcessPoolExecutor(2, get_context("spawn")) as processes,
    ):
        yield our, their, processes


def single_turns(our: Side, their: Side, processes: Executor) -> dict[str, list[Turn]]:
    draw = bodies.drawing(2)
    ways = {
        "ours": (our, asking(our, "/v1/assessments", our.assessments(draw))),
        "peer": (their, asking(their, "/assessments", their.assessments(draw))),
    }
    for side, one in ways.values():
        turn(processes, side, one)  # a first time, to warm up
    rounds = [{name: turn(processes, *way) for name, way in ways.items()} for _ in range(ROUNDS)]
    return {name: [one[name] for one in rounds] for name in ways}


def bulk_turns(our: Side, their: Side, processes: Executor) -> dict[str, list[Turn]]:
    """Send each round other courses to our door, and as many records to the peer's in four ways."""
    draw, turns = bodies.drawing(3), dict[str, list[Turn]]()
    for nth in range(BULKS):
        first = EPISODES + nth * AT_ONCE * RECORDS
        courses = [
            [bodies.course(draw, first + at * RECORDS + one) for one in range(RECORDS)]
            for at in range(AT_ONCE)
        ]
        lines = tuple(bodies.as_lines(some) for some in courses)
        arrays = tuple(bodies.as_array(some) for some in courses)
        measures = [
            bodies.assessment(draw, their.episodes[one % EPISODES]) for one in range(RECORDS)
        ]
        single = (bodies.as_array(measures),) * AT_ONCE
        ways = {
            "ours": (our, replace(bulk(our, "/v1/batches", lines), media=bodies.NDJSON)),
            "courses, Core": (their, bulk(their, "/courses/bulk?core", arrays)),
            "courses, ORM": (their, bulk(their, "/courses/bulk", arrays)),
            "assessments, Core": (their, bulk(their, "/assessments/bulk?core", single)),
            "assessments, ORM": (their, bulk(their, "/assessments/bulk", single)),
        }
        for name, way in ways.items():
            turns.setdefault(name, []).append(turn(processes, *way))
    return turns


def asking(side: Side, path: str, sent: tuple[bytes, ...]) -> Asking:
    return Asking(side.server.port, path, side.token, sent, CONNECTIONS, SECONDS)


def bulk(side: Side, path: str, sent: tuple[bytes, ...]) -> Asking:
    return Asking(side.server.port, path, side.token, sent, AT_ONCE)


def turn(processes: Executor, side: Side, one: Asking) -> Turn:
    before = side.server.spent()
    measured = load.measure(processes, one)
    return Turn(measured, (side.server.spent() - before) / measured.asked)


def of_single(turns: dict[str, list[Turn]]) -> list[tuple[str, float, str]]:
    pairs = list(zip(turns["ours"], turns["peer"], strict=True))
    what = "POST at 16 connections"
    return [
        (
            f"{what}: requests/s ÷ the peer's (ORM)",
            median(a.measured.per_second / b.measured.per_second for a, b in pairs),
            ">= 5",
        ),
        (
            f"{what}: p99 ÷ the peer's",
            median(a.measured.p99 / b.measured.p99 for a, b in pairs),
            "no goal: how long the slowest wait",
        ),
        (
            f"{what}: the peer's CPU a request ÷ ours",
            median(b.spent / a.spent for a, b in pairs),
            "no goal: what the machine's noise touches least",
        ),
    ]


def of_bulk(turns: dict[str, list[Turn]]) -> list[tuple[str, float, str]]:
    """Compare records a second; a record of ours is a whole course: rows, keys and three leaves."""
    goals = {
        "assessments, Core": ">= 3",
        "assessments, ORM": ">= 10",
        "courses, Core": "no goal: the nearest to like for like",
        "courses, ORM": "no goal: the nearest to like for like",
    }
    return [
        (
            f"bulk of 1,000: our courses/s ÷ the peer's {name}",
            median(
                a.measured.per_second / b.measured.per_second
                for a, b in zip(turns["ours"], turns[name], strict=True)
            ),
            goal,
        )
        for name, goal in goals.items()
    ]


def tell(turns: dict[str, list[Turn]], records: int) -> None:
    """Say on standard error what was measured, as medians of the rounds."""
    for name, some in turns.items():
        rate = median(one.measured.per_second for one in some) * records
        p50, p99 = (median(getattr(one.measured, p) for one in some) * 1e3 for p in ("p50", "p99"))
        spent = median(one.spent for one in some) * 1e6 / records
        sys.stderr.write(
            f"  {name:<18} {rate:>8.0f} records/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms,"
            f" {spent:.0f} µs of CPU a record\n"
        )


if __name__ == "__main__":
    for name, ratio, goal in measure():
        sys.stdout.write(f"{name:<66} {ratio:>8.2f}  {goal}\n")
