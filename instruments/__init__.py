"""Published instruments as data, and one engine that scores them; usable without AKVA."""

from instruments.catalogue import editions, ids, load
from instruments.errors import (
    Fault,
    InstrumentError,
    InvalidDefinition,
    InvalidMatrix,
    InvalidResponse,
    UnknownInstrument,
    UnknownRule,
    ValueOutOfRange,
)
from instruments.instrument import Instrument
from instruments.scored import REASONS, Score, Scored, Scores

__all__ = [
    "REASONS",
    "Fault",
    "Instrument",
    "InstrumentError",
    "InvalidDefinition",
    "InvalidMatrix",
    "InvalidResponse",
    "Score",
    "Scored",
    "Scores",
    "UnknownInstrument",
    "UnknownRule",
    "ValueOutOfRange",
    "editions",
    "ids",
    "load",
]
