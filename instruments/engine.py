"""The engine: one way to score a matrix, whatever the instrument.

Columns of bytes are added up with 255 for missing, which is one less in arithmetic modulo 256, and
put right by the count of the missing. Blocks are sized so that the sums stay in the cache.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from instruments.errors import InvalidMatrix, ValueOutOfRange
from instruments.plan import MISSING, Line, Part, Plan
from instruments.scored import RESPONSE_INCOMPLETE, Bytes, Floats, OnDemand, Scores

BLOCK = 1 << 17  # rows
ILLEGAL = 254  # what a value that is no whole number from 0 to 254 becomes


@dataclass(frozen=True, slots=True)
class Tallies:
    """The tallies of a matrix: three arrays of (parts, rows), as Part describes them."""

    above: Bytes
    answered: Bytes
    reason: Bytes

    def between(self, start: int, stop: int) -> Self:
        return type(self)(
            self.above[:, start:stop], self.answered[:, start:stop], self.reason[:, start:stop]
        )


@dataclass(frozen=True, slots=True)
class Engine:
    """A plan, and which numbers each column may hold."""

    plan: Plan
    legal: NDArray[np.bool_]  # (items, 256)

    def scores(self, matrix: NDArray[np.generic]) -> Scores:
        tallies = self.tally(matrix)
        places = {part.id: place for place, part in enumerate(self.plan.parts)}

        def value(scale: str) -> Floats:
            place = places[scale]
            return values(self.plan.parts[place].line, tallies, place)

        return Scores(
            value=OnDemand(value, tuple(places)),
            answered={scale: tallies.answered[place] for scale, place in places.items()},
            reason={scale: tallies.reason[place] for scale, place in places.items()},
        )

    def tally(self, matrix: NDArray[np.generic]) -> Tallies:
        """Add up every row; raises InvalidMatrix, or ValueOutOfRange with all its rows."""
        if matrix.ndim != 2 or matrix.shape[1] != self.plan.width:  # noqa: PLR2004  (rows, items)
            raise InvalidMatrix(f"The matrix must have {self.plan.width} columns, one an item")
        rows = len(matrix)
        tallies = Tallies(*np.empty((3, len(self.plan.parts), rows), np.uint8))
        wrong: list[int] = []
        for start, columns in blocks(matrix):
            stop = start + columns.shape[1]
            wrong += (self.illegal(columns) + start).tolist()
            if not wrong:
                self.count(columns, tallies.between(start, stop))
        if wrong:
            raise ValueOutOfRange(wrong)
        return tallies

    def illegal(self, columns: Bytes) -> NDArray[np.intp]:
        """Find the rows with a value outside its item's options, quickly where there are none."""
        if self.plain(columns):
            return np.empty(0, np.intp)
        wrong = np.zeros(columns.shape[1], np.bool_)
        for legal, column in zip(self.legal, columns, strict=True):
            wrong |= ~legal[column]
        return np.flatnonzero(wrong)

    def plain(self, columns: Bytes) -> bool:
        """Tell whether all is within options that are one unbroken range, alike for all items."""
        allowed = np.flatnonzero(self.legal[0, :MISSING])
        low, high = int(allowed[0]), int(allowed[-1])
        if not columns.size or high - low >= len(allowed) or (self.legal != self.legal[0]).any():
            return False
        signed = columns.view(np.int8)  # 255 is -1, and everything else illegal is below or above
        return bool(signed.min() >= -1 and signed.max() <= high and columns.min() >= low)

    def count(self, columns: Bytes, into: Tallies) -> None:
        for place, part in enumerate(self.plan.parts):
            add(part, columns, into.above[place], into.answered[place])
            few = into.reason[place].view(np.bool_)
            np.less(into.answered[place], part.least, out=few)  # 1 is ITEMS_MISSING
        if self.plan.least:
            incomplete = (self.present(columns, into) < self.plan.least).view(np.uint8)
            np.maximum(into.reason, incomplete * RESPONSE_INCOMPLETE, out=into.reason)
        self.absent(columns, into)

    def present(self, columns: Bytes, into: Tallies) -> Bytes:
        """Count the answers of all items, from the scales where these hold every item once."""
        counted = np.empty_like(into.answered[0])
        if self.plan.partitioned:
            return total(into.answered, range(len(into.answered)), out=counted)
        return self.plan.width - lost(columns, range(self.plan.width), out=counted)

    def absent(self, columns: Bytes, into: Tallies) -> None:
        """Set aside the answers that are no amount; each stands in a scale of its own."""
        for place, part in enumerate(self.plan.parts):
            for number, reason in part.absent.items():
                rows = columns[part.columns[0]] == number
                into.reason[place, rows] = reason
                into.above[place, rows] = 0


