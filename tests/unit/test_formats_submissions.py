"""What is sent is read by shape: every fault at once, by place, and nothing sent is repeated."""

import json
from datetime import date
from typing import Any

import pytest

from akva.errors import InvalidRequest
from akva.formats import submissions
from akva.model.assessments import Mode, NotScored
from akva.model.clients import Sex
from akva.model.episodes import Occasion
from akva.service.submissions import Answer, Course, NewAssessment, NewClient, NewEpisode
from consent import Evidence

HETU = "131052-308T"
CLIENT = {"reference": "A-17", "birth_year": 1990, "sex": "female", "area": "01"}
EPISODE = {
    "service": "kiila",
    "law_basis": "6",
    "decided_on": "2025-01-07",
    "started_on": "2025-02-03",
    "diagnosis": "F00-F99",
}
ASSESSMENT = {
    "instrument": "bdi-21",
    "occasion": "start",
    "answered_on": "2025-02-03",
    "answers": {"q1": 2, "q2": None, "q16": "1a"},
}
COURSE = {"client": CLIENT, "episode": EPISODE, "consent": None, "assessments": [ASSESSMENT]}


def sent(value: object) -> bytes:
    return json.dumps(value).encode()


def faults_of(course: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as caught:
        submissions.course(sent(course))
    return [(fault.code, fault.where) for fault in caught.value.faults]


def test_a_whole_course_is_read() -> None:
    evidence = {"form_version": "KU-2025-1", "signed_on": "2025-02-03", "signer": "Kaija Kanaria"}
    consent = {"asked_on": "2025-02-03", "evidence": evidence}

    course = submissions.course(sent(COURSE | {"consent": consent}))

    expected = Course(
        client=NewClient(birth_year=1990, sex=Sex.FEMALE, area="01", reference="A-17"),
        episode=NewEpisode(
            service="kiila",
            law_basis="6",
            decided_on=date(2025, 1, 7),
            started_on=date(2025, 2, 3),
            diagnosis="F00-F99",
        ),
        consent=Answer(
            asked_on=date(2025, 2, 3),
            evidence=Evidence(
                form_version="KU-2025-1", signed_on=date(2025, 2, 3), signer="Kaija Kanaria"
            ),
        ),
        assessments=(
            NewAssessment(
                instrument="bdi-21",
                occasion=Occasion.START,
                answered_on=date(2025, 2, 3),
                answers={"q1": 2, "q2": None, "q16": "1a"},
            ),
        ),
    )
    assert expected == course


def test_an_absent_answer_about_consent_means_that_nobody_asked() -> None:
    course = submissions.course(sent({k: v for k, v in COURSE.items() if k != "consent"}))

    assert course.consent is None


def test_a_goal_keeps_its_fields_and_its_icf_codes() -> None:
    goal = {"id": "g1", "text": "Kävelen kauppaan", "weight": 2.5, "baseline": -1, "icf": ["d450"]}
    gas = {k: v for k, v in ASSESSMENT.items() if k != "answers"} | {"goals": [goal]}

    assessment = submissions.assessment(sent(gas))

    assert (goal | {"icf": ("d450",)},) == assessment.goals


def test_a_measure_that_was_not_scored_says_why_and_how() -> None:
    gas = {k: v for k, v in ASSESSMENT.items() if k != "answers"}
    told = gas | {"mode": "sign-language", "not_scored": {"reason": "scoring-meaningless"}}

    assessment = submissions.assessment(sent(told))

    assert (Mode.SIGN_LANGUAGE, NotScored.SCORING_MEANINGLESS) == (
        assessment.mode,
        assessment.not_scored,
    )


def test_every_fault_of_every_part_comes_at_once() -> None:
    course = {
        "client": CLIENT | {"birth_year": "1990", "sex": "f", "shoe_size": 41},
        "episode": {k: v for k, v in EPISODE.items() if k != "service"} | {"ended_on": "3.2.2025"},
        "assessments": [ASSESSMENT, ASSESSMENT | {"answers": {"q1": 2.5, "q2": True}}],
        "note": "",
    }

    expected = [
        ("unknown-field", "/note"),
        ("unknown-field", "/client/shoe_size"),
        ("wrong-type", "/client/birth_year"),
        ("wrong-type", "/client/sex"),
        ("field-missing", "/episode/service"),
        ("wrong-type", "/episode/ended_on"),
        ("wrong-type", "/assessments/1/answers/q1"),
        ("wrong-type", "/assessments/1/answers/q2"),
    ]
    assert expected == faults_of(course)


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"decided_on": "2025-02-30"}, "/episode/decided_on"),
        ({"decided_on": "20250203"}, "/episode/decided_on"),
        ({"decided_on": "2025-02-03T00:00:00Z"}, "/episode/decided_on"),
        ({"service": ""}, "/episode/service"),
        ({"service": " \t"}, "/episode/service"),
        ({"service": "\ud800"}, "/episode/service"),
        ({"service": ["kiila"]}, "/episode/service"),
    ],
)
def test_a_value_of_another_type_is_refused(part: dict[str, Any], where: str) -> None:
    assert [("wrong-type", where)] == faults_of(COURSE | {"episode": EPISODE | part})


