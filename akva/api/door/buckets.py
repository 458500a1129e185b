"""How often a caller may ask: a bucket of calls for each, filled again at a steady rate.

Buckets live in the memory of one process: with several workers each counts for itself.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock

KEPT = 10_000


@dataclass(slots=True)
class Bucket:
    calls: float
    at: float  # seconds of the clock handed in


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the caller is told; `retry_after` is 0 for a call that passes."""

    limit: int
    remaining: int
    reset: int  # seconds until the bucket is full
    retry_after: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


class Buckets:
    """Safe to share between threads; forgets who has not called for longest."""

    def __init__(self, *, per_minute: int, seconds: Callable[[], float]) -> None:
        self._limit = per_minute
        self._rate = per_minute / 60
        self._seconds = seconds
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = Lock()

    def take(self, caller: str) -> Allowance:
        """Take one call from the caller's bucket, or tell how many seconds to wait."""
        with self._lock:
            now = self._seconds()
            bucket = self._buckets.pop(caller, None) or Bucket(float(self._limit), now)
            calls = min(float(self._limit), bucket.calls + (now - bucket.at) * self._rate)
            passes = calls >= 1
            self._buckets[caller] = Bucket(calls - 1 if passes else calls, now)
            if len(self._buckets) > KEPT:
                self._buckets.popitem(last=False)
            left = self._buckets[caller].calls
        return Allowance(
            limit=self._limit,
            remaining=int(left),
            reset=ceil((self._limit - left) / self._rate),
            retry_after=0 if passes else max(1, ceil((1 - left) / self._rate)),
        )
