"""A clock that tests hand in: real, small, and the same in every run."""

from datetime import UTC, datetime, timedelta
from threading import Lock

TICK = timedelta(seconds=1)
MORNING = datetime(2026, 11, 21, 10, tzinfo=UTC)


class TickingClock:
    """Starts on a morning and moves on by a tick each time it is read; safe between threads."""

    def __init__(self, start: datetime = MORNING, *, tick: timedelta = TICK) -> None:
        self._next = start
        self._tick = tick
        self._lock = Lock()

    def __call__(self) -> datetime:
        with self._lock:
            now, self._next = self._next, self._next + self._tick
        return now

    def move(self, step: timedelta) -> None:
        """Move the next reading, forwards or back."""
        with self._lock:
            self._next += step
