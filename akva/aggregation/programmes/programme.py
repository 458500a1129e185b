"""The programme as values: population, policy, scales; and the round, one year of it."""

from dataclasses import dataclass
from datetime import date

CHANGE = "change"  # a start and an end, paired
ATTAINMENT = "attainment"  # the goals at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """A named band set and its labels, lowest first."""

    set: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A declared scale: only scores of this edition and rule count."""

    instrument: str
    scale: str
    edition: str
    rule: str
    indicator: str
    bands: Bands | None = None

    @property
    def table(self) -> str:
        return f"{self.instrument}/{self.scale}"

    @property
    def band_tables(self) -> tuple[str, str]:
        return f"{self.instrument}/start-band", f"{self.instrument}/end-band"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    threshold: int  # fewest people that a published cell may concern
    least_in_share: int  # fewest people on either side of a published share
    least_spread: float  # smallest published standard deviation, in points of the scale
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decimals:
    mean: int
    sd: int
    srm: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    id: str
    version: int
    purpose: str
    population: str
    policy: Policy
    decimals: Decimals
    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """The episodes that ended in one calendar year of Helsinki days; half-open."""

    year: int

    @property
    def ended_from(self) -> date:
        return date(self.year, 1, 1)

    @property
    def ended_before(self) -> date:
        return date(self.year + 1, 1, 1)

    @property
    def frozen_from(self) -> date:
        """The day after the deadline for the results of that year, 31 March of the next."""
        return date(self.year + 1, 4, 1)
