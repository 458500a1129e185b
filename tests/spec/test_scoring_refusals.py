"""What cannot be an answer is refused, all of it at once, and no message shows it."""

from typing import Any

import numpy as np
import pytest

import instruments
from instruments import InvalidResponse

BDI = instruments.load("bdi-21")
BDI_II = instruments.load("bdi-ii")
AKV = instruments.load("akv-1")
COMPLETE = {f"q{item}": 1 for item in range(1, 22)}


def faults_of(answers: Any) -> list[tuple[str, str]]:  # noqa: ANN401  (anything may be sent)
    with pytest.raises(InvalidResponse) as refusal:
        BDI.score_one(answers)
    return [(fault.code, fault.where) for fault in refusal.value.faults]


@pytest.mark.parametrize(
    "answer",
    [4, -1, 255, 254, 1.5, float("inf"), "4", "1a", "", " 1", True, False, np.True_, [1], {}],
)
def test_an_answer_outside_the_options_is_refused(answer: object) -> None:
    assert [("value-out-of-range", "/answers/q7")] == faults_of(COMPLETE | {"q7": answer})


@pytest.mark.parametrize("answer", [1, 1.0, "1", np.int64(1), np.float32(1)])
def test_an_answer_is_the_code_of_its_option(answer: object) -> None:
    scored = BDI.score_one(COMPLETE | {"q7": answer})

    assert 21 == scored.scores["total"].value


@pytest.mark.parametrize("blank", [None, float("nan"), np.float64("nan")])
def test_none_and_nan_are_blanks(blank: object) -> None:
    scored = BDI.score_one(COMPLETE | {"q7": blank})

    assert 20 == scored.scores["total"].answered


def test_every_fault_is_told_at_once() -> None:
    faults = faults_of({"q1": 9, "q22": 0, "Q2": 1, "q2": 1})

    assert [
        ("value-out-of-range", "/answers/q1"),
        ("unknown-item", "/answers/q22"),
        ("item-twice", "/answers/q2"),
    ] == faults


def test_capitals_do_not_matter_in_an_items_name() -> None:
    assert BDI.score_one(COMPLETE) == BDI.score_one({k.upper(): v for k, v in COMPLETE.items()})


@pytest.mark.parametrize("name", ["131052-308T", "Matti Meikäläinen", "x" * 33, ""])
def test_a_key_that_could_be_no_items_id_is_not_repeated(name: str) -> None:
    with pytest.raises(InvalidResponse) as refusal:
        BDI.score_one({name: 1})

    assert [("unknown-item", "/answers")] == [(f.code, f.where) for f in refusal.value.faults]


def test_a_slip_in_a_name_is_told_the_nearest_one() -> None:
    with pytest.raises(InvalidResponse) as refusal:
        AKV.score_one({"curent": 8})

    assert "Did you mean current?" == refusal.value.faults[0].next_step


@pytest.mark.parametrize("answers", [None, [1, 2], "q1", 7])
def test_answers_that_are_no_mapping_are_refused(answers: object) -> None:
    assert [("answers-missing", "/answers")] == faults_of(answers)


def test_no_message_shows_an_answer() -> None:
    with pytest.raises(InvalidResponse) as refusal:
        BDI.score_one(COMPLETE | {"q7": 77})

    told = [str(refusal.value), *(f"{f.why} {f.next_step}" for f in refusal.value.faults)]
    assert not any("77" in text for text in told)


def test_no_repr_shows_a_value_a_band_or_an_alert() -> None:
    scored = BDI.score_one({f"q{item}": 2 for item in range(1, 22)})

    shown = (repr(scored) + repr(scored.scores["total"])).replace(BDI.definition, "")

    assert not any(secret in shown for secret in ("42", "severe", "item-9"))


@pytest.mark.parametrize(("code", "worth"), [("0", 0), ("1a", 1), ("1b", 1), ("2a", 2), ("3b", 3)])
def test_seven_answers_of_bdi_ii_are_worth_three(code: str, worth: int) -> None:
    answers = {f"q{item}": 0 for item in range(1, 22)} | {"q16": code, "q18": code}

    assert 2 * worth == BDI_II.score_one(answers).scores["total"].value


def test_bands_of_the_two_inventories_are_never_mixed() -> None:
    sets = [{bands.id for bands in one.contents.bands} for one in (BDI, BDI_II)]

    assert [{"beck", "fi-10-16"}, {"bdi-ii"}] == sets
