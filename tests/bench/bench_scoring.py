"""What scoring a batch costs, beside reading and writing memory, and beside the pandas idiom.

WHOQOL-BREF, four domains, items reversed, both missing rules. All ways take their turns in one run,
start from the same bytes with 255 for a blank, and make new arrays of the four domains' values.
The memory limit reads the bytes once and fills arrays such as come out; it is taken on a batch
larger than the processor's cache, or the limit were the cache's.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import instruments
from instruments.plan import MISSING

LARGE, ROWS, ROUNDS = 4_000_000, 1_000_000, 7
BLANK = 0.02
WHOQOL = "whoqol-bref"
LEAST = {"physical": 6, "psychological": 5, "social": 2, "environment": 6}
KEPT = 22
SCALES = 6

Matrix = NDArray[np.uint8]
Values = list[NDArray[np.float64]]


def measure() -> list[tuple[str, float, str]]:
    """Time the ways in turns, per row; the ratio of each round, and of these the median."""
    large, one = draw(LARGE), complete()
    matrix = np.asfortranarray(large[:ROWS])
    frame = pd.DataFrame(matrix, columns=[f"q{item}" for item in range(1, 27)])
    same(matrix, frame)
    whoqol = instruments.load(WHOQOL)
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "limit": (lambda: limit(large), LARGE),
        "large": (lambda: engine(large), LARGE),
        "batch": (lambda: engine(matrix), ROWS),
        "pandas": (lambda: idiom(frame), ROWS),
        "one": (lambda: [whoqol.score_one(one) for _ in range(1000)], 1000),
        "pandas, one": (lambda: idiom(frame[:1]), 1),
    }
    rounds = [{name: per_row(*way) for name, way in ways.items()} for _ in range(ROUNDS)]

    def ratio(way: str, over: str) -> float:
        return median(seconds[way] / seconds[over] for seconds in rounds)

    return [
        ("scoring a batch ÷ memory limit, 4 M rows", ratio("large", "limit"), "<= 5"),
        ("pandas idiom ÷ scoring a batch, 1 M rows", ratio("pandas", "batch"), ">= 30"),
        ("pandas idiom ÷ scoring one response, 1 row", ratio("pandas, one", "one"), ">= 500"),
    ]


def per_row(way: Callable[[], object], rows: int) -> float:
    start = perf_counter()
    made = way()
    seconds = perf_counter() - start
    del made  # after the clock: what freeing costs is not asked
    return seconds / rows


def draw(rows: int) -> Matrix:
    """Draw answers as columns of bytes, some of them blank."""
    rng = np.random.default_rng(1)
    columns = rng.integers(1, 6, (26, rows), dtype=np.uint8)
    for column in columns:
        column[rng.random(rows) < BLANK] = MISSING
    return columns.T


def limit(matrix: Matrix) -> list[NDArray[np.generic]]:
    """Read every byte once; write what the engine gives: values, and per scale two bytes a row."""
    matrix.T.reshape(-1).view(np.uint64).sum()
    return [
        *(np.full(len(matrix), 1.0) for _ in LEAST),
        np.full((2, SCALES, len(matrix)), 1, np.uint8),
    ]


def engine(matrix: Matrix) -> Values:
    scores = instruments.load(WHOQOL).score(matrix)
    return [scores.value[domain] for domain in LEAST]


def idiom(frame: pd.DataFrame) -> Values:
    """Score as a careful analyst would: blanks, reversal, mean of the answered where enough are."""
    answers = frame.where(frame != MISSING)
    turned = answers.assign(q3=6 - answers.q3, q4=6 - answers.q4, q26=6 - answers.q26)
    kept = answers.count(axis=1) >= KEPT
    values = []
    for scale in instruments.load(WHOQOL).contents.scales:
        if scale.id in LEAST:
            items = turned[list(scale.items)]
            enough = kept & (items.count(axis=1) >= LEAST[scale.id])
            values.append(((items.mean(axis=1).where(enough) - 1) * 25).to_numpy())
    return values


def same(matrix: Matrix, frame: pd.DataFrame) -> None:
    """Hold both ways to one result, or there is nothing to compare."""
    for ours, theirs in zip(engine(matrix), idiom(frame), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, equal_nan=True)


def complete() -> dict[str, int]:
    return {f"q{item}": 1 + item % 5 for item in range(1, 27)}


if __name__ == "__main__":
    for name, ratio, goal in measure():
        sys.stdout.write(f"{name:<66} {ratio:>8.2f}  {goal}\n")
