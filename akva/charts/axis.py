"""The axis of a chart: the whole scale, with better always to the right."""

from dataclasses import dataclass
from typing import Literal

from akva.words import number, percent

MARGIN = 9.0  # per cent of the width on either side, where the labels of extreme marks stand
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
MOST_STEPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """From the scale's lowest to its highest value; shares run from 0 to 1.

    The whole scale is drawn, so that a small change looks small. Raises ValueError if it is empty.
    """

    low: float
    high: float
    better: Literal["higher", "lower", "unknown"]
    unit: Literal["points", "share"] = "points"
    decimals: int = 1

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError("an axis runs from a lower to a higher value")

    def place(self, value: float) -> float:
        """Give the place in per cent of the width; beyond the scale means at its end."""
        along = (value - self.low) / (self.high - self.low)
        along = min(max(along, 0.0), 1.0)
        if self.better == "lower":
            along = 1 - along
        return MARGIN + along * (100 - 2 * MARGIN)

    @property
    def ticks(self) -> list[float]:
        """Give round values inside the scale, at most six."""
        least = (self.high - self.low) / MOST_STEPS
        step = next((step for step in STEPS if step >= least - 1e-9), least)
        first = -(-self.low // step)
        count = int(self.high / step - first + 1e-9) + 1
        return [round((first + index) * step, 6) for index in range(count)]

    def worded(self, language: str, value: float) -> str:
        """Write a value of the scale."""
        if self.unit == "share":
            return percent(language, value)
        return number(language, value, decimals=self.decimals)

    def tick(self, language: str, value: float) -> str:
        """Write a round value."""
        return percent(language, value) if self.unit == "share" else number(language, value)
