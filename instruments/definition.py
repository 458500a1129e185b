"""The definition: an instrument as data, one immutable file for each edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Method = Literal[
    "sum",  # of a complete scale
    "prorated-sum",  # sum * items / answered
    "mean",  # of the answered items
    "mean-times",  # mean * times
    "linear-transform",  # the mean, drawn from its own range onto the scale's
    "lookup",  # of the sum of a complete scale in a table, lowest sum first
    "gas-t",  # Kiresuk and Sherman's T over the goals
    "share-at-least-expected",  # goals at level 0 or above, over all goals
    "weighted-mean",  # of the goals' levels
]
GOAL_METHODS = frozenset({"gas-t", "share-at-least-expected", "weighted-mean"})


@dataclass(frozen=True, slots=True)
class Words:
    """A label of our own in the three languages; never an instrument's wording."""

    fi: str
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Rights:
    status: Literal["shippable-text", "structure-only"]
    holder: str
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question. An absent code is an answer that is no amount and enters no arithmetic."""

    id: str
    topic: Words
    options: Mapping[str, int]
    absent: Mapping[str, str] = field(default_factory=dict)  # whole-number code -> reason
    icf: tuple[str, ...] = ()

    @property
    def low(self) -> int:
        return min(self.options.values())

    @property
    def high(self) -> int:
        return max(self.options.values())


@dataclass(frozen=True, slots=True)
class Goals:
    """What a goal may hold, where an instrument has goals instead of items."""

    levels: tuple[int, ...]
    most: int
    weight: float  # where none is given
    rho: float  # the assumed correlation of goals


@dataclass(frozen=True, slots=True)
class Transform:
    """The same score on another footing; `source` says whose."""

    id: str
    method: Method
    source: str
    times: int = 1
    table: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    id: str
    title: Words
    method: Method
    range: tuple[float, float]
    polarity: Literal["higher", "lower", "unknown"]  # which is better
    items: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    times: int = 1
    transforms: tuple[Transform, ...] = ()


@dataclass(frozen=True, slots=True)
class Enough:
    """How many of a scale's items a rule asks for, and by which other method it then scores."""

    answered: int
    method: Method | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named way to score, with where it comes from."""

    id: str
    source: str
    scales: Mapping[str, Enough] = field(default_factory=dict)
    answered: int = 0  # of all items; a response with fewer is not scored at all
    default: bool = False


@dataclass(frozen=True, slots=True)
class BandSet:
    """Severity labels, each with the lowest score that earns it."""

    id: str
    scale: str
    source: str
    lowest: Mapping[str, float]
    default: bool = False

    def label(self, value: float) -> str:
        return max((low, label) for label, low in self.lowest.items() if low <= value)[1]


@dataclass(frozen=True, slots=True)
class Alert:
    """What the professional must see at once: an item or scale reached, or an item left blank."""

    id: str
    source: str
    item: str | None = None
    scale: str | None = None
    at_least: int | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Reliability:
    scale: str
    kind: str
    r: float
    source: str
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class Mcid:
    """The smallest change that matters: in points, or as a share of the starting score."""

    scale: str
    kind: Literal["points", "share-of-start"]
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Definition:
    id: str
    edition: str
    version: int  # counts up over all editions of the id
    title: Words
    recall: str  # ISO 8601 duration, or "now", or "goal"
    rights: Rights
    citations: tuple[str, ...]
    rules: tuple[Rule, ...]
    scales: tuple[Scale, ...]
    items: tuple[Item, ...] = ()
    goals: Goals | None = None
    bands: tuple[BandSet, ...] = ()
    alerts: tuple[Alert, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    mcid: tuple[Mcid, ...] = ()
    notes: tuple[str, ...] = ()  # what is unverified, said plainly
