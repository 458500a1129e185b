"""The axis is the whole scale, and every colour of the look can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akva.charts import Axis, stylesheet

BDI = Axis(low=0, high=63, better="lower")
QUALITY = Axis(low=0, high=100, better="higher")


def test_an_empty_axis_is_refused() -> None:
    with pytest.raises(ValueError, match="lower to a higher"):
        Axis(low=1, high=1, better="higher")


@given(st.integers(0, 630), st.integers(0, 630))
def test_an_axis_keeps_the_order_of_values(tenths: int, other: int) -> None:
    better, worse = sorted((tenths / 10, other / 10))

    assert BDI.place(better) >= BDI.place(worse)
    assert QUALITY.place(better) <= QUALITY.place(worse)


@given(st.floats(-1e6, 1e6))
def test_a_value_beyond_the_scale_stays_in_the_drawing(value: float) -> None:
    assert 0 <= BDI.place(value) <= 100


@given(st.integers(-50, 50), st.integers(1, 200))
def test_ticks_are_few_and_lie_on_the_scale(low: int, length: int) -> None:
    axis = Axis(low=low, high=low + length, better="higher")

    assert 1 <= len(axis.ticks) <= 6
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("token", ["ink", "muted", "accent", "better", "worse", "warning"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
def test_every_colour_of_text_can_be_read_on_every_ground(token: str, ground: str) -> None:
    """WCAG 2.1 AA asks for a contrast of 4.5."""
    tokens = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", stylesheet()))

    contrast = (luminance(tokens[ground]) + 0.05) / (luminance(tokens[token]) + 0.05)

    assert contrast > 4.5
