"""The programme as a file: strict, and every fault named by file and key."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from akva.aggregation.programmes.programme import (
    ATTAINMENT,
    CHANGE,
    Bands,
    Decimals,
    Policy,
    Programme,
    Scale,
)
from akva.errors import Fault, InvalidRequest, NotFound

OPTIONAL = {"bands"}
SHAPE = {
    "id": str,
    "version": int,
    "purpose": str,
    "population": str,
    "policy": {"threshold": int, "least_in_share": int, "least_spread": float, "confidence": float},
    "decimals": {"mean": int, "sd": int, "srm": int, "share": int},
    "instruments": [
        {
            "id": str,
            "edition": str,
            "rule": str,
            "indicator": str,
            "scales": [str],
            "bands": {"scale": str, "set": str, "classes": [str]},
        }
    ],
}
LEAST_THRESHOLD, LEAST_IN_SHARE, FINEST = 5, 3, 3  # no programme may ask for less protection


def ids() -> list[str]:
    """Name the programmes of this room."""
    names = (file.name for file in files(__package__).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def load(id: str) -> Programme:  # noqa: A002 - promised name
    """Read a programme of this room; raises NotFound, or InvalidRequest naming file and keys."""
    name = f"{id}.toml"
    place = files(__package__).joinpath(name)
    if not re.fullmatch(r"[a-z][a-z0-9-]*", id) or not place.is_file():
        raise NotFound("there is no such programme")
    return read(place.read_text("utf-8"), name)


def read(text: str, name: str) -> Programme:
    """Parse a programme's file; raises InvalidRequest with every fault, by file and key."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidRequest(fault(name, str(error))) from None
    faults = list(misshapen(plain, SHAPE)) or list(unsound(plain, name))
    if faults:
        raise InvalidRequest(*(fault(f"{name}: {where[1:]}", why) for where, why in faults))
    return Programme(
        id=plain["id"],
        version=plain["version"],
        purpose=plain["purpose"],
        population=plain["population"],
        policy=Policy(**plain["policy"]),
        decimals=Decimals(**plain["decimals"]),
        scales=tuple(scale for each in plain["instruments"] for scale in scales_of(each)),
    )


def fault(where: str, why: str) -> Fault:
    return Fault("invalid-programme", where, why, "correct the programme's file")


def misshapen(value: object, shape: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key that is missing, unknown or of another type, and why."""
    if isinstance(shape, dict) and isinstance(value, dict):
        missing, unknown = shape.keys() - value - OPTIONAL, value.keys() - shape
        yield from ((f"{where}.{key}", "is missing") for key in sorted(missing))
        yield from ((f"{where}.{key}", "is not known") for key in sorted(unknown))
        for key in sorted(shape.keys() & value):
            yield from misshapen(value[key], shape[key], f"{where}.{key}")
    elif isinstance(shape, list) and isinstance(value, list):
        for index, each in enumerate(value):
            yield from misshapen(each, shape[0], f"{where}[{index}]")
    elif type(value) is not shape:
        yield where, f"is no {getattr(shape, '__name__', type(shape).__name__)}"


def unsound(plain: Mapping[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """Yield what would weaken the protection or make the tables ambiguous."""
    policy, decimals = plain["policy"], plain["decimals"].values()
    ids = [each["id"] for each in plain["instruments"]]
    rules = {
        ".id": (f"{plain['id']}.toml" == name, "is not the file's name"),
        ".policy.threshold": (policy["threshold"] >= LEAST_THRESHOLD, "is too low to protect"),
        ".policy.least_in_share": (policy["least_in_share"] >= LEAST_IN_SHARE, "is too low"),
        ".policy.least_spread": (policy["least_spread"] > 0, "is not above 0"),
        ".policy.confidence": (0 < policy["confidence"] < 1, "is not between 0 and 1"),
        ".decimals": (all(0 <= places <= FINEST for places in decimals), "is out of range"),
        ".instruments": (0 < len(ids) == len(set(ids)), "is empty or repeats an instrument"),
    }
    for index, each in enumerate(plain["instruments"]):
        where, scales, bands = f".instruments[{index}]", each["scales"], each.get("bands")
        banded = not bands or (each["indicator"] == CHANGE and bands["scale"] in scales)
        rules |= {
            f"{where}.indicator": (each["indicator"] in {CHANGE, ATTAINMENT}, "is not known"),
            f"{where}.scales": (0 < len(scales) == len(set(scales)), "is empty or repeats a scale"),
            f"{where}.bands": (banded, "are of no declared scale that changes"),
        }
    yield from ((where, why) for where, (sound, why) in rules.items() if not sound)


def scales_of(plain: Mapping[str, Any]) -> Iterator[Scale]:
    bands = plain.get("bands", {})
    for scale in plain["scales"]:
        banded = bands.get("scale") == scale
        yield Scale(
            instrument=plain["id"],
            scale=scale,
            edition=plain["edition"],
            rule=plain["rule"],
            indicator=plain["indicator"],
            bands=Bands(set=bands["set"], classes=tuple(bands["classes"])) if banded else None,
        )
