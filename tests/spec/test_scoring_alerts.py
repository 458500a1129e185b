"""Alerts: what the provider's professional must see at once, whatever the total."""

import pytest

import instruments

BDI = instruments.load("bdi-21")
ZERO: dict[str, int | None] = {f"q{item}": 0 for item in range(1, 22)}


@pytest.mark.parametrize(
    ("changed", "alerts"),
    [
        ({}, ()),
        ({"q9": 1}, ("item-9",)),
        ({"q9": 3}, ("item-9",)),
        ({"q9": None}, ("item-9-blank",)),
        ({"q8": 3}, ()),
    ],
)
def test_item_nine_speaks_alone(changed: dict[str, int | None], alerts: tuple[str, ...]) -> None:
    assert alerts == BDI.score_one(ZERO | changed).alerts


@pytest.mark.parametrize(("total", "alerts"), [(29, ()), (30, ("total-30",))])
def test_thirty_is_the_edge_of_the_total(total: int, alerts: tuple[str, ...]) -> None:
    answers = ZERO | {f"q{item}": 3 for item in range(10, 19)} | {"q20": total - 27}

    assert alerts == BDI.score_one(answers).alerts


def test_a_blank_elsewhere_hides_no_total_of_thirty() -> None:
    """Whatever the blank would have added, the total is thirty or more."""
    answers = ZERO | {f"q{item}": 3 for item in range(10, 20)} | {"q1": None}

    scored = BDI.score_one(answers)

    assert (None, ("total-30",)) == (scored.scores["total"].value, scored.alerts)
