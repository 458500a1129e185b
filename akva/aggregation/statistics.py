"""Figures of paired scores and of shares: pure, and None with a reason where there is none.

Signs are end minus start and are not oriented. Sources: standardised response mean = d_z with the
interval of the noncentral t (Cumming & Finch 2001); Hedges' exact factor J with n - 1 degrees of
freedom (Hedges 1981); standardised effect size by the spread at the start (Glass; Becker 1988);
d_av by the mean of the two variances; score interval of a share (Wilson 1927).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from statistics import NormalDist
from typing import TypeAlias

NO_PAIRS = "no-pairs"
TOO_FEW = "too-few-pairs"  # a spread needs two pairs, a corrected effect three
NO_SPREAD = "no-spread"  # every value is equal: nothing can be divided by their spread
BLUR = 1e-14  # relative: a smaller spread is a rest of rounding

Interval: TypeAlias = tuple[float, float]
Maybe: TypeAlias = float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The paired statistics of one set of pairs, in the units of the scale; see `notes`."""

    n: int
    mean_start: Maybe = None
    sd_start: Maybe = None
    mean_end: Maybe = None
    sd_end: Maybe = None
    mean_change: Maybe = None
    mean_change_lower: Maybe = None
    mean_change_upper: Maybe = None
    sd_change: Maybe = None
    srm: Maybe = None
    srm_lower: Maybe = None
    srm_upper: Maybe = None
    hedges_g: Maybe = None
    ses: Maybe = None
    ses_corrected: Maybe = None
    d_av: Maybe = None

    @property
    def notes(self) -> dict[str, str]:
        """Say of each figure that is None why it is."""
        absent = (each.name for each in fields(self) if getattr(self, each.name) is None)
        return {name: self.why(name) for name in absent}

    def why(self, name: str) -> str:
        plain = {"hedges_g": self.srm, "ses_corrected": self.ses}.get(name)
        if self.n == 0:
            return NO_PAIRS
        return TOO_FEW if self.n == 1 or plain is not None else NO_SPREAD


def change(start: Sequence[float], end: Sequence[float], *, confidence: float = 0.95) -> Change:
    """Describe pairs of scores; `start[i]` pairs with `end[i]`.

    Raises ValueError when the lengths differ. Sums are exact (`math.fsum`), so that the order of
    the pairs changes no bit.
    """
    changes = [after - before for before, after in zip(start, end, strict=True)]
    n = len(changes)
    if n == 0:
        return Change(n=0)
    size = max(map(abs, (*start, *end)))
    sd_start, sd_end, sd_change = (sd(values, size) for values in (start, end, changes))
    difference = mean(changes)
    srm, ses = ratio(difference, sd_change), ratio(difference, sd_start)
    lower, upper = around(difference, sd_change, n, confidence=confidence)
    srm_lower, srm_upper = around_srm(srm, n, confidence=confidence)
    return Change(
        n=n,
        mean_start=mean(start),
        sd_start=sd_start,
        mean_end=mean(end),
        sd_end=sd_end,
        mean_change=difference,
        mean_change_lower=lower,
        mean_change_upper=upper,
        sd_change=sd_change,
        srm=srm,
        srm_lower=srm_lower,
        srm_upper=srm_upper,
        hedges_g=corrected(srm, n - 1),
        ses=ses,
        ses_corrected=corrected(ses, n - 1),
        d_av=ratio(difference, root_mean_square(sd_start, sd_end)),
    )


def mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def sd(values: Sequence[float], size: float = 0.0) -> Maybe:
    """Give the spread with n - 1; 0 where it is a rest of rounding beside values of that `size`."""
    if len(values) == 1:
        return None
    centre = mean(values)
    spread = math.sqrt(math.fsum((value - centre) ** 2 for value in values) / (len(values) - 1))
    return spread if spread > BLUR * size else 0.0


def root_mean_square(first: Maybe, second: Maybe) -> Maybe:
    return None if first is None or second is None else math.hypot(first, second) / math.sqrt(2)


def ratio(difference: float, spread: Maybe) -> Maybe:
    return difference / spread if spread else None


def corrected(effect: Maybe, df: int) -> Maybe:
    """Multiply by J(df) = Γ(df/2) / (√(df/2) Γ((df-1)/2)); there is none for df = 1."""
    if effect is None or df == 1:
        return None
    return effect * math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def around(
    difference: float, spread: Maybe, n: int, *, confidence: float
) -> Interval | tuple[None, None]:
    """Give the paired t interval of the mean change."""
    from scipy.special import stdtrit  # noqa: PLC0415 - lazily: a light import loads no SciPy

    if not spread:
        return None, None
    half = float(stdtrit(n - 1, (1 + confidence) / 2)) * spread / math.sqrt(n)
    return difference - half, difference + half


def around_srm(srm: Maybe, n: int, *, confidence: float) -> Interval | tuple[None, None]:
    if srm is None:
        return None, None
    lower, upper = noncentral(srm * math.sqrt(n), n - 1, confidence=confidence)
    return lower / math.sqrt(n), upper / math.sqrt(n)


def noncentral(t: float, df: int, *, confidence: float) -> Interval:
    """Give the noncentralities under which `t` is just not too large, and just not too small."""
    from scipy.optimize import brentq  # noqa: PLC0415 - lazily: a light import loads no SciPy
    from scipy.special import nctdtr  # noqa: PLC0415 - lazily: as above

    def reaching(tail: float) -> float:
        def miss(ncp: float) -> float:
            below = float(nctdtr(df, ncp, t))
            if math.isnan(below):  # SciPy has no value for a far tail, where it is 1 or 0
                below = float(ncp < t)
            return below - tail

        width = 4 + abs(t)
        while miss(t - width) < 0 or miss(t + width) > 0:
            width *= 2
        return float(brentq(miss, t - width, t + width, xtol=1e-12, rtol=1e-13))

    return reaching((1 + confidence) / 2), reaching((1 - confidence) / 2)


def wilson(hits: int, n: int, *, confidence: float = 0.95) -> Interval:
    """Give the interval of the share `hits / n`; n is at least 1."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = hits / n, 1 + z * z / n
    centre = (share + z * z / (2 * n)) / weight
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / weight
    return max(0.0, centre - half), min(1.0, centre + half)
