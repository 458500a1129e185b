"""The body of a release: its canonical JSON, which is the frozen draft and the published bytes."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from akva.aggregation.figures import Figure
from akva.aggregation.programmes import Programme, Round
from akva.aggregation.tabulation import ALL, Cell, Table, Tabulation

PUBLISHED = "published"
SUPPRESSED = "suppressed"  # primary and complementary alike: a reader cannot tell which
NOT_COLLECTED = "not-collected"
NOTE = "change-not-effect"  # without a control group


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the tables.

    `definitions` say by instrument what was counted; `polarity` says by table which score is
    better: higher, lower or unknown.
    """

    programme: Programme
    round: Round
    definitions: Mapping[str, Mapping[str, object]]
    polarity: Mapping[str, str]


def status(cell: Cell, tabulation: Tabulation, hidden: Collection[Cell]) -> str:
    if cell not in tabulation.counts:
        return NOT_COLLECTED
    return SUPPRESSED if cell in hidden else PUBLISHED


def freeze(
    tabulation: Tabulation, figures: Iterable[Figure], hidden: Collection[Cell], frame: Frame
) -> bytes:
    """Write the body; a hidden cell carries neither its number nor any figure."""
    return canonical(
        {
            **heading(frame),
            "note": NOTE,
            "services": list(tabulation.services),
            "tables": [table_of(table, frame) for table in tabulation.tables],
            "ties": [[place(cell) for cell in tie] for tie in tabulation.ties],
            "definitions": frame.definitions,
            "cells": list(cells_of(tabulation, hidden)),
            "figures": [figure_of(each) for each in figures if each.cell not in hidden],
        }
    )


def heading(frame: Frame) -> dict[str, Any]:
    programme, round_ = frame.programme, frame.round
    return {
        "programme": {
            "id": programme.id,
            "version": programme.version,
            "population": programme.population,
        },
        "round": {
            "year": round_.year,
            "ended_from": round_.ended_from.isoformat(),
            "ended_before": round_.ended_before.isoformat(),
        },
        "policy": {
            "threshold": programme.policy.threshold,
            "complementary": "linear-programme",
            "audit": "passed",
        },
    }


def canonical(plain: Mapping[str, Any]) -> bytes:
    """Give the one spelling of a value: sorted keys, no spaces, no number that is none."""
    return json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def table_of(table: Table, frame: Frame) -> dict[str, Any]:
    plain = {
        "id": table.id,
        "parent": list(table.parent) if table.parent else None,
        "classes": list(table.classes),
        "unit": table.unit,
    }
    better = frame.polarity.get(table.id)
    return {**plain, "polarity": better} if better else plain


def place(cell: Cell) -> dict[str, str]:
    return {"service": cell.service, "table": cell.table, "class": cell.name}


def cells_of(tabulation: Tabulation, hidden: Collection[Cell]) -> Iterator[dict[str, Any]]:
    """Yield every cell of every row and table, whether or not it exists."""
    for row in (*tabulation.services, ALL):
        for table in tabulation.tables:
            for name in table.names:
                cell = Cell(row, table.id, name)
                word = status(cell, tabulation, hidden)
                number = {"n": tabulation.counts[cell]} if word == PUBLISHED else {}
                yield {**place(cell), "status": word, **number}


def figure_of(figure: Figure) -> dict[str, Any]:
    plain = {
        **place(figure.cell),
        "statistic": figure.statistic,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "confidence": figure.confidence,
        "method": figure.method,
        "n": figure.n,
    }
    return plain if figure.goals is None else {**plain, "goals": figure.goals}
