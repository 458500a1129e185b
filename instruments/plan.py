"""The plan: what a definition's rule comes to in whole numbers, for matrices and single responses.

Every method but the table is a line through the mean of the answered items. Kept in whole numbers,
it rounds once, in one division, so that an array and a single value agree to the last bit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import gcd

from instruments.definition import (
    Alert,
    BandSet,
    Definition,
    Item,
    Method,
    Rule,
    Scale,
    Transform,
)
from instruments.scored import REASONS, Score

MISSING = 255  # in a row or matrix of bytes


@dataclass(frozen=True, slots=True)
class Line:
    """value = (times * above + shift * answered) / (divide * answered)."""

    times: int
    shift: int
    divide: int

    def at(self, above: int, answered: int) -> float:
        return (self.times * above + self.shift * answered) / (self.divide * answered)


Tally = tuple[int, int, int]  # as Part describes it
Graded = tuple[Score, Mapping[str, str], tuple[str, ...]]  # score, bands, alerts
How = Line | tuple[int, ...]  # a table holds a complete scale's values, lowest sum first


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One scale under one rule.

    A tally of it is (above, answered, reason): the sum of the answered items counted from their
    lowest value after reversal, how many they are, and a code into REASONS.
    """

    id: str
    rule: str
    line: Line
    least: int
    prorates: bool
    plain: tuple[int, ...]  # columns taken as they are
    turned: tuple[int, ...]  # columns to reverse
    low: int
    high: int
    absent: Mapping[int, int]  # a number that is no amount -> its reason code
    transforms: Mapping[str, How]
    bands: tuple[BandSet, ...]
    alerts: tuple[Alert, ...]
    memory: dict[Tally, Graded] = field(default_factory=dict, compare=False, repr=False)

    @property
    def columns(self) -> tuple[int, ...]:
        return (*self.plain, *self.turned)

    @property
    def items(self) -> int:
        return len(self.columns)

    def graded(self, tally: Tally) -> Graded:
        """Grade a tally; there are few, so each is graded once."""
        made = self.memory.get(tally)
        if made is None:
            score = self.score(*tally)
            made = score, self.labels(score.value), self.raised(tally[0])
            self.memory[tally] = made
        return made

    def score(self, above: int, answered: int, reason: int) -> Score:
        scored = reason == 0
        prorated = scored and self.prorates and answered < self.items
        return Score(
            value=self.line.at(above, answered) if scored else None,
            answered=answered,
            items=self.items,
            rule=self.rule,
            reason=REASONS[reason],
            flags=("prorated",) if prorated else (),
            transforms={
                name: self.transformed(how, above, answered) if scored else None
                for name, how in self.transforms.items()
            },
        )

    def transformed(self, how: How, above: int, answered: int) -> float | None:
        if isinstance(how, Line):
            return how.at(above, answered)
        return float(how[above]) if answered == self.items else None

    def labels(self, value: float | None) -> Mapping[str, str]:
        return {} if value is None else {bands.id: bands.label(value) for bands in self.bands}

    def raised(self, above: int) -> tuple[str, ...]:
        """Raise from the answered items alone: a blank could only have added to their sum."""
        lowest = above + self.low * self.items
        return tuple(alert.id for alert in self.alerts if lowest >= (alert.at_least or 0))


@dataclass(frozen=True, slots=True)
class Plan:
    """An instrument under one rule and one coding of its reversed items."""

    parts: tuple[Part, ...]
    width: int  # items of the instrument
    least: int  # of them answered, else nothing is scored
    partitioned: bool  # whether the parts hold every item exactly once
    alerts: tuple[tuple[int, Alert], ...]  # by the column they watch

    def raised(self, row: bytes) -> list[str]:
        """Raise the alerts that watch an item."""
        return [
            alert.id
            for column, alert in self.alerts
            if (row[column] == MISSING) == alert.blank and row[column] >= (alert.at_least or 0)
        ]


def plan(definition: Definition, rule: Rule, *, turned_already: bool) -> Plan:
    """Lay out a rule; where the sender has turned the reversed items, nothing is turned again."""
    columns = {item.id: column for column, item in enumerate(definition.items)}
    parts = []
    for scale in definition.scales:
        turned = () if turned_already else scale.reversed
        plain = [name for name in scale.items if name not in turned]
        parts.append(
            part(
                definition,
                scale,
                rule,
                plain=tuple(columns[name] for name in plain),
                turned=tuple(columns[name] for name in turned),
            )
        )
    held = sorted(column for each in parts for column in each.columns)
    watched = [(alert.item, alert) for alert in definition.alerts]
    return Plan(
        parts=tuple(parts),
        width=len(columns),
        least=rule.answered,
        partitioned=held == list(range(len(columns))),
        alerts=tuple((columns[item], alert) for item, alert in watched if item is not None),
    )


def part(
    definition: Definition,
    scale: Scale,
    rule: Rule,
    *,
    plain: tuple[int, ...],
    turned: tuple[int, ...],
) -> Part:
    enough = rule.scales[scale.id]
    own = [definition.items[column] for column in (*plain, *turned)]
    method = enough.method or scale.method
    return Part(
        id=scale.id,
        rule=rule.id,
        line=line(method, scale, own, times=scale.times),
        least=enough.answered,
        prorates=method == "prorated-sum",
        plain=plain,
        turned=turned,
        low=own[0].low,
        high=own[0].high,
        absent={
            int(code): REASONS.index(reason) for item in own for code, reason in item.absent.items()
        },
        transforms={each.id: how(each, scale, own) for each in scale.transforms},
        bands=tuple(each for each in definition.bands if each.scale == scale.id),
        alerts=tuple(each for each in definition.alerts if each.scale == scale.id),
    )


def how(transform: Transform, scale: Scale, own: list[Item]) -> How:
    if transform.method == "lookup":
        return transform.table
    return line(transform.method, scale, own, times=transform.times)


def line(method: Method, scale: Scale, own: list[Item], *, times: int) -> Line:
    """Draw the method's line. Items that score together share their lowest value."""
    low, high, count = own[0].low, own[0].high, len(own)
    bottom, top = map(int, scale.range)
    times, shift, divide = {
        "mean": (1, low, 1),
        "mean-times": (times, times * low, 1),
        "linear-transform": (top - bottom, bottom * (high - low), high - low),
    }.get(method, (count, count * low, 1))  # a sum is the mean times the number of items
    common = gcd(times, shift, divide)
    return Line(times // common, shift // common, divide // common)
