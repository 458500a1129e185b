"""What a provider's system sends in these tests; the identity code is of the 900 series."""

from typing import Any

HETU = "131052-900W"
CLIENT: dict[str, Any] = {"hetu": HETU, "birth_year": 1952, "sex": "female", "area": "01"}
EPISODE: dict[str, Any] = {
    "service": "kiila",
    "law_basis": "6",
    "decided_on": "2025-01-07",
    "started_on": "2025-02-03",
    "ended_on": "2025-09-30",
    "diagnosis": "F00-F99",
}
EVIDENCE: dict[str, Any] = {
    "form_version": "KU-2025-1",
    "signed_on": "2025-02-03",
    "signer": "Kaija Kanaria",
    "archive_number": "AR-2025-17",
}


START, END = ("start", "2025-02-03"), ("end", "2025-09-30")


def bdi(occasion: str, day: str, value: int) -> dict[str, Any]:
    answers = {f"q{item}": value for item in range(1, 22)}
    return {"instrument": "bdi-21", "occasion": occasion, "answered_on": day, "answers": answers}


def whoqol(occasion: str, day: str, turn: int) -> dict[str, Any]:
    answers = {f"q{item}": 1 + (item * turn + turn) % 5 for item in range(1, 27)}
    return bdi(occasion, day, 0) | {"instrument": "whoqol-bref", "answers": answers}


def work(occasion: str, day: str, turn: int) -> dict[str, Any]:
    answers = {"current": turn % 11, "future": (1, 4, 7)[turn % 3], "coping": 1 + turn % 4}
    return bdi(occasion, day, 0) | {"instrument": "akv-1", "answers": answers}


def measures(n: int, *occasions: tuple[str, str]) -> list[dict[str, Any]]:
    """Give the questionnaires of the n-th client, no two alike."""
    return [
        each
        for turn, (occasion, day) in zip((n, 3 * n + 1), occasions, strict=False)
        for each in (
            bdi(occasion, day, turn % 3),
            whoqol(occasion, day, turn),
            work(occasion, day, turn),
        )
    ]


COURSE: dict[str, Any] = {
    "client": CLIENT,
    "episode": EPISODE,
    "consent": {"asked_on": "2025-02-03", "evidence": EVIDENCE},
    "assessments": [bdi(*START, 2), bdi(*END, 1)],
}
