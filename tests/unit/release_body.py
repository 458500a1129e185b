"""A release body in the published shape, made by rule, with hidden, absent and shown cells."""

from collections.abc import Iterator
from typing import Any

SERVICES = (
    "akse",
    "diabeteskurssi",
    "kiila",
    "mielenterveyskurssi",
    "nuotti",
    "oma-vayla",
    "taito",
    "teak",
    "tules-kurssi",
)
SMALL = {"diabeteskurssi", "taito"}
START_ONLY = {"akse"}
SIZES = (178, 11, 142, 121, 131, 199, 12, 159, 296)  # episodes, in the order of SERVICES

COVERAGE = ("not-asked", "asked", "refused", "unverified", "withdrawn", "consented")
LOSSES = (
    "not-reported",
    "no-start",
    "no-end",
    "end-not-required",
    "not-due",
    "not-scored",
    "unmatched",
)
BANDS = ("minimal", "mild", "moderate", "severe")

# Scale: mean at the start, change, half the interval at n = 600, standard deviation.
SCALES = {
    "bdi-21/total": (15.7, -3.4, 0.8, 11.9),
    "whoqol-bref/quality_of_life": (3.2, 0.2, 0.1, 0.9),
    "whoqol-bref/general_health": (2.9, 0.3, 0.1, 1.0),
    "whoqol-bref/physical": (58.7, 6.0, 1.3, 17.2),
    "whoqol-bref/psychological": (57.2, 6.1, 1.4, 19.0),
    "whoqol-bref/social": (62.0, 3.2, 1.6, 20.0),
    "whoqol-bref/environment": (67.5, 0.4, 1.2, 16.0),
    "akv-1/current": (5.4, 0.5, 0.1, 1.8),
    "akv-1/future": (4.1, 0.6, 0.2, 2.3),
}


def body() -> dict[str, Any]:
    """Make a fresh body; a test may break it at will."""
    return {
        "programme": {"id": "akva-services", "version": 1},
        "round": {"year": 2025, "ended_from": "2025-01-01", "ended_before": "2026-01-01"},
        "policy": {"threshold": 10},
        "services": list(SERVICES),
        "tables": list(tables()),
        "definitions": {
            name: {"edition": edition, "definition": f"sha256:{digit * 64}", "rule": rule}
            for name, edition, digit, rule in (
                ("bdi-21", "fi-population", "a", "complete"),
                ("whoqol-bref", "1996", "b", "who-spss"),
                ("akv-1", "2017", "c", "complete"),
                ("gas", "1968", "d", "kiresuk"),
            )
        },
        "cells": list(cells()),
        "figures": list(figures()),
    }


def tables() -> Iterator[dict[str, Any]]:
    yield {"id": "coverage", "parent": None, "classes": list(COVERAGE), "unit": "episodes"}
    for scale in SCALES:
        yield {
            "id": scale,
            "parent": ["coverage", "consented"],
            "classes": [*LOSSES, "paired"],
            "unit": "people",
            "polarity": "lower" if scale.startswith("bdi") else "higher",
        }
    for when in ("start", "end"):
        yield {
            "id": f"bdi-21/{when}-band",
            "parent": ["bdi-21/total", "paired"],
            "classes": list(BANDS),
            "unit": "people",
        }
    yield {
        "id": "gas/t",
        "parent": ["coverage", "consented"],
        "classes": ["not-reported", "no-end", "not-scored", "rated"],
        "unit": "people",
    }


def row(service: str, table: str, name: str, n: int) -> dict[str, Any]:
    """Make a cell; a count below 10 is hidden."""
    place = {"service": service, "table": table, "class": name}
    if n < 10:
        return {**place, "status": "suppressed"}
    return {**place, "status": "published", "n": n}


def counts(size: int, shares: tuple[float, ...]) -> list[int]:
    """Split a size by shares; the last class takes the rest."""
    parts = [int(size * share) for share in shares]
    return [*parts, size - sum(parts)]


def pairs(service: str, consented: int) -> list[int]:
    if service in START_ONLY:
        return counts(consented, (0.03, 0.03, 0.0, 0.9, 0.0, 0.02, 0.0))
    return counts(consented, (0.02, 0.03, 0.09, 0.0, 0.05, 0.06, 0.02))


def cells() -> Iterator[dict[str, Any]]:
    for service, size in (("all", sum(SIZES)), *zip(SERVICES, SIZES, strict=True)):
        covered = counts(size, (0.08, 0.0, 0.12, 0.06, 0.05))
        yield row(service, "coverage", "total", size)
        for name, n in zip(COVERAGE, covered, strict=True):
            yield row(service, "coverage", name, n)
        for scale in SCALES:
            for name, n in zip((*LOSSES, "paired"), pairs(service, covered[-1]), strict=True):
                yield row(service, scale, name, n)
        paired = pairs(service, covered[-1])[-1]
        for when, shares in (("start", (0.38, 0.3, 0.2)), ("end", (0.51, 0.28, 0.14))):
            for name, n in zip(BANDS, counts(paired, shares), strict=True):
                yield row(service, f"bdi-21/{when}-band", name, n)
        rated = counts(covered[-1], (0.02, 0.12, 0.02))
        for name, n in zip(("not-reported", "no-end", "not-scored", "rated"), rated, strict=True):
            yield row(service, "gas/t", name, n)


def figures() -> Iterator[dict[str, Any]]:
    """Make the statistics of every published row, a little different by service."""
    for found in list(cells()):
        n = found.get("n")
        if n is None:
            continue
        shift = 0 if found["service"] == "all" else SERVICES.index(found["service"]) - 4
        if found["class"] == "paired":
            yield from change_figures(found["service"], found["table"], n, shift)
        if found["class"] == "rated":
            value, half = 0.58 + 0.015 * shift, 0.5 / n**0.5
            yield {
                "service": found["service"],
                "table": found["table"],
                "class": "rated",
                "statistic": "share_at_least_expected",
                "value": value,
                "lower": value - half,
                "upper": value + half,
                "confidence": 0.95,
                "method": "Wilson",
                "n": n,
                "goals": 2 * n,
            }


def change_figures(service: str, table: str, n: int, shift: int) -> Iterator[dict[str, Any]]:
    start, change, half, spread = SCALES[table]
    start, change = start * (1 + 0.04 * shift), change * (1 + 0.12 * shift)
    half *= (600 / n) ** 0.5
    place = {"service": service, "table": table, "class": "paired", "n": n, "confidence": 0.95}
    for name, value in (
        ("mean_start", start),
        ("sd_start", spread),
        ("mean_end", start + change),
        ("sd_end", spread * 0.95),
        ("srm", change / spread),
    ):
        yield {**place, "statistic": name, "value": value, "method": "plain"}
    yield {
        **place,
        "statistic": "mean_change",
        "value": change,
        "lower": change - half,
        "upper": change + half,
        "method": "paired t",
    }