def add(part: Part, columns: Bytes, above: Bytes, answered: Bytes) -> None:
    """Add up one scale modulo 256; a missing item brings 255, which is one less."""
    total(columns, part.plain, out=above)
    lost(columns, part.plain, out=answered)
    above += answered if part.low == 0 else answered * np.uint8(part.low + 1)
    if part.turned:
        above -= total(columns, part.turned, out=np.empty_like(above))
        gone = lost(columns, part.turned, out=np.empty_like(above))
        above -= gone * np.uint8(part.high + 1)
        answered += gone
    lowest = part.high * len(part.turned) - part.low * len(part.plain)
    if lowest:
        above += np.uint8(lowest % 256)
    np.subtract(part.items, answered, out=answered)


def total(rows: Bytes, chosen: Sequence[int], *, out: Bytes) -> Bytes:
    out[...] = rows[chosen[0]] if chosen else 0
    for row in chosen[1:]:
        np.add(out, rows[row], out=out)
    return out


def lost(columns: Bytes, chosen: Sequence[int], *, out: Bytes) -> Bytes:
    """Count the missing, column by column while it is in the cache."""
    out[...] = columns[chosen[0]] == MISSING if chosen else 0
    missing = np.empty(len(out), np.bool_)
    for column in chosen[1:]:
        np.equal(columns[column], MISSING, out=missing)
        np.add(out, missing.view(np.uint8), out=out)
    return out


def values(line: Line, tallies: Tallies, place: int) -> Floats:
    """Follow the line; a row that is not scored is 0/0, which is NaN."""
    made = np.empty(tallies.above.shape[1])
    for start in range(0, len(made), BLOCK):
        block = tallies.between(start, start + BLOCK)
        out = made[start : start + BLOCK]
        scored = (block.reason[place] == 0).view(np.uint8)
        answered = (block.answered[place] * scored).astype(np.float64)
        np.copyto(out, block.above[place] * scored)
        out *= line.times
        if line.shift:
            out += answered * line.shift
        with np.errstate(invalid="ignore"):
            out /= answered * line.divide if line.divide > 1 else answered
    return made


def blocks(matrix: NDArray[np.generic]) -> Iterator[tuple[int, Bytes]]:
    """Cut the rows into blocks of byte columns, each column in one piece."""
    if matrix.dtype.kind not in "fiu":
        raise InvalidMatrix("The matrix must hold numbers: bytes with 255, or floats with NaN")
    for start in range(0, len(matrix), BLOCK):
        block = matrix[start : start + BLOCK]
        columns = as_bytes(block).T
        yield start, columns if columns.strides[1] == 1 else np.ascontiguousarray(columns)


def as_bytes(block: NDArray[np.generic]) -> Bytes:
    """Turn numbers into bytes: NaN is missing, and what no byte can say is illegal."""
    if block.dtype == np.uint8:
        return block.view(np.uint8)
    missing = np.isnan(block)
    with np.errstate(invalid="ignore"):
        made = block.astype(np.uint8, order="F")
    wrong = (made != block) | (block == MISSING)
    made[wrong] = ILLEGAL
    made[missing] = MISSING
    return made
