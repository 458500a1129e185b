"""What is missing: a blank is never zero, and a rule says how many blanks a score bears."""

import pytest

import instruments
from instruments import Score

BDI = instruments.load("bdi-21")
WHOQOL = instruments.load("whoqol-bref")
DOMAINS = {
    "physical": ("q3", "q4", "q10", "q15", "q16", "q17", "q18"),
    "psychological": ("q5", "q6", "q7", "q11", "q19", "q26"),
    "social": ("q20", "q21", "q22"),
    "environment": ("q8", "q9", "q12", "q13", "q14", "q23", "q24", "q25"),
}


def bdi(*blank: str, rule: str | None = None) -> Score:
    answers = {f"q{item}": 1 for item in range(1, 22)} | dict.fromkeys(blank)
    return BDI.score_one(answers, rule=rule).scores["total"]


def domain(name: str, *, blanks: int, rule: str) -> float | None:
    answers: dict[str, int | None] = {f"q{item}": 3 for item in range(1, 27)}
    answers |= dict.fromkeys(DOMAINS[name][:blanks])
    return WHOQOL.score_one(answers, rule=rule).scores[name].value


def test_a_blank_item_is_missing_not_zero() -> None:
    score = bdi("q5")

    assert (None, "items-missing", 20) == (score.value, score.reason, score.answered)


def test_an_item_left_out_is_missing_like_a_blank_one() -> None:
    answers = {f"q{item}": 1 for item in range(1, 21)}

    score = BDI.score_one(answers).scores["total"]

    assert (None, 20, 21) == (score.value, score.answered, score.items)


def test_nothing_answered_is_no_score_of_zero() -> None:
    scored = BDI.score_one({})

    assert (None, {}) == (scored.scores["total"].value, scored.bands)


def test_an_answer_of_zero_is_an_answer() -> None:
    score = BDI.score_one({f"q{item}": 0 for item in range(1, 22)}).scores["total"]

    assert (0.0, None, 21) == (score.value, score.reason, score.answered)


@pytest.mark.parametrize(
    ("blank", "value", "flags"),
    [
        ((), 21, ()),
        (("q1",), 21, ("prorated",)),
        (("q1", "q2"), 21, ("prorated",)),
        (("q1", "q2", "q3"), None, ()),
    ],
)
def test_prorating_bears_two_blanks_and_is_flagged(
    blank: tuple[str, ...], value: float | None, flags: tuple[str, ...]
) -> None:
    score = bdi(*blank, rule="prorated")

    assert (value, flags, "prorated") == (score.value, score.flags, score.rule)


@pytest.mark.parametrize(
    ("name", "spss", "manual"),
    [("physical", 1, 2), ("psychological", 1, 2), ("social", 1, 0), ("environment", 2, 2)],
)
def test_a_domain_bears_as_many_blanks_as_its_rule_says(name: str, spss: int, manual: int) -> None:
    for rule, borne in (("who-spss", spss), ("who-manual", manual)):
        values = [domain(name, blanks=blanks, rule=rule) for blanks in range(4)]

        assert [50.0 if blanks <= borne else None for blanks in range(4)] == values


@pytest.mark.parametrize(("rule", "least"), [("who-spss", 22), ("who-manual", 21)])
def test_a_response_with_too_few_answers_is_dropped_whole(rule: str, least: int) -> None:
    """WHO's syntax keeps a case with TOTAL > 21; its prose one with at most 20 % missing."""
    blank = ["q5", "q8", "q9", "q10", "q20", "q1"]
    for answered in (least, least - 1):
        answers: dict[str, int | None] = {f"q{item}": 3 for item in range(1, 27)}
        answers |= dict.fromkeys(blank[: 26 - answered])

        score = WHOQOL.score_one(answers, rule=rule).scores["general_health"]

        expected = (3.0, None) if answered == least else (None, "response-incomplete")
        assert expected == (score.value, score.reason)


def test_the_mean_of_the_answered_stands_for_the_missing() -> None:
    answers = {f"q{item}": 3 for item in range(1, 27)} | {"q20": None, "q21": 5, "q22": 4}

    score = WHOQOL.score_one(answers).scores["social"]

    assert (87.5, 2, 3, ()) == (score.value, score.answered, score.items, score.flags)
