"""The engine and the scoring by hand are one: whatever the instrument, rule, coding or answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import instruments
from instruments import REASONS
from instruments.catalogue import made
from instruments.loader import parse
from instruments.plan import MISSING
from tests.unit.drawn_matrices import answers, draw_matrix
from tests.vectors.scoring import DEFINITIONS

NAMES = [name for name in instruments.ids() if name != "gas"]


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    seed=st.integers(0, 2**32),
    coding=st.sampled_from(["raw", "reversed"]),
)
def test_matrix_block_and_single_response_agree_to_the_last_bit(
    name: str, seed: int, coding: str
) -> None:
    instrument = instruments.load(name)
    matrix = draw_matrix(name, seed, rows=8)
    sent = [answers(name, row) for row in matrix]
    for rule in (rule.id for rule in instrument.contents.rules):
        scores = instrument.score(matrix, rule=rule, coding=coding)
        block = instrument.score_all(sent, rule=rule, coding=coding)

        for place, response in enumerate(sent):
            one = instrument.score_one(response, rule=rule, coding=coding)
            assert one == block[place]
            for scale, score in one.scores.items():
                value = scores.value[scale][place]
                assert score.value == (None if np.isnan(value) else value)
                assert score.answered == scores.answered[scale][place]
                assert score.reason == REASONS[scores.reason[scale][place]]


def test_all_items_count_towards_a_response_where_scales_share_or_leave_out_some() -> None:
    text = (DEFINITIONS / "whoqol-bref.toml").read_text("utf-8").replace('["q1"]', '["q2"]')
    instrument = made(parse(text, file="whoqol-bref.toml"))
    matrix = draw_matrix("whoqol-bref", 5, rows=200)

    scores = instrument.score(matrix)

    present = (matrix != MISSING).sum(axis=1)
    incomplete = REASONS.index("response-incomplete")
    assert 0 < (present < 22).sum() < 200
    np.testing.assert_array_equal(present < 22, scores.reason["social"] == incomplete)


@pytest.mark.parametrize(
    ("name", "said", "instead"),
    [
        ("whoqol-bref", '"q22"]\n', '"q22"]\nreversed = ["q20", "q21", "q22"]\n'),
        ("akv-1", 'items = ["coping"]\n', 'items = ["coping"]\nreversed = ["coping"]\n'),
        ("whoqol-bref", "range = [0, 100]", "range = [20, 100]"),
        ("phq-9", 'method = "sum"', 'method = "mean"'),
    ],
)
def test_any_sound_definition_scores_alike_in_both_ways(name: str, said: str, instead: str) -> None:
    """A new instrument is a new file: what no shipped one does yet must hold already."""
    text = (DEFINITIONS / f"{name}.toml").read_text("utf-8")
    assert said in text
    instrument = made(parse(text.replace(said, instead), file=f"{name}.toml"))
    matrix = draw_matrix(name, 11, rows=50)

    scores = instrument.score(matrix)

    for place, row in enumerate(matrix):
        for scale, score in instrument.score_one(answers(name, row)).scores.items():
            value = scores.value[scale][place]
            assert score.value == (None if np.isnan(value) else value)
            assert score.reason == REASONS[scores.reason[scale][place]]
