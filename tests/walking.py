"""Watches a use case and lists the files it enters, in order."""

import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
ROOMS = tuple(f"{ROOT / room}/" for room in ("akva", "instruments", "consent"))

# Values and their own small methods are no stations: they travel along. So does what SQLAlchemy
# calls back while it binds a column.
VALUES = (
    "akva/model/",
    "akva/service/call.py",  # who asks, in which transaction, with which keys in hand
    "akva/service/register/drafts.py",  # the block that the gate is given
    "akva/storage/tables/",
    "akva/storage/engines/",
    "akva/vault/envelope.py",  # the place that a ciphertext is bound to
    "akva/aggregation/tabulation.py",
    "akva/aggregation/programmes/programme.py",
    "consent/events.py",
    "instruments/definition.py",
)


class Walk:
    """A profile function that notes each call that crosses from one of our files to another."""

    def __init__(self) -> None:
        self.entered: list[str] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        path = frame.f_code.co_filename
        if event != "call" or not path.startswith(ROOMS):
            return
        if path != self._caller(frame):
            self.entered.append(str(Path(path).relative_to(ROOT)))

    def _caller(self, frame: FrameType) -> str:
        before = frame.f_back
        while before is not None and not before.f_code.co_filename.startswith(ROOMS):
            before = before.f_back
        return before.f_code.co_filename if before else ""


def files_entered(use: Callable[[], object], *, asked: tuple[str, ...] = ()) -> list[str]:
    """Run a use case; calls in a row from one file into another count as one entry.

    `asked` are the data files' readers that are left out too.
    """
    walk = Walk()
    sys.setprofile(walk)
    try:
        use()
    finally:
        sys.setprofile(None)
    stations = [path for path in walk.entered if not path.startswith(VALUES + asked)]
    return [path for path, _ in groupby(stations)]
