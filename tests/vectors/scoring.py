"""Reads the scoring vectors, and tells where an instrument disagrees with one."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from instruments import Instrument, InvalidResponse, Scored

FOLDER = Path(__file__).parent
DEFINITIONS = FOLDER.parents[1] / "instruments" / "definitions"
EXACT = 1e-9

Case = dict[str, Any]


@cache
def document(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def response(instrument: Instrument, case: Case) -> object:
    """Build what would be sent; "" stands for missing, which TOML has no word for."""
    if "answers" in case:
        items = [item.id for item in instrument.contents.items]
        answers = zip(items, case["answers"], strict=True)
        return {item: None if answer == "" else answer for item, answer in answers}
    goals = zip(case["weights"], case["levels"], strict=True)
    return [{"weight": w, "attained": None if x == "" else x} for w, x in goals]


def disagreements(instrument: Instrument, case: Case) -> list[str]:
    """Name everything in which the instrument's answer to a case is another."""
    sent = response(instrument, case)
    rule, coding = case.get("rule"), case.get("coding", "raw")
    try:
        scored = instrument.score_one(sent, rule=rule, coding=coding)
    except InvalidResponse as refusal:
        codes = {fault.code for fault in refusal.faults}
        return [] if codes == {case.get("refused")} else [f"{case['id']}: refused"]
    if "refused" in case:
        return [f"{case['id']}: not refused"]
    return [f"{case['id']}: {key}" for key in differing(scored, case)]


def differing(scored: Scored, case: Case) -> Iterator[str]:
    tolerance = case.get("tolerance", EXACT)
    for key, expected in case.get("values", {}).items():
        got = value(scored, key)
        if got is None or abs(got - expected) > tolerance * max(1, abs(expected)):
            yield key
    for scale, reason in case.get("reasons", {}).items():
        if (None, reason) != (scored.scores[scale].value, scored.scores[scale].reason):
            yield f"{scale}, its reason"
    for key, label in case.get("bands", {}).items():
        scale, _, bands = key.partition("/")
        if scored.bands.get(scale, {}).get(bands) != label:
            yield f"{key}, its band"
    if "alerts" in case and list(scored.alerts) != case["alerts"]:
        yield "alerts"


def value(scored: Scored, key: str) -> float | None:
    scale, _, transform = key.partition("/")
    score = scored.scores[scale]
    return score.transforms[transform] if transform else score.value
