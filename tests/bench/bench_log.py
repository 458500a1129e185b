"""What an append to the log costs beside its two hashes, and how soon the programs answer."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from timeit import timeit

import pymerkle

from akva.transparency import growth, merkle
from tests.small_log import small_log

ROUNDS, STARTS = 9, 7
ENTRIES = [b"%0300d" % i for i in range(10_000)]  # as long as a leaf
SIBLING = bytes(32)
EAGER = (
    "import sqlalchemy, numpy, scipy.stats, cryptography.hazmat.primitives.ciphers.aead, "
    "cryptography.hazmat.primitives.asymmetric.ed25519, akva.wiring"
)


def measure() -> list[tuple[str, float, str]]:
    """Time all ways in turns and take the median of each round's ratio; ratios have no unit."""
    return [*_appends(), *_starts()]


def _appends() -> list[tuple[str, float, str]]:
    rounds = _interleaved(
        {
            "limit": _hash_twice,
            "append": lambda: _append(1000),
            "course": lambda: _append(30),
            "pymerkle": _append_to_pymerkle,
        },
        ROUNDS,
    )
    return [
        (
            "append, one root per 1,000 ÷ a leaf and a node hash",
            _ratio(rounds, "append", over="limit"),
            "<= 2.5",
        ),
        (
            "append, one root per 30 (a course) ÷ a leaf and a node hash",
            _ratio(rounds, "course", over="limit"),
            "no goal: what small batches cost",
        ),
        (
            "pymerkle append in memory ÷ append, one root per 1,000",
            _ratio(rounds, "pymerkle", over="append"),
            ">= 5",
        ),
    ]


def _hash_twice() -> None:
    for entry in ENTRIES:
        sha256(b"\x00" + entry).digest()
        sha256(b"\x01" + SIBLING + SIBLING).digest()


def _append(batch: int) -> None:
    tree = growth.extend(0, (), ())
    for start in range(0, len(ENTRIES), batch):
        hashes = [merkle.leaf_hash(entry) for entry in ENTRIES[start : start + batch]]
        tree = growth.extend(tree.size, tree.frontier, hashes)


def _append_to_pymerkle() -> None:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        tree.append_entry(entry)


def _starts() -> list[tuple[str, float, str]]:
    """Time whole processes, the interpreter's own start included on both sides."""
    python = Path(sys.executable)
    log = small_log()
    with TemporaryDirectory() as folder:
        export = log.export(Path(folder, "export"), len(log.leaves))
        verify: list[Path | str] = [
            python.with_name("akva-verify"),
            "log",
            export,
            "--key",
            log.key,
        ]
        rounds = _interleaved(
            {
                "eager": lambda: _run([python, "-c", EAGER]),
                "help": lambda: _run([python.with_name("akva"), "--help"]),
                "verify": lambda: _run(verify),
            },
            STARTS,
        )
    eager = "an eager import of everything"
    return [
        (f"akva --help ÷ {eager}", _ratio(rounds, "help", over="eager"), "<= 0.15"),
        (f"akva-verify log ÷ {eager}", _ratio(rounds, "verify", over="eager"), "<= 0.15"),
    ]


def _run(command: list[Path | str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _interleaved(ways: dict[str, Callable[[], None]], rounds: int) -> list[dict[str, float]]:
    return [{name: timeit(way, number=1) for name, way in ways.items()} for _ in range(rounds)]


def _ratio(rounds: list[dict[str, float]], way: str, *, over: str) -> float:
    return median(seconds[way] / seconds[over] for seconds in rounds)


if __name__ == "__main__":
    for name, ratio, goal in measure():
        sys.stdout.write(f"{name}: {ratio:.2f} ({goal})\n")
