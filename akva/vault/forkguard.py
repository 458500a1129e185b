"""The fork guard: the last head that was signed, kept beside the keys and never in a backup.

A log restored from yesterday would sign a second history; the guard is what remembers the first.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path

from akva.errors import ForkDetected, KeysUnsafe

GUARD, LOCK, DRAFT = "log.guard", "log.guard.lock", "log.guard.new"
ROOT_BYTES = 32
MEND = "never bring it back from a backup; if it is lost, start a new log under a new origin"


@dataclass(frozen=True, slots=True)
class Head:
    """A tree's size and root; at first RFC 6962's tree without leaves."""

    size: int = 0
    root: bytes = sha256(b"").digest()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.root) != ROOT_BYTES:
            raise ValueError("a head is a size from 0 and a root of 32 bytes")


class ForkGuard:
    """Lets the signed head only grow: one file and one lock for whoever signs on this machine."""

    def __init__(self, directory: Path, *, origin: str) -> None:
        self._directory = directory
        self._origin = origin

    def advance(self, check: Callable[[int, bytes], None], size: int, root: bytes) -> None:
        """Remember a new head, durably, before it is signed.

        `check(size, root)` is given the last head, under the lock, and raises unless the new one
        extends it; it is not called for the same head again, nor while nothing was signed. Raises
        ForkDetected for a smaller tree, or another one of the same size, and KeysUnsafe if the
        guard itself is missing or damaged.
        """
        new = Head(size, root)
        with self._locked():
            last = self.last()
            if new == last:
                return
            if size <= last.size:
                raise ForkDetected("the log contradicts the checkpoint signed last: do not sign")
            if last.size > 0:
                check(last.size, last.root)
            self.write(new)

    def last(self) -> Head:
        """Read the last head; KeysUnsafe if it is missing, damaged or another log's."""
        try:
            text = (self._directory / GUARD).read_bytes().decode()
            _, size, root, _ = text.split("\n")
            head = Head(int(size), b64decode(root))
        except (OSError, ValueError):
            raise KeysUnsafe(f"{GUARD} is missing or damaged: {MEND}") from None
        if text != self._text(head):
            raise KeysUnsafe(f"{GUARD} is damaged or another log's: {MEND}")
        return head

    def write(self, head: Head) -> None:
        """Put the head in place so that a power failure leaves the old one or the new one."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        draft = self._directory / DRAFT
        with os.fdopen(os.open(draft, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(self._text(head))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._directory / GUARD)
        sync(self._directory)

    def _text(self, head: Head) -> str:
        return f"{self._origin}\n{head.size}\n{b64encode(head.root).decode()}\n"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        handle = os.open(self._directory / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            flock(handle, LOCK_EX)
            yield
        finally:
            os.close(handle)  # and with it the lock


def sync(directory: Path) -> None:
    """Make a directory's entries durable."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
