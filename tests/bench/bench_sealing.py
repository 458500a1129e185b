"""What sealing a record costs, beside the bare cipher and beside Fernet, in one run."""

import sys
from collections.abc import Callable
from os import urandom
from statistics import median
from timeit import timeit
from uuid import UUID, uuid4

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from akva.vault.datakeys import DataKey, Purpose
from akva.vault.envelope import Place
from akva.vault.sealing import seal

RECORD_BYTES = 200
ROUNDS, CALLS = 201, 100  # short turns: a shared machine changes its pace between long ones


def measure() -> list[tuple[str, float, str]]:
    """Time the ways in turns and take the median of each round's ratio; ratios have no unit.

    The bare cipher is given a ready nonce and binds nothing: the hardest peer to stand beside.
    """
    record, fernet = urandom(RECORD_BYTES), Fernet(Fernet.generate_key())
    bare, nonce = AESGCM(urandom(32)), urandom(12)
    key, ids = DataKey(Purpose.RECORD, 1, urandom(32)), (uuid4(), uuid4(), uuid4())
    place = _place(*ids)
    rounds = _interleaved(
        {
            "bare": lambda: bare.encrypt(nonce, record, None),
            "seal": lambda: seal(record, key, place),
            "seal and place": lambda: seal(record, key, _place(*ids)),
            "fernet": lambda: fernet.encrypt(record),
        }
    )
    size = len(seal(record, key, place)) / len(fernet.encrypt(record))
    return [
        ("seal ÷ bare cached AESGCM, 200 B", _ratio(rounds, "seal", over="bare"), "<= 3"),
        ("Fernet ÷ seal, 200 B", _ratio(rounds, "fernet", over="seal"), ">= 4"),
        ("sealed bytes ÷ Fernet's, 200 B", size, "<= 0.7"),
        (
            "seal and its Place's making ÷ bare cached AESGCM, 200 B",
            _ratio(rounds, "seal and place", over="bare"),
            "no goal: what binding to the place costs",
        ),
    ]


def _interleaved(ways: dict[str, Callable[[], object]]) -> list[dict[str, float]]:
    return [{name: timeit(way, number=CALLS) for name, way in ways.items()} for _ in range(ROUNDS)]


def _ratio(rounds: list[dict[str, float]], way: str, *, over: str) -> float:
    return median(seconds[way] / seconds[over] for seconds in rounds)


def _place(row_id: UUID, provider_id: UUID, client_id: UUID) -> Place:
    return Place("assessments", "sealed", row_id, provider_id, client_id)


if __name__ == "__main__":
    for name, ratio, goal in measure():
        sys.stdout.write(f"{name}: {ratio:.2f} ({goal})\n")
