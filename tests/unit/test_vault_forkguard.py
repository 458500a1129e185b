"""The fork guard remembers the last signed head, and lets nothing contradict it."""

import fcntl
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import pytest

from akva.errors import ForkDetected, InvalidProof, KeysUnsafe
from akva.vault.forkguard import DRAFT, GUARD, LOCK, ForkGuard, Head

ORIGIN = "akva.example/log"


def root(number: int) -> bytes:
    return sha256(b"%d" % number).digest()


def agrees(size: int, root_: bytes) -> None:
    """Accept any growth."""
    assert root(size) == root_


def refuses(_size: int, _root: bytes) -> None:
    raise InvalidProof("does not extend")


def never(_size: int, _root: bytes) -> None:
    pytest.fail("there was nothing to check")


@pytest.fixture
def guard(tmp_path: Path) -> ForkGuard:
    guard = ForkGuard(tmp_path, origin=ORIGIN)
    guard.write(Head())
    return guard


@pytest.fixture
def signed(guard: ForkGuard) -> ForkGuard:
    guard.advance(never, 3, root(3))
    return guard


def test_at_first_the_log_is_empty(guard: ForkGuard) -> None:
    assert Head(0, sha256(b"").digest()) == guard.last()


def test_a_longer_log_that_extends_the_last_is_remembered(signed: ForkGuard) -> None:
    signed.advance(agrees, 5, root(5))

    assert Head(5, root(5)) == signed.last()


def test_the_check_is_given_the_last_head(signed: ForkGuard) -> None:
    given: list[tuple[int, bytes]] = []

    signed.advance(lambda size, root_: given.append((size, root_)), 5, root(5))

    assert [(3, root(3))] == given


def test_another_guard_on_the_same_file_sees_it(signed: ForkGuard, tmp_path: Path) -> None:
    assert signed.last() == ForkGuard(tmp_path, origin=ORIGIN).last()


def test_the_same_head_may_be_signed_again(signed: ForkGuard) -> None:
    signed.advance(never, 3, root(3))

    assert Head(3, root(3)) == signed.last()


@pytest.mark.parametrize(
    ("size", "number"), [(2, 2), (0, 0), (3, 4)], ids=["shorter", "empty", "other root"]
)
def test_a_log_restored_from_yesterday_is_not_signed(
    signed: ForkGuard, size: int, number: int
) -> None:
    with pytest.raises(ForkDetected):
        signed.advance(agrees, size, root(number))

    assert Head(3, root(3)) == signed.last()


def test_an_empty_log_with_a_root_of_its_own_is_not_signed(guard: ForkGuard) -> None:
    with pytest.raises(ForkDetected):
        guard.advance(never, 0, root(1))


def test_a_log_that_does_not_extend_the_last_leaves_the_guard_alone(signed: ForkGuard) -> None:
    with pytest.raises(InvalidProof):
        signed.advance(refuses, 5, root(5))

    assert Head(3, root(3)) == signed.last()


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_root_is_32_bytes(guard: ForkGuard, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        guard.advance(never, 1, bytes(length))


WHOLE = f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


def test_the_file_is_as_documented(guard: ForkGuard, tmp_path: Path) -> None:
    assert WHOLE == (tmp_path / GUARD).read_text("utf-8")
    assert Head() == guard.last()


@pytest.mark.parametrize(
    "content",
    [
        "",
        WHOLE[:-1],
        WHOLE + "\n",
        WHOLE.replace("\n0\n", "\n00\n"),
        WHOLE.replace("\n0\n", "\n-1\n"),
        WHOLE.replace("\n0\n", "\nmany\n"),
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("47DE", "47 DE"),
        WHOLE.replace("47DE", "4"),
        WHOLE.replace("47DE", ""),
        WHOLE.replace(ORIGIN, "another.example/log"),
    ],
)
def test_a_damaged_guard_is_not_believed(guard: ForkGuard, tmp_path: Path, content: str) -> None:
    (tmp_path / GUARD).write_bytes(content.encode())

    with pytest.raises(KeysUnsafe):
        guard.advance(never, 1, root(1))


def test_a_guard_taken_away_is_not_made_anew(signed: ForkGuard, tmp_path: Path) -> None:
    (tmp_path / GUARD).unlink()

    with pytest.raises(KeysUnsafe):
        signed.advance(agrees, 5, root(5))


def test_a_draft_left_by_a_crash_is_written_over(signed: ForkGuard, tmp_path: Path) -> None:
    (tmp_path / DRAFT).write_text("half a li", encoding="utf-8")

    signed.advance(agrees, 5, root(5))

    assert Head(5, root(5)) == signed.last()


def test_a_link_in_the_drafts_place_is_not_followed(signed: ForkGuard, tmp_path: Path) -> None:
    (tmp_path / DRAFT).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"):
        signed.advance(agrees, 5, root(5))

    assert Head(3, root(3)) == signed.last()


def test_the_check_runs_under_the_lock(signed: ForkGuard, tmp_path: Path) -> None:
    def nobody_else_gets_in(_size: int, _root: bytes) -> None:
        with (tmp_path / LOCK).open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

    signed.advance(nobody_else_gets_in, 5, root(5))


def test_the_lock_is_let_go_when_the_check_refuses(signed: ForkGuard, tmp_path: Path) -> None:
    with suppress(InvalidProof):
        signed.advance(refuses, 5, root(5))

    with (tmp_path / LOCK).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def grow(directory: str, first: int) -> list[int]:
    """Sign every second size, as one of two processes; tell which went through."""
    guard, through = ForkGuard(Path(directory), origin=ORIGIN), []
    for size in range(first, 200, 2):
        with suppress(ForkDetected):
            guard.advance(agrees, size, root(size))
            through.append(size)
    return through


def test_two_processes_never_take_it_back(guard: ForkGuard, tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        through = list(pool.map(grow, [os.fspath(tmp_path)] * 2, [1, 2]))

    assert max(size for sizes in through for size in sizes) == guard.last().size
