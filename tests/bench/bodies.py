"""What both servers are sent: the same answers, the same courses, drawn from one seed."""

import json
from random import Random
from typing import Any
from uuid import UUID

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
TEMPORARY = range(900, 1000)  # numbers that are nobody's
NDJSON = "application/x-ndjson"
STARTED = "2025-02-03"
OCCASIONS = ("start", "end", "follow_up")


def drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - answers of nobody


def answers(draw: Random) -> dict[str, int]:
    return {f"q{item}": draw.randint(1, 5) for item in range(1, 27)}


def measure(draw: Random, occasion: str = "start") -> dict[str, Any]:
    return {
        "instrument": "whoqol-bref",
        "occasion": occasion,
        "answered_on": STARTED,
        "answers": answers(draw),
    }


def assessment(draw: Random, episode: UUID) -> dict[str, Any]:
    return {"episode": str(episode), **measure(draw, draw.choice(OCCASIONS))}


def course(draw: Random, nth: int) -> dict[str, Any]:
    """Make a course whose client agreed; `nth` makes it another person's."""
    hetu = identity(nth)
    return {
        "client": {
            "hetu": hetu,
            "reference": f"bench-{nth}",
            "birth_year": 1900 + int(hetu[4:6]),
            "sex": "female",
            "area": "08",
        },
        "episode": {
            "service": "kiila",
            "law_basis": "6",
            "decided_on": "2025-01-07",
            "started_on": STARTED,
            "diagnosis": "F00-F99",
        },
        "consent": {
            "asked_on": STARTED,
            "evidence": {
                "form_version": "2025-1",
                "signed_on": STARTED,
                "signer": "Testi Allekirjoittaja",
                "archive_number": f"A-{nth}",
            },
        },
        "assessments": [measure(draw)],
    }


def identity(nth: int) -> str:
    """Make the nth temporary personal identity code; there are some 1.6 million."""
    nth, number = divmod(nth, len(TEMPORARY))
    nth, day = divmod(nth, 28)
    year, month = divmod(nth, 12)
    digits = f"{day + 1:02}{month + 1:02}{50 + year:02}{TEMPORARY[number]}"
    return f"{digits[:6]}-{digits[6:]}{CHECK[int(digits) % len(CHECK)]}"


def as_array(records: list[dict[str, Any]]) -> bytes:
    return json.dumps(records).encode()


def as_lines(records: list[dict[str, Any]]) -> bytes:
    return b"".join(map(line, records))


def line(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode() + b"\n"
