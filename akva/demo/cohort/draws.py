"""Draws that NumPy has no word for: a weighted class by name, exact quotas, days."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

Name = TypeVar("Name", bound=str)


def pick(rng: np.random.Generator, weights: Mapping[Name, float]) -> Name:
    """Draw one name; the weights need not add up to 1."""
    edges = np.cumsum(list(weights.values()))
    return list(weights)[int(np.searchsorted(edges, rng.uniform(0, edges[-1]), side="right"))]


def quotas(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Share out a whole number by weight, largest remainders first, so that it adds up."""
    whole = sum(weights.values())
    exact = {name: total * weight / whole for name, weight in weights.items()}
    counts = {name: int(share) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: counts[name] - exact[name])
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return counts


def later(rng: np.random.Generator, day: date, *, least: int, most: int) -> date:
    """Draw a day from `least` to `most` days after, both included."""
    return day + timedelta(days=int(rng.integers(least, most + 1)))
