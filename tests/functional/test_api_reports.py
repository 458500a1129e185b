"""Reports at the HTTP door: every assessment is told what became of it, and no refusal is a 200."""

from typing import Any

import pytest

from tests.functional.at_door import NOWHERE, AtDoor, problem
from tests.functional.sent import CLIENT, END, EPISODE, EVIDENCE, START, bdi

REPORTS = "/v1/reports"


def measured(door: AtDoor, client: dict[str, Any], *, permitted: bool) -> list[str]:
    """Give the assessments of a course, with or without a permission that was verified."""
    client_id = door.made("/v1/clients", client)["id"]
    episode = door.made("/v1/episodes", {**EPISODE, "client": client_id})["id"]
    if permitted:
        answer = {"episode": episode, "asked_on": "2025-02-03", "answer": "granted"}
        granted = door.made("/v1/consents", {**answer, "evidence": EVIDENCE})["id"]
        door.post(f"/v1/consents/{granted}/verification", by="verifier")
    measures = (bdi(*START, 2), bdi(*END, 1))
    return [door.made("/v1/assessments", {**one, "episode": episode})["id"] for one in measures]


@pytest.fixture
def permitted(door: AtDoor) -> list[str]:
    return measured(door, CLIENT, permitted=True)


@pytest.fixture
def unasked(door: AtDoor) -> list[str]:
    return measured(door, {**CLIENT, "hetu": None, "reference": "B-1"}, permitted=False)


def test_all_accepted(door: AtDoor, permitted: list[str]) -> None:
    answer = door.post(REPORTS, {"assessments": permitted})

    assert (201, "application/json") == (answer.status_code, answer.mimetype)
    told = answer.json["reports"]
    assert permitted == [one["assessment"] for one in told]
    assert {"accepted"} == {one["outcome"] for one in told}
    assert all(one["report"] and one["leaf_hash"] and one["code"] is None for one in told)


def test_all_refused_is_a_problem_that_tells_each_reason(door: AtDoor, unasked: list[str]) -> None:
    answer = door.post(REPORTS, {"assessments": unasked})

    assert (409, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert (409, "report-refused") == (answer.json["status"], answer.json["code"])
    told = answer.json["reports"]
    assert [("refused", "CONSENT_MISSING")] * 2 == [(one["outcome"], one["code"]) for one in told]
    assert all(one["why"] and one["next_step"] and one["leaf_hash"] for one in told)


def test_some_accepted_and_some_refused(
    door: AtDoor, permitted: list[str], unasked: list[str]
) -> None:
    answer = door.post(REPORTS, {"assessments": [unasked[0], permitted[0]]})

    assert (207, "application/json") == (answer.status_code, answer.mimetype)
    assert {"reports"} == set(answer.json)
    assert ["refused", "accepted"] == [one["outcome"] for one in answer.json["reports"]]


def test_the_same_key_reports_once(door: AtDoor, permitted: list[str]) -> None:
    body = {"assessments": permitted}

    first, second = (door.post(REPORTS, body, Idempotency_Key="once") for _ in range(2))

    assert (201, first.json) == (second.status_code, second.json)


def test_a_report_made_before_is_a_conflict(door: AtDoor, permitted: list[str]) -> None:
    door.post(REPORTS, {"assessments": permitted})

    again = door.post(REPORTS, {"assessments": permitted})

    assert (409, "conflict", []) == problem(again)


def test_an_assessment_that_is_not_ones_own_is_unknown(door: AtDoor, permitted: list[str]) -> None:
    others = door.post(REPORTS, {"assessments": permitted}, by="stranger")
    nobodys = door.post(REPORTS, {"assessments": [NOWHERE]})

    assert (404, "not-found", []) == problem(others) == problem(nobodys)


@pytest.mark.parametrize(
    ("ids", "where"),
    [
        ([], "/assessments"),
        (["one"], "/assessments/0"),
        ([NOWHERE, NOWHERE], "/assessments/1"),
    ],
)
def test_what_names_no_assessments_is_refused(door: AtDoor, ids: list[str], where: str) -> None:
    answer = door.post(REPORTS, {"assessments": ids})

    assert (422, [where]) == (answer.status_code, [one["where"] for one in answer.json["errors"]])


@pytest.mark.parametrize("by", ["verifier", "auditor", "drafter", "operator"])
def test_only_a_provider_reports(door: AtDoor, by: str) -> None:
    answer = door.post(REPORTS, {"assessments": [NOWHERE]}, by=by)

    assert (403, "not-allowed", []) == problem(answer)
