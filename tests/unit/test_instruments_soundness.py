"""What a definition must not contradict: each contradiction is found by its key."""

import pytest

from instruments import InvalidDefinition
from instruments.loader import parse
from tests.unit.test_instruments_loader import SMALL
from tests.vectors.scoring import DEFINITIONS

WHOQOL, GAS, AKV = (
    (DEFINITIONS / f"{name}.toml").read_text("utf-8") for name in ("whoqol-bref", "gas", "akv-1")
)
NEW_ALERT = '[[alerts]]\nid = "new"\nsource = "k"\n'


def item(name: str, *, highest: int) -> str:
    words = 'topic = { fi = "a", sv = "b", en = "c" }'
    return f'{{ id = "{name}", {words}, options = {{ "0" = 0, "{highest}" = {highest} }} }}'


def keys(text: str, file: str) -> list[str]:
    with pytest.raises(InvalidDefinition) as refusal:
        parse(text, file=file)
    return [fault.key for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("said", "instead", "key"),
    [
        ('{ id = "q2"', '{ id = "q1"', "items[q1]"),
        ('["q1", "q2"]', '["q1", "q3"]', "scales[total].items"),
        ('["q1", "q2"]', '["q1", "q1"]', "scales[total].items[q1]"),
        ('["q1", "q2"]\n', '["q1", "q2"]\nreversed = ["q3"]\n', "scales[total].reversed"),
        ("[2, 4]", "[4, 2]", "scales[total].range"),
        ("[2, 4]", "[0, 4]", "scales[total].range"),
        ('"2" = 2 } },\n]', '"2" = 101 } },\n]', "items[q2].options"),
        ('{ "1" = 1, "2" = 2 } },\n]', "{} },\n]", "items[q2].options"),
        ('"1" = 1, "2" = 2 } },\n]', '"0" = 0, "2" = 2 } },\n]', "scales[total].items"),
        ('default = true\nsource = "g"', 'source = "g"', "rules.default"),
        ("total = { answered = 2 }", "sum = { answered = 2 }", "rules[complete].scales.sum"),
        ("total = { answered = 2 }", "", "rules[complete].scales.total"),
        ("answered = 2 }", "answered = 3 }", "rules[complete].scales.total.answered"),
        ("answered = 2 }", "answered = 0 }", "rules[complete].scales.total.answered"),
        ("answered = 2 }", "answered = 1 }", "rules[complete].scales.total.answered"),
        ("low = 2, high = 3", "low = 3, high = 2", "bands[two].lowest"),
        ("low = 2,", "low = 1,", "bands[two].lowest"),
        ("high = 3", "high = 5", "bands[two].lowest"),
        ("lowest = { low = 2, high = 3 }", "lowest = {}", "bands[two].lowest"),
        ("default = true\nlowest", "lowest", "bands[total].default"),
        ('scale = "total"\nsource = "h"', 'scale = "sum"\nsource = "h"', "bands[sum].scale"),
        ('scale = "total"\nkind', 'scale = "sum"\nkind', "reliability[sum].scale"),
        ('item = "q1"\nat_least', 'item = "q3"\nat_least', "alerts[alert].item"),
        ('item = "q1"\nat_least', 'scale = "sum"\nat_least', "alerts[alert].scale"),
        ('item = "q1"\nat_least', "at_least", "alerts[alert]"),
        ("at_least = 2", "", "alerts[alert]"),
        ("at_least = 2", "at_least = 2\nblank = true", "alerts[alert]"),
        ('item = "q1"\nat_least = 2', 'scale = "total"\nblank = true', "alerts[alert].blank"),
        (
            'id = "alert"',
            'id = "alert"\nitem = "q2"\nsource = "k"\nat_least = 1\n\n[[alerts]]\nid = "alert"',
            "alerts[alert]",
        ),
        ('method = "sum"', 'method = "gas-t"', "scales[total].method"),
        ('items = ["q1", "q2"]\n', "", "scales[total].items"),
    ],
)
def test_a_contradiction_of_items_is_found(said: str, instead: str, key: str) -> None:
    assert said in SMALL

    assert key in keys(SMALL.replace(said, instead, 1), "small.toml")


@pytest.mark.parametrize(
    ("said", "instead", "key"),
    [
        (
            "  table = [\n    0, 6,",
            "  table = [\n    0,",
            "scales[physical].transforms[who-table].table",
        ),
        ('id = "4-20"', 'id = "mean"', "scales[physical].transforms[mean]"),
        (
            '"4" = 4, "5" = 5 }, icf = ["b280"]',
            '"4" = 4, "5" = 5, "6" = 6 }',
            "scales[physical].items",
        ),
    ],
)
def test_a_contradiction_of_transforms_is_found(said: str, instead: str, key: str) -> None:
    assert said in WHOQOL

    assert key in keys(WHOQOL.replace(said, instead, 1), "whoqol-bref.toml")


@pytest.mark.parametrize(
    ("said", "instead", "key"),
    [
        ("[-2, -1, 0, 1, 2]", "[2, 1, 0, -1, -2]", "goals.levels"),
        ("rho = 0.3", "rho = 1.0", "goals.rho"),
        ('method = "gas-t"', 'method = "sum"', "scales[t].method"),
        ('method = "gas-t"', 'method = "gas-t"\nitems = ["q1"]', "scales[t].items"),
        ("notes = [", f"items = [{item('q1', highest=1)}]\nnotes = [", "goals"),
    ],
)
def test_a_contradiction_of_goals_is_found(said: str, instead: str, key: str) -> None:
    assert said in GAS

    assert key in keys(GAS.replace(said, instead, 1), "gas.toml")


@pytest.mark.parametrize(
    ("said", "instead", "key"),
    [
        ('absent = { "5"', 'absent = { "4"', "items[coping].absent.4"),
        ('absent = { "5"', 'absent = { "none"', "items[coping].absent.none"),
        ('absent = { "5"', 'absent = { "101"', "items[coping].absent.101"),
        ('= "not-working-or-studying" }', '= "on-holiday" }', "items[coping].absent.5"),
        ('items = ["coping"]', 'items = ["coping", "future"]', "scales[coping].items"),
    ],
)
def test_a_contradiction_of_absences_is_found(said: str, instead: str, key: str) -> None:
    assert said in AKV

    assert key in keys(AKV.replace(said, instead, 1), "akv-1.toml")


def test_items_that_sum_up_beyond_a_byte_are_found() -> None:
    items = [item(f"q{number}", highest=100) for number in (1, 2, 3)]
    head, _, tail = SMALL.partition("items = [")
    text = f"{head}items = [{', '.join(items)}]{tail.partition(chr(10) + ']')[2]}"
    text = text.replace('["q1", "q2"]', '["q1", "q2", "q3"]').replace("[2, 4]", "[0, 300]")

    assert "scales[total].items" in keys(text, "small.toml")


def test_an_alert_watches_a_sum_and_no_other_scale() -> None:
    alert = NEW_ALERT + 'scale = "physical"\nat_least = 1\n'

    assert ["alerts[new].scale"] == keys(f"{WHOQOL}\n{alert}", "whoqol-bref.toml")


def test_what_is_not_contradicted_passes() -> None:
    more = SMALL + NEW_ALERT + 'item = "q2"\nblank = true\n'

    assert 2 == len(parse(more, file="small.toml").definition.alerts)
