"""The cells matrix: which figures of a release are published, hidden, or not collected."""

from dataclasses import dataclass
from typing import Any

from akva.charts.drawing import draw, lines, percentage
from akva.words import number, say

LINE, CELL, GAP = 20, 28, 14  # px
ABOVE = 3  # px between a name and its cells
HEAD = 26  # px
PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """`n` is there exactly when the cell is published."""

    status: str
    n: int | None = None

    def __post_init__(self) -> None:
        if (self.n is not None) != (self.status == PUBLISHED):
            raise ValueError("a cell has a count exactly when it is published")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Every row has one cell for each column, else ValueError; short column names fit a phone."""

    id: str
    language: str
    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("a row has one cell for each column")


def cells(matrix: Matrix) -> str:
    """Draw the matrix as a figure with an SVG image, its title and its description."""
    drawn, top = [], HEAD
    for row in matrix.rows:
        drawn.append(placed(matrix, row, top))
        top += len(lines(row.name)) * LINE + ABOVE + CELL + GAP
    width = 100 / len(matrix.columns)
    statuses = {cell.status for row in matrix.rows for cell in row.cells}
    values = {
        "chart": matrix,
        "columns": [
            (percentage((index + 0.5) * width), name) for index, name in enumerate(matrix.columns)
        ],
        "rows": drawn,
        "height": top,
        "absent": [
            say(matrix.language, f"status.{status}")
            for status in ("not-collected", "too-few-pairs")
            if status in statuses
        ],
        "description": " ".join(told(matrix, row) for row in matrix.rows),
    }
    return draw("cells.html.j2", values)


def placed(matrix: Matrix, row: MatrixRow, top: int) -> dict[str, Any]:
    names = lines(row.name)
    width = 100 / len(matrix.columns)
    return {
        "names": [(top + LINE * (index + 1) - 5, text) for index, text in enumerate(names)],
        "top": top + LINE * len(names) + ABOVE,
        "cells": [
            {
                "x": percentage(index * width + 0.4),
                "width": percentage(width - 0.8),
                "middle": percentage((index + 0.5) * width),
                "status": cell.status,
                "text": worded(matrix.language, cell),
            }
            for index, cell in enumerate(row.cells)
        ],
    }


def worded(language: str, cell: MatrixCell) -> str:
    return (
        number(language, cell.n) if cell.n is not None else say(language, f"status.{cell.status}")
    )


def told(matrix: Matrix, row: MatrixRow) -> str:
    parts = zip(matrix.columns, row.cells, strict=True)
    text = ", ".join(f"{column} {worded(matrix.language, cell)}" for column, cell in parts)
    return f"{row.name}: {text}."
