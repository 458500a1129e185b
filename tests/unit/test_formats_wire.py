"""The bodies that only the wire has: ids in the body, answers, withdrawals, corrections, rounds."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from akva.errors import InvalidRequest
from akva.formats import submissions
from akva.formats.schemas.consents import NewConsent, Said, Scope
from akva.service.submissions import EpisodeChange
from consent import REPORT_TO_KELA, Evidence
from tests.unit.sent_bodies import ASSESSMENT, CONSENT, EPISODE, ID, OTHER


def sent(value: object) -> bytes:
    return json.dumps(value).encode()


def faults(reader: Any, body: object) -> list[tuple[str, str]]:  # noqa: ANN401 - any of the readers
    with pytest.raises(InvalidRequest) as caught:
        reader(sent(body))
    return [(fault.code, fault.where) for fault in caught.value.faults]


def test_an_episode_names_its_client() -> None:
    client, episode = submissions.new_episode(sent({"client": ID, **EPISODE}))

    assert UUID(ID) == client
    assert submissions.episode(sent(EPISODE)) == episode


def test_an_assessment_names_its_episode() -> None:
    episode, assessment = submissions.new_assessment(sent({"episode": ID, **ASSESSMENT}))

    assert UUID(ID) == episode
    assert submissions.assessment(sent(ASSESSMENT)) == assessment


def test_a_correction_says_why() -> None:
    assessment, reason = submissions.correction(sent({"reason": "väärä lomake", **ASSESSMENT}))

    assert "väärä lomake" == reason
    assert submissions.assessment(sent(ASSESSMENT)) == assessment


def test_a_correction_without_a_reason_is_refused() -> None:
    assert [("field-missing", "/reason")] == faults(submissions.correction, ASSESSMENT)


def test_what_changes_of_an_episode_is_read() -> None:
    change = submissions.change(sent({"ended_on": "2025-06-30", "next_step": None}))

    assert EpisodeChange(ended_on=date(2025, 6, 30), end_reason=None, next_step=None) == change


@pytest.mark.parametrize("body", [{}, {"ended_on": None}])
def test_a_change_of_nothing_is_refused(body: dict[str, Any]) -> None:
    assert [("field-missing", "")] == faults(submissions.change, body)


def test_what_an_episode_rests_on_does_not_change() -> None:
    body = {"service": "kiila", "ended_on": "2025-06-30"}

    assert [("unknown-field", "/service")] == faults(submissions.change, body)


def test_scores_are_finite_numbers_by_scale() -> None:
    assessment = submissions.assessment(sent(ASSESSMENT | {"scores": {"total": 21, "share": 0.5}}))

    assert {"total": 21.0, "share": 0.5} == assessment.scores


@pytest.mark.parametrize("score", [True, "21", None, [21], 2**53, 1e300])
def test_a_score_of_another_type_is_refused(score: object) -> None:
    body = ASSESSMENT | {"scores": {"total": score, "share": 0.5}}

    assert [("wrong-type", "/scores/total")] == faults(submissions.assessment, body)


@pytest.mark.parametrize(
    "id_", [ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", f" {ID}", f"{ID}\n", 7]
)
def test_an_id_is_written_in_one_way(id_: object) -> None:
    assert [("wrong-type", "/client")] == faults(submissions.new_episode, {"client": id_} | EPISODE)


def test_an_answer_that_is_a_question_still() -> None:
    told = {"episode": ID, "asked_on": "2025-02-03", "answer": "asked"}

    expected = NewConsent(
        episode=UUID(ID), asked_on=date(2025, 2, 3), answer=Said.ASKED, purpose=REPORT_TO_KELA
    )
    assert expected == submissions.consent(sent(told))


def test_a_yes_comes_with_its_evidence() -> None:
    new = submissions.consent(sent(CONSENT))

    assert Said.GRANTED is new.answer
    assert isinstance(new.evidence, Evidence)
    assert new.evidence.missing == ()


@pytest.mark.parametrize("answer", ["asked", "refused"])
def test_the_evidence_of_a_yes_that_was_not_given_is_refused(answer: str) -> None:
    body = CONSENT | {"answer": answer}

    assert [("contradiction", "/answer")] == faults(submissions.consent, body)


def test_a_yes_without_evidence_is_refused() -> None:
    body = CONSENT | {"evidence": None}

    assert [("field-missing", "/evidence")] == faults(submissions.consent, body)


@pytest.mark.parametrize(
    ("body", "scope"),
    [
        ({}, Scope.EPISODE),
        ({"scope": None}, Scope.EPISODE),
        ({"scope": "episode"}, Scope.EPISODE),
        ({"scope": "client"}, Scope.CLIENT),
    ],
)
def test_a_withdrawal_is_of_one_episode_unless_it_says_more(
    body: dict[str, Any], scope: Scope
) -> None:
    assert scope is submissions.withdrawal(sent(body))


def test_reports_are_asked_for_by_ids() -> None:
    ids = submissions.reports(sent({"assessments": [ID, OTHER.upper()]}))

    assert (UUID(ID), UUID(OTHER)) == ids


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], [("value-out-of-range", "/assessments")]),
        ([str(UUID(int=n)) for n in range(1001)], [("value-out-of-range", "/assessments")]),
        ([ID, OTHER, ID.upper()], [("value-out-of-range", "/assessments/2")]),
        ([ID, None, "x"], [("field-missing", "/assessments/1"), ("wrong-type", "/assessments/2")]),
        (None, [("field-missing", "/assessments")]),
    ],
)
def test_reports_need_some_ids_each_once(ids: object, expected: list[tuple[str, str]]) -> None:
    assert expected == faults(submissions.reports, {"assessments": ids})


def test_a_thousand_reports_may_be_asked_for_at_once() -> None:
    ids = tuple(UUID(int=n) for n in range(1000))

    assert ids == submissions.reports(sent({"assessments": [str(one) for one in ids]}))


def test_a_round_has_a_programme_and_a_year() -> None:
    assert ("kiila", 2025) == submissions.draft(sent({"programme": "kiila", "year": 2025}))


@pytest.mark.parametrize("year", [1999, 10_000, -1])
def test_a_round_is_of_a_year_that_can_be(year: int) -> None:
    body = {"programme": "kiila", "year": year}

    assert [("value-out-of-range", "/year")] == faults(submissions.draft, body)


def test_a_release_is_approved_for_an_audience() -> None:
    assert "public" == submissions.approval(sent({"audience": "public"}))
    assert [("wrong-type", "/audience")] == faults(submissions.approval, {"audience": "friends"})


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ({"rule": "x" * 201}, ("value-out-of-range", "/rule")),
        ({"rule": "a\x00b"}, ("wrong-type", "/rule")),
        ({"goals": [{"id": "g1"}] * 51}, ("value-out-of-range", "/goals")),
        ({"goals": [{"id": "g1", "weight": 1e300}]}, ("wrong-type", "/goals/0/weight")),
        ({"goals": [{"id": "g1", "weight": "2"}]}, ("wrong-type", "/goals/0/weight")),
        ({"goals": [{"id": "g1", "icf": ["d450", None]}]}, ("field-missing", "/goals/0/icf/1")),
        ({"answers": {"q1": "x" * 41}}, ("wrong-type", "/answers/q1")),
        ({"answers": {"q1": "\ud800"}}, ("wrong-type", "/answers/q1")),
        ({"_schema": 1}, ("unknown-field", "")),
    ],
)
def test_what_no_database_or_reader_could_hold_is_refused(
    part: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert [fault] == faults(submissions.assessment, ASSESSMENT | part)


def test_all_codes_at_fault_are_told_at_once() -> None:
    answers = {"q1": True, "q2": 1, "q3": 1.5, "q4": [], "q5": None, "q6": "", "q 7": 1}

    expected = [
        ("wrong-type", "/answers/q1"),
        ("wrong-type", "/answers/q3"),
        ("wrong-type", "/answers/q4"),
        ("wrong-type", "/answers/q6"),
        ("unknown-field", "/answers"),
    ]
    assert expected == faults(submissions.assessment, ASSESSMENT | {"answers": answers})


def test_a_code_that_is_whole_is_a_whole_number_however_it_is_written() -> None:
    assessment = submissions.assessment(sent(ASSESSMENT | {"answers": {"q1": 2.0, "q2": -0.0}}))

    assert '{"q1": 2, "q2": 0}' == json.dumps(assessment.answers)
