"""What scoring gives: one response's scores as frozen values, a matrix's as arrays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

# Why a value is None. Codes are places in this tuple: append, never reorder.
REASONS: tuple[str | None, ...] = (
    None,
    "items-missing",  # fewer of the scale's items answered than the rule asks for
    "response-incomplete",  # fewer of all items answered than the rule asks for
    "goal-not-rated",
    "no-goals",
    "not-working-or-studying",
)
ITEMS_MISSING, RESPONSE_INCOMPLETE, GOAL_NOT_RATED, NO_GOALS = range(1, 5)


@dataclass(frozen=True, slots=True)
class Score:
    """One scale's value, or None with a reason; of how many items, by which rule."""

    value: float | None = field(repr=False)
    answered: int
    items: int
    rule: str
    reason: str | None
    flags: tuple[str, ...] = ()
    transforms: Mapping[str, float | None] = field(default_factory=dict, repr=False)

    def as_dict(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "answered": self.answered,
            "items": self.items,
            "rule": self.rule,
            "reason": self.reason,
            "flags": list(self.flags),
            "transforms": dict(self.transforms),
        }


@dataclass(frozen=True, slots=True)
class Scored:
    """One response, scored. `extras` belong to the instrument as a whole (of goals: how many)."""

    instrument: str
    edition: str
    definition: str
    scores: Mapping[str, Score]
    bands: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    alerts: tuple[str, ...] = field(default=(), repr=False)
    extras: Mapping[str, float] = field(default_factory=dict, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Give what `akva score` prints of it; `extras` only where there are any."""
        printed = {
            "instrument": self.instrument,
            "edition": self.edition,
            "definition": self.definition,
            "scores": {scale: score.as_dict() for scale, score in self.scores.items()},
            "bands": {scale: dict(labels) for scale, labels in self.bands.items()},
            "alerts": list(self.alerts),
        }
        return printed | ({"extras": dict(self.extras)} if self.extras else {})


class OnDemand(Mapping[str, Floats]):
    """Arrays by scale, each made when first asked for: who wants one does not pay for nine."""

    def __init__(self, make: Callable[[str], Floats], scales: tuple[str, ...]) -> None:
        self._make, self._scales = make, scales
        self._made: dict[str, Floats] = {}

    def __getitem__(self, scale: str) -> Floats:
        if scale not in self._scales:
            raise KeyError(scale)
        if scale not in self._made:
            self._made[scale] = self._make(scale)
        return self._made[scale]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scales)

    def __len__(self) -> int:
        return len(self._scales)


@dataclass(frozen=True, slots=True)
class Scores:
    """A matrix, scored: by scale, arrays of one entry a row.

    `value` is float64 with NaN where not scored; `answered` counts items (goals: the rated ones);
    `reason` holds codes into REASONS, 0 where scored.
    """

    value: Mapping[str, Floats] = field(repr=False)
    answered: Mapping[str, Bytes] = field(repr=False)
    reason: Mapping[str, Bytes] = field(repr=False)
