"""One response: its answers read into option values, and added up by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Self, cast

import numpy as np

from instruments.definition import Item
from instruments.errors import Fault, InvalidResponse
from instruments.plan import MISSING, Plan, Tally
from instruments.scored import ITEMS_MISSING, RESPONSE_INCOMPLETE

BOOLEANS = (bool, np.bool_)  # equal to 0 and 1, and no answers
NUMBERS = (int, float, str, np.number)
PLAIN = frozenset((int, str, type(None)))
NO_CODE = ""
LONGEST_NAME = 32
Key = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which column an item has, and which number an answer to it becomes."""

    items: tuple[Item, ...]
    columns: Mapping[str, int]
    codes: tuple[Mapping[Key, int], ...]

    @classmethod
    def of(cls, items: tuple[Item, ...]) -> Self:
        return cls(
            items,
            {item.id: column for column, item in enumerate(items)},
            tuple(map(numbers, items)),
        )

    def read(self, answers: object) -> bytes:
        """Give one byte an item, 255 where blank; raises InvalidResponse with every fault."""
        if not isinstance(answers, Mapping):
            raise InvalidResponse([SHAPELESS])
        return self.plain(answers) or self.judged(answers)

    def plain(self, answers: Mapping[Any, Any]) -> bytes | None:
        """Read what most send, ids and codes to the letter; anything else gives None."""
        if not PLAIN.issuperset(map(type, answers.values())):
            return None
        row = bytearray([MISSING]) * len(self.items)
        try:
            for name, answer in answers.items():
                column = self.columns[name]
                row[column] = self.codes[column][answer]
        except KeyError:
            return None
        return bytes(row)

    def judged(self, answers: Mapping[Any, Any]) -> bytes:
        """Read with patience, and find every fault."""
        row = bytearray([MISSING]) * len(self.items)
        faults: list[Fault] = []
        seen: set[int] = set()
        for name, answer in answers.items():
            column = self.columns.get(name)
            if column is None:
                column = self.columns.get(str(name).casefold())
            if column is None:
                faults.append(self.unknown(str(name)))
            elif column in seen:
                faults.append(twice(self.items[column]))
            elif (value := self.codes[column].get(key(answer))) is None:
                faults.append(out_of_range(self.items[column]))
            else:
                row[column] = value
                seen.add(column)
        if faults:
            raise InvalidResponse(faults)
        return bytes(row)

    def unknown(self, name: str) -> Fault:
        """Name the stranger only if it could be an item's id: a key may hold anything."""
        shown = name.isascii() and name.isidentifier() and len(name) <= LONGEST_NAME
        near = get_close_matches(name.casefold(), self.columns, 1)
        first, last = self.items[0].id, self.items[-1].id
        return Fault(
            code="unknown-item",
            where=f"/answers/{name}" if shown else "/answers",
            why="This is no item of the instrument.",
            next_step=f"Did you mean {near[0]}?" if near else f"Its items are {first} to {last}.",
        )


SHAPELESS = Fault(
    code="answers-missing",
    where="/answers",
    why="The answers must be an object of item ids and answers.",
    next_step='Send {"answers": {"q1": 0, …}}; a blank item may be null or left out.',
)


def numbers(item: Item) -> dict[Key, int]:
    """Map every code of an item, as text and where it is a number as a number, to its value."""
    coded = dict(item.options) | {code: int(code) for code in item.absent}
    read: dict[Key, int] = {None: MISSING}
    read.update(coded)
    read.update((int(code), value) for code, value in coded.items() if code.isdecimal())
    return read


def key(answer: Any) -> Key:  # noqa: ANN401  (whatever was sent)
    """Give what to look an answer up by: NaN is a blank, and true and false are no numbers."""
    kind = type(answer)
    if kind is int or kind is str or answer is None:
        return cast(Key, answer)
    if isinstance(answer, BOOLEANS) or not isinstance(answer, NUMBERS):
        return NO_CODE
    return None if answer != answer else cast(Key, answer)  # noqa: PLR0124  (NaN alone)


def twice(item: Item) -> Fault:
    return Fault(
        code="item-twice",
        where=f"/answers/{item.id}",
        why=f"{item.id} is answered twice, under names that differ in capitals only.",
        next_step=f"Send {item.id} once.",
    )


def out_of_range(item: Item) -> Fault:
    codes = [*item.options, *item.absent]
    return Fault(
        code="value-out-of-range",
        where=f"/answers/{item.id}",
        why=f"{item.id} takes {', '.join(codes[:-1])} or {codes[-1]}, and this is none of them.",
        next_step="Send the option that was ticked, or null if it was left blank.",
    )


def tallies(plan: Plan, row: bytes) -> list[Tally]:
    """Add up every scale of one response, as the engine does for many."""
    incomplete = plan.width - row.count(MISSING) < plan.least
    made = []
    for part in plan.parts:
        number, amount = counted(row, part.plain)
        above, answered = amount - part.low * number, number
        if part.turned:
            number, amount = counted(row, part.turned)
            above, answered = above + part.high * number - amount, answered + number
        reason = RESPONSE_INCOMPLETE if incomplete else ITEMS_MISSING * (answered < part.least)
        if part.absent and row[part.columns[0]] in part.absent:
            above, reason = 0, part.absent[row[part.columns[0]]]
        made.append((above, answered, reason))
    return made


def counted(row: bytes, columns: tuple[int, ...]) -> tuple[int, int]:
    """Tell how many of the columns are answered, and what they sum up to."""
    values = tuple(map(row.__getitem__, columns))
    missing = values.count(MISSING)
    return len(values) - missing, sum(values) - MISSING * missing
