"""Undo the suppression of one published release, from its body alone.

Usage: attacker.py release.json
Exit 0 when nothing is recovered, 1 when something is, 2 when the call is wrong.

A hidden cell is recovered when its count is certain, or certain to lie within 1..threshold-1, or
when a figure stands on it or follows for it. What needs the guess that no subject was counted by
two services is reported apart: the guess may be wrong, and then so is what follows from it.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

ALL, TOTAL, PEOPLE = "all", "total", "people"
CERTAIN, GUESSED = "certain", "guessed"
TOLERANCE = 1e-6
COORDINATES = {"service", "table", "class"}
NO_RESULT = {"confidence"}  # numbers that a row without a figure may still carry

Key = tuple[str, str, str]  # service, table, class
Row = tuple[dict[int, int], float]  # column → sign, and what they come to


class Refuted(Exception):
    """What was assumed contradicts what is known."""


@dataclass(frozen=True, slots=True, order=True)
class Recovered:
    """A hidden cell, the range that its count was driven into, and how."""

    service: str
    table: str
    name: str
    low: float
    high: float
    how: str
    basis: str

    def __str__(self) -> str:
        count = f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        return f"{self.basis}: {self.service}, {self.table}, {self.name} is {count} ({self.how})"


@dataclass(frozen=True, slots=True)
class Release:
    """What a body says: counts shown, cells hidden, sums (each comes to 0) and the mean figures."""

    threshold: int
    shown: Mapping[Key, int]
    hidden: frozenset[Key]
    certain: Sequence[Mapping[Key, int]]
    guessed: Sequence[Mapping[Key, int]]
    means: Mapping[str, Mapping[Key, tuple[float, float]]]  # statistic → cell → mean and n


def recover(body: Mapping[str, Any]) -> list[Recovered]:
    """List what can be recovered; a guess that is certain anyway stands there once."""
    release = read(body)
    found = {*leaks(body, release.hidden), *by_counts(release), *by_means(release)}
    sure = {replace(one, basis=GUESSED) for one in found if one.basis == CERTAIN}
    return sorted(found - sure)


def read(body: Mapping[str, Any]) -> Release:
    cells = {_key(cell): cell for cell in body["cells"]}
    collected = {key: cell for key, cell in cells.items() if cell["status"] != "not-collected"}
    hidden = {key for key, cell in collected.items() if cell["status"] != "published"}
    means: dict[str, dict[Key, tuple[float, float]]] = {}
    for figure in body.get("figures", ()):
        if figure["statistic"].startswith("mean") and figure.get("value") is not None:
            pair = float(figure["value"]), float(figure["n"])
            means.setdefault(figure["statistic"], {})[_key(figure)] = pair
    shown = {key: cell["n"] for key, cell in collected.items() if key not in hidden}
    sums = _sums(body, collected.keys())
    return Release(body["policy"]["threshold"], shown, frozenset(hidden), *sums, means)


def _sums(
    body: Mapping[str, Any], cells: Iterable[Key]
) -> tuple[list[dict[Key, int]], list[dict[Key, int]]]:
    """List the sums that hold, and those that hold if no subject is counted twice."""
    cells = set(cells)
    services = [service for service in body["services"] if service != ALL]
    certain, guessed = [], []
    for table in body["tables"]:
        name = table["id"]
        parent = tuple(table["parent"] or (name, TOTAL))
        for service in services:
            parts = [(service, name, one) for one in table["classes"]]
            if not cells.isdisjoint(parts):
                certain.append(_sum(cells, (service, *parent), parts))
        for one in table["classes"] if table["parent"] else [TOTAL, *table["classes"]]:
            whole = (ALL, name, one)
            over = _sum(cells, whole, [(service, name, one) for service in services])
            if whole in cells and table["unit"] == PEOPLE:
                guessed.append(over)
                certain.append(over | {(ALL, name, f"{one}, counted again"): -1})
            elif whole in cells:
                certain.append(over)
    for tie in body.get("ties", ()):
        certain += [{_key(tie[0]): 1, _key(other): -1} for other in tie[1:]]
    return certain, guessed


def _sum(cells: set[Key], whole: Key, parts: Iterable[Key]) -> dict[Key, int]:
    return {part: 1 for part in parts if part in cells} | ({whole: -1} if whole in cells else {})


def _key(entry: Mapping[str, Any]) -> Key:
    return entry["service"], entry["table"], entry["class"]


def leaks(body: object, hidden: frozenset[Key]) -> Iterator[Recovered]:
    """Find numbers that stand on a hidden cell anywhere in the body."""
    if isinstance(body, Mapping) and body.keys() >= COORDINATES and _key(body) in hidden:
        given = {name for name, value in body.items() if type(value) in (int, float)} - NO_RESULT
        low, high = (body["n"], body["n"]) if "n" in given else (0, math.inf)
        if given:
            yield Recovered(*_key(body), low, high, f"stands there: {sorted(given)}", CERTAIN)
    inside = body.values() if isinstance(body, Mapping) else body if isinstance(body, list) else ()
    for value in inside:
        yield from leaks(value, hidden)


def by_counts(release: Release) -> Iterator[Recovered]:
    """Solve for the hidden counts, first with what holds, then with the guess as well."""
    guess = [one for one in release.guessed if not one.keys() <= release.shown.keys()]
    passes = {CERTAIN: release.certain} | ({GUESSED: [*release.certain, *guess]} if guess else {})
    for basis, sums in passes.items():
        for unknown, rows in _blocks(sums, release.shown):
            try:
                ranges = _ranges(unknown, rows, enough=1)  # neither exact nor at least 1
            except Refuted:
                if basis == CERTAIN:
                    raise
                continue  # somebody was counted twice here
            for key in release.hidden.intersection(ranges):
                low, high = _whole(*ranges[key])
                if low == high or (low >= 1 and high < release.threshold):
                    yield Recovered(*key, low, high, "counts", basis)


def _whole(least: float, most: float) -> tuple[float, float]:
    high = most if math.isinf(most) else math.floor(most + TOLERANCE)
    return math.ceil(least - TOLERANCE), high


def intervals(
    sums: Iterable[Mapping[Key, int]], known: Mapping[Key, float]
) -> dict[Key, tuple[float, float]]:
    """Return the least and most that each unknown can be, when each sum comes to 0.

    All values are at least 0. Raises Refuted when the sums contradict what is known.
    """
    ranges = [_ranges(unknown, rows) for unknown, rows in _blocks(sums, known)]
    return {key: reach for one in ranges for key, reach in one.items()}


def _blocks(
    sums: Iterable[Mapping[Key, int]], known: Mapping[Key, float]
) -> Iterator[tuple[list[Key], list[Row]]]:
    """Take off what is known, and part what is left into systems that do not touch."""
    sums = list(sums)
    unknown = list(dict.fromkeys(key for one in sums for key in one if key not in known))
    column = {key: index for index, key in enumerate(unknown)}
    signs = [{column[key]: sign for key, sign in one.items() if key in column} for one in sums]
    values = [-sum(s * known[key] for key, s in one.items() if key in known) for one in sums]
    if any(value and not one for one, value in zip(signs, values, strict=True)):
        raise Refuted
    row, col = np.array([(r, c) for r, one in enumerate(signs) for c in one]).reshape(-1, 2).T
    graph = csr_array((np.ones(len(row)), (row, col)), shape=(len(sums), len(unknown)))
    count, label = connected_components(graph.T @ graph)
    for block in range(count):
        place = {c: index for index, c in enumerate(np.flatnonzero(label == block).tolist())}
        rows = [
            ({place[c]: sign for c, sign in one.items()}, value)
            for one, value in zip(signs, values, strict=True)
            if not place.keys().isdisjoint(one)
        ]
        yield [unknown[c] for c in place], rows


def _ranges(
    unknown: Sequence[Key], rows: Sequence[Row], *, enough: float = math.inf
) -> dict[Key, tuple[float, float]]:
    """Find each least and most; a range that is known to hold 0 and `enough` is left at that."""
    matrix = np.zeros((len(rows), len(unknown)))
    for index, (signs, _) in enumerate(rows):
        matrix[index, list(signs)] = list(signs.values())
    values = [value for _, value in rows]
    least, most = np.full(len(unknown), math.inf), np.zeros(len(unknown))  # in all tables so far
    for index, aim in enumerate(np.eye(len(unknown))):
        if least[index] > TOLERANCE:
            table = linprog(aim, A_eq=matrix, b_eq=values, bounds=(0, None), method="highs").x
            if table is None:
                raise Refuted
            least, most = np.minimum(least, table), np.maximum(most, table)
        if least[index] > TOLERANCE or most[index] < enough:
            table = linprog(-aim, A_eq=matrix, b_eq=values, bounds=(0, None), method="highs").x
            if table is None:  # without bound
                most[index] = math.inf
            else:
                least, most = np.minimum(least, table), np.maximum(most, table)
    return dict(zip(unknown, zip(least.tolist(), most.tolist(), strict=True), strict=True))


def by_means(release: Release) -> Iterator[Recovered]:
    """Take the means of some cells off the mean of a cell that contains them all."""
    for statistic, means in release.means.items():
        for basis, sums in ((CERTAIN, release.certain), (GUESSED, release.guessed)):
            for one in sums:
                missing = [key for key in one if key not in means]
                n = sum(sign * means[key][1] for key, sign in one.items() if key in means)
                small = len({one[key] for key in missing}) == 1 and abs(n) < release.threshold
                if n and (small or len(missing) == 1):
                    total = sum(s * math.prod(means[key]) for key, s in one.items() if key in means)
                    how = f"{statistic} {total / n:.1f} over {abs(n):g} by difference"
                    for key in release.hidden.intersection(missing):
                        yield Recovered(*key, abs(n) * (len(missing) == 1), abs(n), how, basis)


def main(arguments: Sequence[str]) -> int:
    try:
        (name,) = arguments
        found = recover(json.loads(Path(name).read_text(encoding="utf-8")))
    except (ValueError, KeyError, OSError, Refuted) as problem:
        sys.stderr.write(f"usage: attacker.py release.json ({problem!r})\n")
        return 2
    sys.stdout.writelines(f"{one}\n" for one in found)
    sys.stdout.write(f"recovered: {len(found)}\n")
    return 1 if found else 0


if __name__ == "__main__":  # pragma: no cover — a test runs it as a program
    sys.exit(main(sys.argv[1:]))
