"""The instrument: one published edition, ready to score a matrix or single responses."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from instruments.definition import Definition, Item, Rule
from instruments.engine import Engine
from instruments.errors import InvalidMatrix, InvalidResponse, UnknownRule
from instruments.plan import MISSING, Plan, Tally, plan
from instruments.response import Sheet, tallies
from instruments.scored import Scored, Scores

CODINGS = ("raw", "reversed")  # as ticked, or with the reversed items turned by the sender
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Instrument(ABC):
    """What every instrument offers. `definition` is its hash, `contents` what stands in it."""

    contents: Definition
    definition: str

    @property
    def id(self) -> str:
        return self.contents.id

    @property
    def edition(self) -> str:
        return self.contents.edition

    @abstractmethod
    def score(
        self, *matrices: NDArray[np.generic], rule: str | None = None, coding: str = "raw"
    ) -> Scores:
        """Score many: the (N, items) option values, or (N, goals) weights and levels.

        Raises InvalidMatrix, ValueOutOfRange, UnknownRule.
        """

    @abstractmethod
    def score_one(
        self,
        response: object,
        *,
        rule: str | None = None,
        coding: str = "raw",
        level: str = "attained",
    ) -> Scored:
        """Score one: a mapping of item ids to answers, or a sequence of goals.

        `level` says which of a goal's levels counts; where there are no goals it says nothing.
        Raises InvalidResponse with every fault, UnknownRule.
        """

    @abstractmethod
    def score_all(
        self, responses: Iterable[object], *, rule: str | None = None, coding: str = "raw"
    ) -> list[Scored | InvalidResponse]:
        """Score a block of responses, in order; one that is refused does not stop the others."""

    def rule(self, name: str | None) -> Rule:
        """Find a rule by its id; None is the default one. Raises UnknownRule."""
        for rule in self.contents.rules:
            if rule.id == name or (name is None and rule.default):
                return rule
        names = ", ".join(rule.id for rule in self.contents.rules)
        raise UnknownRule(f"{self.id} has no rule of that name; it has {names}")


@dataclass(frozen=True, slots=True)
class Questionnaire(Instrument):
    """An instrument of items."""

    sheet: Sheet
    engines: Mapping[tuple[str, str], Engine]  # by rule and coding

    @classmethod
    def of(cls, contents: Definition, definition: str) -> Self:
        legal = np.array([allowed(item) for item in contents.items])
        engines = {
            (rule.id, coding): Engine(plan(contents, rule, turned_already=coding != "raw"), legal)
            for rule in contents.rules
            for coding in CODINGS
        }
        return cls(contents, definition, Sheet.of(contents.items), engines)

    def score(
        self, *matrices: NDArray[np.generic], rule: str | None = None, coding: str = "raw"
    ) -> Scores:
        """Score one (N, items) matrix of option values before any reversal.

        Float with NaN, or uint8 with 255, is missing; uint8 in column order is the fast way.
        """
        if len(matrices) != 1:
            raise InvalidMatrix(f"{self.id} takes one matrix, of option values")
        return self._engine(rule, coding).scores(matrices[0])

    def score_one(
        self,
        response: object,
        *,
        rule: str | None = None,
        coding: str = "raw",
        level: str = "attained",  # noqa: ARG002  (of goals alone)
    ) -> Scored:
        chosen = self._engine(rule, coding).plan
        row = self.sheet.read(response)
        return self._scored(chosen, row, tallies(chosen, row))

    def score_all(
        self, responses: Iterable[object], *, rule: str | None = None, coding: str = "raw"
    ) -> list[Scored | InvalidResponse]:
        """Score a block of responses through the engine."""
        engine = self._engine(rule, coding)
        read = [attempt(self.sheet.read, response) for response in responses]
        rows = [row for row in read if isinstance(row, bytes)]
        matrix = np.frombuffer(b"".join(rows), np.uint8).reshape(len(rows), engine.plan.width)
        tally = engine.tally(matrix)
        columns = np.stack((tally.above, tally.answered, tally.reason), axis=-1)
        counted = iter(columns.transpose(1, 0, 2).tolist())
        return [
            self._scored(engine.plan, row, [(a, b, c) for a, b, c in next(counted)])
            if isinstance(row, bytes)
            else row
            for row in read
        ]

    def _engine(self, rule: str | None, coding: str) -> Engine:
        if coding not in CODINGS:
            raise UnknownRule(f"A coding is {' or '.join(CODINGS)}")
        return self.engines[self.rule(rule).id, coding]

    def _scored(self, chosen: Plan, row: bytes, counted: Sequence[Tally]) -> Scored:
        scores, bands, alerts = {}, {}, chosen.raised(row)
        for part, tally in zip(chosen.parts, counted, strict=True):
            scores[part.id], labels, raised = part.graded(tally)
            alerts += raised
            if labels:
                bands[part.id] = labels
        return Scored(
            instrument=self.contents.id,
            edition=self.contents.edition,
            definition=self.definition,
            scores=scores,
            bands=bands,
            alerts=tuple(alerts),
        )


def attempt(read: Callable[[object], T], response: object) -> T | InvalidResponse:
    """Read a response, or give its refusal back as a value."""
    try:
        return read(response)
    except InvalidResponse as refusal:
        return refusal


def allowed(item: Item) -> list[bool]:
    """Tell for each byte whether it is one of the item's values, an absence, or missing."""
    values = {*item.options.values(), *map(int, item.absent), MISSING}
    return [byte in values for byte in range(256)]
