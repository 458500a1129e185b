"""WHOQOL-BREF: reversal once and once only, exact values, and WHO's table beside them."""

from math import floor

import pytest

import instruments

WHOQOL = instruments.load("whoqol-bref")
SCALES = {scale.id: scale for scale in WHOQOL.contents.scales if scale.transforms}


def half_up(value: float) -> int:
    return floor(value + 0.5)


def test_the_sender_may_have_turned_the_reversed_items() -> None:
    raw = {f"q{item}": 1 + item % 5 for item in range(1, 27)}
    turned = raw | {item: 6 - raw[item] for item in ("q3", "q4", "q26")}

    expected = WHOQOL.score_one(raw)

    assert expected == WHOQOL.score_one(turned, coding="reversed")


def test_turning_them_twice_gives_another_score() -> None:
    """The negative control: a sender who says the wrong coding is not saved by luck."""
    raw = {f"q{item}": 1 for item in range(1, 27)}

    wrong = WHOQOL.score_one(raw, coding="reversed").scores["physical"].value

    assert WHOQOL.score_one(raw).scores["physical"].value != wrong


@pytest.mark.parametrize("name", SCALES)
def test_the_table_rounds_half_up_at_both_steps(name: str) -> None:
    items = len(SCALES[name].items)
    (table,) = (each.table for each in SCALES[name].transforms if each.id == "who-table")

    rebuilt = [
        half_up((half_up(raw * 4 / items) - 4) * 100 / 16) for raw in range(items, items * 5 + 1)
    ]

    assert rebuilt == list(table)


def test_the_table_speaks_of_complete_domains_only() -> None:
    answers = {f"q{item}": 3 for item in range(1, 27)} | {"q3": None}

    transforms = WHOQOL.score_one(answers).scores["physical"].transforms

    assert {"mean": 3.0, "4-20": 12.0, "who-table": None} == transforms


def test_what_is_not_scored_has_no_transform_either() -> None:
    transforms = WHOQOL.score_one({}).scores["physical"].transforms

    assert {"mean": None, "4-20": None, "who-table": None} == transforms


def test_there_is_no_total() -> None:
    scored = WHOQOL.score_one({})

    assert "total" not in scored.scores


def test_the_two_single_questions_stand_in_no_domain() -> None:
    in_domains = {item for scale in SCALES.values() for item in scale.items}

    assert {f"q{item}" for item in range(3, 27)} == in_domains
