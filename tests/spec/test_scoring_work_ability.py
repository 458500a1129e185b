"""Work ability: each question stands alone, and not working is no amount of coping."""

import pytest

import instruments

AKV = instruments.load("akv-1")


def test_not_working_or_studying_is_an_absence_with_its_own_reason() -> None:
    score = AKV.score_one({"coping": 5}).scores["coping"]

    assert (None, "not-working-or-studying", 1) == (score.value, score.reason, score.answered)


def test_a_blank_is_another_thing_than_not_working() -> None:
    score = AKV.score_one({"coping": None}).scores["coping"]

    assert (None, "items-missing", 0) == (score.value, score.reason, score.answered)


@pytest.mark.parametrize("answer", [1, 2, 3, 4])
def test_who_works_or_studies_has_a_value(answer: int) -> None:
    assert answer == AKV.score_one({"coping": answer}).scores["coping"].value


def test_nobody_knows_which_end_of_coping_is_better() -> None:
    (coping,) = (scale for scale in AKV.contents.scales if scale.id == "coping")

    assert "unknown" == coping.polarity


def test_there_is_no_sum_over_the_questions() -> None:
    assert ["current", "future", "coping"] == list(AKV.score_one({}).scores)
