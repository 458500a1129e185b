"""What a definition must not contradict: its own names, ranges, rules and bands."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from instruments.definition import (
    GOAL_METHODS,
    Alert,
    BandSet,
    Enough,
    Goals,
    Item,
    Mcid,
    Reliability,
    Rule,
    Scale,
)
from instruments.scored import REASONS

Faults = Iterator[tuple[str, str]]  # (key, why)
MOST_VALUE = 100  # an option's; the engine keeps 255 for missing and needs room to turn items
MOST_SPREAD = 255  # of a scale's sums, which the engine counts in bytes
NAMED = ("items", "rules", "scales", "alerts")
OF_A_SCALE = ("bands", "reliability", "mcid")


def contradictions(parts: Mapping[str, Any], declared: Mapping[str, Sequence[str]]) -> Faults:
    """Check what could be read; `declared` are all ids of the file, readable or not."""
    items: dict[str, Item] = {item.id: item for item in parts.get("items", ())}
    scales: dict[str, Scale] = {scale.id: scale for scale in parts.get("scales", ())}
    for array in NAMED:
        yield from twice(array, declared.get(array, ()))
    for item in items.values():
        yield from item_faults(item)
    for scale in scales.values():
        yield from scale_faults(scale, items, declared.get("items", ()))
    yield from goal_faults(parts.get("goals"), scales, declared)
    yield from rules_faults(parts.get("rules", ()), scales, declared.get("scales", ()))
    yield from bands_faults(parts.get("bands", ()), scales)
    for array in OF_A_SCALE:
        yield from belonging_faults(array, parts.get(array, ()), declared.get("scales", ()))
    for alert in parts.get("alerts", ()):
        yield from alert_faults(alert, scales, declared)


def twice(key: str, ids: Sequence[str]) -> Faults:
    yield from (
        (f"{key}[{name}]", "stands twice") for name in sorted({*ids}) if ids.count(name) > 1
    )


def item_faults(item: Item) -> Faults:
    key = f"items[{item.id}]"
    if not item.options:
        yield f"{key}.options", "are empty"
    if any(not 0 <= value <= MOST_VALUE for value in item.options.values()):
        yield f"{key}.options", f"must be worth 0 to {MOST_VALUE}"
    for code, reason in item.absent.items():
        if not code.isdecimal() or int(code) > MOST_VALUE:
            yield f"{key}.absent.{code}", f"must be a whole number up to {MOST_VALUE}"
        elif code in item.options or int(code) in item.options.values():
            yield f"{key}.absent.{code}", "is an option too"
        if reason not in REASONS:
            yield f"{key}.absent.{code}", "names no reason of instruments.REASONS"


def scale_faults(scale: Scale, items: Mapping[str, Item], declared: Sequence[str]) -> Faults:
    key = f"scales[{scale.id}]"
    yield from twice(f"{key}.items", scale.items)
    yield from twice(f"{key}.transforms", [transform.id for transform in scale.transforms])
    for name in scale.items:
        if name not in declared:
            yield f"{key}.items", f"names {name}, which is no item"
    for name in scale.reversed:
        if name not in scale.items:
            yield f"{key}.reversed", f"names {name}, which is not in the scale"
    if scale.range[0] >= scale.range[1]:
        yield f"{key}.range", "does not rise"
    own = [items[name] for name in scale.items if name in items and items[name].options]
    if own and len(own) == len(scale.items):
        yield from mixture_faults(scale, own)
        yield from span_faults(scale, own)


def mixture_faults(scale: Scale, own: Sequence[Item]) -> Faults:
    """Ask of items that score together to count from one lowest value, and to turn alike."""
    key = f"scales[{scale.id}].items"
    if len({item.low for item in own}) > 1:
        yield key, "do not share their lowest value"
    turning = scale.reversed or scale.method != "sum"
    if turning and len({item.high for item in own}) > 1:
        yield key, "do not share their highest value"
    if len(own) > 1 and any(item.absent for item in own):
        yield key, "hold an item with absent codes, which must stand in a scale of its own"


def span_faults(scale: Scale, own: Sequence[Item]) -> Faults:
    """Hold the range and the tables against what the items can sum up to."""
    low, high = sum(item.low for item in own), sum(item.high for item in own)
    if high - low > MOST_SPREAD:
        yield f"scales[{scale.id}].items", f"spread over more than {MOST_SPREAD}"
    if scale.method == "sum" and scale.range != (low, high):
        yield f"scales[{scale.id}].range", "is not what the items can sum up to"
    for transform in scale.transforms:
        if transform.method == "lookup" and len(transform.table) != high - low + 1:
            key = f"scales[{scale.id}].transforms[{transform.id}].table"
            yield key, "must hold one value for each possible sum"


def goal_faults(
    goals: Goals | None, scales: Mapping[str, Scale], declared: Mapping[str, Sequence[str]]
) -> Faults:
    """Ask for goals or items, never both, and for scales of a method that fits."""
    if goals is not None and declared.get("items"):
        yield "goals", "stand beside items"
    if goals is not None and not all(low < high for low, high in pairwise(goals.levels)):
        yield "goals.levels", "do not rise"
    if goals is not None and not 0 <= goals.rho < 1:
        yield "goals.rho", "must be from 0 to under 1"
    for scale in scales.values():
        if (scale.method in GOAL_METHODS) != (goals is not None):
            yield f"scales[{scale.id}].method", "does not fit: goals and items score differently"
        if bool(scale.items) == (goals is not None):
            yield f"scales[{scale.id}].items", "must be named, except where there are goals"


def rules_faults(
    rules: Sequence[Rule], scales: Mapping[str, Scale], known: Sequence[str]
) -> Faults:
    if rules and sum(rule.default for rule in rules) != 1:
        yield "rules.default", "must be true exactly once"
    for rule in rules:
        key = f"rules[{rule.id}].scales"
        for name, enough in rule.scales.items():
            if name not in known:
                yield f"{key}.{name}", "names no scale"
            elif name in scales:
                yield from enough_faults(f"{key}.{name}", scales[name], enough)
        for name, scale in scales.items():
            if scale.items and name not in rule.scales:
                yield f"{key}.{name}", "is missing"


def enough_faults(key: str, scale: Scale, enough: Enough) -> Faults:
    if not 1 <= enough.answered <= len(scale.items):
        yield f"{key}.answered", "must be from 1 to the number of the scale's items"
    elif (enough.method or scale.method) == "sum" and enough.answered < len(scale.items):
        yield f"{key}.answered", "would let a sum pass with items missing"


def bands_faults(bands: Sequence[BandSet], scales: Mapping[str, Scale]) -> Faults:
    for scale in {each.scale for each in bands}:
        if sum(each.default for each in bands if each.scale == scale) != 1:
            yield f"bands[{scale}].default", "must be true exactly once for a scale"
    for each in bands:
        key = f"bands[{each.id}].lowest"
        lows = list(each.lowest.values())
        if not all(low < high for low, high in pairwise(lows)):
            yield key, "do not rise"
        if each.scale in scales and lows[:1] != [scales[each.scale].range[0]]:
            yield key, "do not start at the lowest score"
        if each.scale in scales and lows and lows[-1] > scales[each.scale].range[1]:
            yield key, "end above the highest score"


def belonging_faults(
    array: str, parts: Sequence[BandSet | Reliability | Mcid], known: Sequence[str]
) -> Faults:
    for part in parts:
        if part.scale not in known:
            yield f"{array}[{part.scale}].scale", "names no scale"
        if isinstance(part, Reliability) and not 0 < part.r < 1:
            yield f"{array}[{part.scale}].r", "must lie between 0 and 1"


def alert_faults(
    alert: Alert, scales: Mapping[str, Scale], declared: Mapping[str, Sequence[str]]
) -> Faults:
    key = f"alerts[{alert.id}]"
    sums = {name for name, scale in scales.items() if scale.method == "sum"}
    checks = (
        ((alert.item is None) == (alert.scale is None), key, "must watch one item or one scale"),
        ((alert.at_least is None) != alert.blank, key, "must be raised by a value or by a blank"),
        (alert.blank and alert.item is None, f"{key}.blank", "needs an item"),
        (alert.item not in (None, *declared.get("items", ())), f"{key}.item", "names no item"),
        (alert.scale not in (None, *declared.get("scales", ())), f"{key}.scale", "names no scale"),
        (alert.scale in scales.keys() - sums, f"{key}.scale", "must be a sum"),
    )
    yield from ((where, why) for wrong, where, why in checks if wrong)
