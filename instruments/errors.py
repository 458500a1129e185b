"""What can go wrong in instruments.

InstrumentError
├── UnknownInstrument   no such id, or no such edition of it
├── UnknownRule         the instrument has no such scoring rule, coding or level
├── InvalidDefinition   a definition file contradicts the format or itself; carries every fault
├── InvalidResponse     one response cannot be scored as sent; carries every fault
├── InvalidMatrix       a matrix of the wrong shape or kind
└── ValueOutOfRange     a matrix holds values that are no options; carries the rows
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a response: a stable code, where (JSON pointer), why, and what next."""

    code: str
    where: str
    why: str
    next_step: str


@dataclass(frozen=True, slots=True)
class DefinitionFault:
    """One thing wrong with a definition: the file, the key in it, and why."""

    file: str
    key: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.why}"


class InstrumentError(Exception):
    """The root of the tree above. No message holds an answer."""


class UnknownInstrument(InstrumentError):
    pass


class UnknownRule(InstrumentError):
    pass


class InvalidDefinition(InstrumentError):
    def __init__(self, faults: Sequence[DefinitionFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


class InvalidResponse(InstrumentError):
    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.why}" for fault in faults))
        self.faults = tuple(faults)


class InvalidMatrix(InstrumentError):
    pass


class ValueOutOfRange(InstrumentError):
    """`rows` are the indices of every row that holds a value outside its item's options."""

    def __init__(self, rows: Sequence[int]) -> None:
        super().__init__(f"{len(rows)} of the rows hold a value that is no option of its item")
        self.rows = tuple(rows)
