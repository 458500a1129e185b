"""Matrices of legal answers drawn from a seed, and the same rows as they would be sent."""

import numpy as np
from numpy.typing import NDArray

import instruments
from instruments.instrument import Questionnaire
from instruments.plan import MISSING

Matrix = NDArray[np.uint8]


def questionnaire(name: str) -> Questionnaire:
    loaded = instruments.load(name)
    assert isinstance(loaded, Questionnaire)
    return loaded


def legal(name: str) -> list[list[int]]:
    """List what each column may hold, missing included."""
    engine = next(iter(questionnaire(name).engines.values()))
    return [np.flatnonzero(row).tolist() for row in engine.legal]


def draw_matrix(name: str, seed: int, *, rows: int) -> Matrix:
    rng = np.random.default_rng(seed)
    columns = [rng.choice(values, rows) for values in legal(name)]
    matrix = np.stack(columns, axis=1).astype(np.uint8)
    blank = rng.random(matrix.shape) < rng.choice([0, 0.05, 0.3])
    return np.where(blank, np.uint8(MISSING), matrix)


def answers(name: str, row: Matrix) -> dict[str, int | str | None]:
    """Write a row as the codes that stand for its numbers."""
    items = instruments.load(name).contents.items
    codes = [
        {value: code for code, value in item.options.items()} | {int(c): c for c in item.absent}
        for item in items
    ]
    return {
        item.id: coded.get(int(number))
        for item, coded, number in zip(items, codes, row, strict=True)
    }
