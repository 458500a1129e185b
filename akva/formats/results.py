"""Scored responses as they go out: JSON, one object a line; csv; or a table for reading."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Protocol

import instruments
from akva import errors
from instruments import Instrument, Scored

ENCODER = json.JSONEncoder(allow_nan=False)
NARROW = 12  # width of a column in the table for reading
PROBLEM = ("problem", "problem_where", "problem_why", "problem_next_step")


@dataclass(frozen=True, slots=True)
class Result:
    """One line out: scored, or refused with every fault."""

    id: object = field(repr=False)
    scored: Scored | None = field(default=None, repr=False)
    faults: Sequence[errors.Fault | instruments.Fault] = ()


class Format(Protocol):
    """A way to write an instrument's results: a head once, then a line for each."""

    def __init__(self, instrument: Instrument) -> None: ...

    def head(self) -> str: ...

    def line(self, result: Result) -> str: ...


@dataclass(frozen=True, slots=True)
class Ndjson:
    """What `akva score` promises; `problem` is the first fault, `problems` are all."""

    instrument: Instrument

    def head(self) -> str:
        return ""

    def line(self, result: Result) -> str:
        if result.scored is not None:
            return written({"id": result.id, **result.scored.as_dict(), "problem": None})
        problems = [asdict(fault) for fault in result.faults]
        about = {
            "instrument": self.instrument.id,
            "edition": self.instrument.edition,
            "definition": self.instrument.definition,
        }
        return written({"id": result.id, **about, "problem": problems[0], "problems": problems})


def written(line: dict[str, object]) -> str:
    return ENCODER.encode(line) + "\n"


@dataclass(frozen=True, slots=True)
class Csv:
    """One row a response, one column for everything that the JSON form says."""

    instrument: Instrument

    def head(self) -> str:
        return row(self.columns())

    def line(self, result: Result) -> str:
        cells: dict[str, object] = {"id": result.id} | dict(
            zip(PROBLEM, asdict(result.faults[0]).values(), strict=True) if result.faults else ()
        )
        if result.scored is not None:
            cells |= dict(flat(result.scored))
        return row("" if (cell := cells.get(name)) is None else cell for name in self.columns())

    def columns(self) -> list[str]:
        contents = self.instrument.contents
        names = ["id", "instrument", "edition", "definition"]
        for scale in contents.scales:
            parts = ["answered", "items", "rule", "reason", "flags"]
            parts += [transform.id for transform in scale.transforms]
            parts += [bands.id for bands in contents.bands if bands.scale == scale.id]
            names += [scale.id, *(f"{scale.id}_{part}" for part in parts)]
        if contents.goals is not None:
            names += ["goals", "t_lowest", "t_highest"]
        return [*names, "alerts", *PROBLEM]


def flat(scored: Scored) -> Iterator[tuple[str, object]]:
    """Name each value by its scale and what it is; several in one cell have blanks between."""
    for name in ("instrument", "edition", "definition"):
        yield name, getattr(scored, name)
    for scale, score in scored.scores.items():
        yield scale, score.value
        for part in ("answered", "items", "rule", "reason"):
            yield f"{scale}_{part}", getattr(score, part)
        yield f"{scale}_flags", " ".join(score.flags)
        for part, value in {**score.transforms, **scored.bands.get(scale, {})}.items():
            yield f"{scale}_{part}", value
    yield from scored.extras.items()
    yield "alerts", " ".join(scored.alerts)


def row(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


@dataclass(frozen=True, slots=True)
class Table:
    """For people: values with one decimal, bands, alerts, and why a value is missing."""

    instrument: Instrument

    def head(self) -> str:
        scales = [scale.id for scale in self.instrument.contents.scales]
        return aligned("id", [*scales, "bands, alerts, problem"])

    def line(self, result: Result) -> str:
        name = "" if result.id is None else str(result.id)
        scales = self.instrument.contents.scales
        if result.scored is None:
            fault = result.faults[0]
            return aligned(name, [*("" for _ in scales), f"{fault.code} {fault.where}"])
        scored = result.scored
        values = [
            str(score.reason) if score.value is None else f"{score.value:.1f}"
            for score in scored.scores.values()
        ]
        labels = [label for sets in scored.bands.values() for label in [*sets.values()][:1]]
        return aligned(name, [*values, ", ".join([*labels, *scored.alerts])])


def aligned(name: str, cells: Sequence[str]) -> str:
    *values, last = cells
    return (
        "  ".join([f"{name[:NARROW]:{NARROW}}", *(f"{v:>{NARROW}}" for v in values), last]).rstrip()
        + "\n"
    )