@pytest.mark.parametrize("value", [True, 1990.5, "1990", 2**53, -(2**53), 1e300, [1990]])
def test_a_whole_number_is_no_other_number(value: object) -> None:
    faults = faults_of(COURSE | {"client": CLIENT | {"birth_year": value}})

    assert [("wrong-type", "/client/birth_year")] == faults


def test_a_whole_number_may_be_written_with_its_zero_fraction() -> None:
    client = submissions.client(sent(CLIENT | {"birth_year": 1990.0}))

    assert "1990" == str(client.birth_year)


@pytest.mark.parametrize("part", [None, 3, "x", [], {}])
def test_a_course_needs_its_parts_as_objects(part: object) -> None:
    faults = faults_of(COURSE | {"client": part})

    assert "/client" in faults[0][1]


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"consent": {"asked_on": "2025-02-03", "refused": 1}}, "/consent/refused"),
        ({"assessments": [ASSESSMENT | {"answers": [1, 2]}]}, "/assessments/0/answers"),
        ({"assessments": [ASSESSMENT | {"goals": {"id": "g1"}}]}, "/assessments/0/goals"),
        ({"assessments": ASSESSMENT}, "/assessments"),
    ],
)
def test_a_part_of_another_shape_is_refused(part: dict[str, Any], where: str) -> None:
    assert [("wrong-type", where)] == faults_of(COURSE | part)


def test_a_no_with_the_evidence_of_a_yes_is_refused() -> None:
    consent = {"asked_on": "2025-02-03", "refused": True, "evidence": {"signer": "Kaija Kanaria"}}

    assert [("contradiction", "/consent/refused")] == faults_of(COURSE | {"consent": consent})


def test_a_key_that_stands_twice_is_refused_where_it_stands() -> None:
    text = sent(COURSE).replace(b'"q1": 2', b'"q1": 2, "q1": 3')

    with pytest.raises(InvalidRequest) as caught:
        submissions.course(text)

    [fault] = caught.value.faults
    assert ("duplicate-key", "/assessments/0/answers/q1") == (fault.code, fault.where)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b'{"birth_year": NaN}',
        b'{"birth_year": -Infinity}',
        b'{"birth_year": 1e999}',
        b'{"birth_year": ' + b"9" * 5000 + b"}",
        b"\xff{}",
        b"[" * 100_000,
        b"{} {}",
    ],
)
def test_what_is_no_strict_json_is_refused(text: bytes) -> None:
    with pytest.raises(InvalidRequest) as caught:
        submissions.client(text)

    assert ["not-json"] == [fault.code for fault in caught.value.faults]


def test_a_byte_order_mark_of_some_systems_does_no_harm() -> None:
    client = submissions.client(b"\xef\xbb\xbf" + sent(CLIENT))

    assert client.reference == "A-17"


@pytest.mark.parametrize(
    "client",
    [
        CLIENT | {HETU: 1},
        CLIENT | {"sex": HETU},
        CLIENT | {"birth_year": HETU},
        {"hetu": [HETU]},
        {"nested": {HETU: HETU}},
        [HETU],
        HETU,
    ],
)
def test_no_fault_repeats_an_identity_code_in_the_wrong_place(client: object) -> None:
    with pytest.raises(InvalidRequest) as caught:
        submissions.client(sent(client))

    assert HETU not in repr(caught.value.faults) + str(caught.value)


def test_an_identity_code_as_an_item_is_not_repeated() -> None:
    faults = faults_of(COURSE | {"assessments": [ASSESSMENT | {"answers": {HETU: HETU}}]})

    assert [("unknown-field", "/assessments/0/answers")] == faults


def test_an_identity_code_that_stands_twice_is_not_repeated() -> None:
    with pytest.raises(InvalidRequest) as caught:
        submissions.client(f'{{"{HETU}": 1, "{HETU}": 2}}'.encode())

    assert HETU not in repr(caught.value.faults)
