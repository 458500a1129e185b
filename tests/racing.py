"""Reports and withdrawals of the same episodes, sent at the same moments by several processes."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from time import monotonic  # one clock for all processes of a machine
from typing import Any, TypeAlias

from tests.wire import Told, Wire

REPORTERS = 4
PATIENCE = 60  # seconds until a race that hangs fails
STARTS: list[Barrier] = []  # of this process


@dataclass(frozen=True, slots=True)
class Contested:
    """An episode with its permission, and for each reporter the assessments it will report."""

    grant_id: str
    assessment_ids: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """One call: about which episode, when it was begun and answered, and what it was told."""

    place: int
    began: float
    answered: float
    status: int
    log_index: int
    code: str | None


Part: TypeAlias = Callable[[int, Contested], list[Sent]]


def remember(start: Barrier) -> None:
    STARTS.append(start)


def race(wire: Wire, contested: Sequence[Contested]) -> tuple[list[Sent], list[Sent]]:
    """Let four processes report while a fifth withdraws; give the reports and the withdrawals."""
    context = get_context("spawn")
    start = context.Barrier(REPORTERS + 1)
    parts: list[Part] = [partial(report, wire, nth) for nth in range(REPORTERS)]
    parts.append(partial(withdraw, wire))
    with ProcessPoolExecutor(
        len(parts), mp_context=context, initializer=remember, initargs=(start,)
    ) as pool:
        done = [
            one.result(PATIENCE) for one in [pool.submit(run, part, contested) for part in parts]
        ]
    return [sent for part in done[:-1] for sent in part], done[-1]


def run(part: Part, contested: Sequence[Contested]) -> list[Sent]:
    """Go through the episodes, each when all are there."""
    [start] = STARTS
    found: list[Sent] = []
    for place, episode in enumerate(contested):
        start.wait(PATIENCE)
        found += part(place, episode)
    return found


def report(wire: Wire, nth: int, place: int, episode: Contested) -> list[Sent]:
    """Report this process's assessments one after another."""
    found = []
    for assessment_id in episode.assessment_ids[nth]:
        began = monotonic()
        told = wire.post("/v1/reports", {"assessments": [assessment_id]})
        found.append(sent(place, began, told, told.json["reports"][0]))
    return found


def withdraw(wire: Wire, place: int, episode: Contested) -> list[Sent]:
    """Withdraw after none, one or more other calls, so that reports come before and after."""
    for _ in range(place % 4):
        wire.get(f"/v1/receipts/{episode.grant_id}")
    began = monotonic()
    told = wire.post(f"/v1/consents/{episode.grant_id}/withdrawal", {})
    return [sent(place, began, told, told.json["withdrawn"][0])]


def sent(place: int, began: float, told: Told, outcome: dict[str, Any]) -> Sent:
    answered = monotonic()
    return Sent(place, began, answered, told.status, outcome["log_index"], outcome.get("code"))
