"""Scores computed elsewhere: taken for what they are, or compared with what the answers give."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from akva.errors import Fault, InvalidRequest
from instruments import Instrument, Scored
from instruments.definition import Scale

NEAR = 1e-9  # two programs may round a last bit differently


def taken(instrument: Instrument, scores: Mapping[str, float], rule: str | None) -> dict[str, Any]:
    """Give the result of scores alone, with their bands; raises InvalidRequest, UnknownRule.

    How many items were answered nobody has told: none are counted.
    """
    contents, name = instrument.contents, instrument.rule(rule).id
    scales = {scale.id: scale for scale in contents.scales}
    if faults := tuple(misfits(scales, scores)):
        raise InvalidRequest(*faults)
    values = {scale: float(value) for scale, value in scores.items()}
    return {
        "instrument": contents.id,
        "edition": contents.edition,
        "definition": instrument.definition,
        "scored_elsewhere": True,
        "scores": {scale: score(scales[scale], value, name) for scale, value in values.items()},
        "bands": {
            scale: labels
            for scale, value in values.items()
            if (labels := bands(instrument, scale, value))
        },
        "alerts": [
            alert.id
            for alert in contents.alerts
            if alert.scale in values and values[alert.scale] >= (alert.at_least or 0)
        ],
    }


def misfits(scales: Mapping[str, Scale], scores: Mapping[str, float]) -> Iterator[Fault]:
    for name, value in scores.items():
        if name not in scales:
            yield unknown(name)
            continue
        lowest, highest = scales[name].range
        if not (isfinite(value) and lowest <= value <= highest):
            yield Fault(
                "value-out-of-range", at(name), "not within the scale's range", "check the score"
            )


def score(scale: Scale, value: float, rule: str) -> dict[str, Any]:
    return {
        "value": value,
        "answered": 0,
        "items": len(scale.items),
        "rule": rule,
        "reason": None,
        "flags": [],
        "transforms": {},
    }


def bands(instrument: Instrument, scale: str, value: float) -> dict[str, str]:
    sets = (each for each in instrument.contents.bands if each.scale == scale)
    return {each.id: each.label(value) for each in sets}


def compare(scored: Scored, scores: Mapping[str, float]) -> None:
    """Raise InvalidRequest for each score that is not what the answers give."""
    if faults := tuple(differences(scored, scores)):
        raise InvalidRequest(*faults)


def differences(scored: Scored, scores: Mapping[str, float]) -> Iterator[Fault]:
    for name, value in scores.items():
        if name not in scored.scores:
            yield unknown(name)
            continue
        ours = scored.scores[name].value
        if ours is None or not abs(ours - value) <= NEAR:
            yield Fault(
                "scores-differ",
                at(name),
                "the answers give another score",
                "leave the scores out, or check the answers and the rule",
            )


def unknown(name: str) -> Fault:
    return Fault("unknown-code", at(name), "the instrument has no such scale", "see its scales")


def at(name: str) -> str:
    escaped = name.replace("~", "~0").replace("/", "~1")
    return f"/scores/{escaped}"
