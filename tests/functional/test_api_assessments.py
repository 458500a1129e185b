"""Assessments at the HTTP door: recorded with a receipt, read, corrected by a new version."""

import base64
from typing import Any

import pytest

from tests.functional.at_door import NOWHERE, AtDoor, problem
from tests.functional.sent import CLIENT, EPISODE, START, bdi

ASSESSMENTS = "/v1/assessments"
DECLINED = {
    "instrument": "bdi-21",
    "occasion": "start",
    "answered_on": "2025-02-03",
    "not_scored": {"reason": "declined"},
}
CORRECTION = {**bdi(*START, 2), "reason": "Väärä lomake"}


@pytest.fixture
def episode(door: AtDoor) -> str:
    client = door.made("/v1/clients", CLIENT)["id"]
    return str(door.made("/v1/episodes", {**EPISODE, "client": client})["id"])


@pytest.fixture
def recorded(door: AtDoor, episode: str) -> dict[str, Any]:
    return door.made(ASSESSMENTS, {**bdi(*START, 1), "episode": episode})


def test_an_assessment_is_scored_and_answered_with_a_receipt(door: AtDoor, episode: str) -> None:
    added = door.post(ASSESSMENTS, {**bdi(*START, 1), "episode": episode})

    read = door.get(added.headers["Location"])

    assert (201, 200) == (added.status_code, read.status_code)
    assert {"id", "log_index", "leaf_hash", "alerts"} == set(added.json)
    assert 64 == len(added.json["leaf_hash"])
    expected = {**bdi(*START, 1), "episode": episode, "version": 1, "mode": "self"}
    assert expected.items() <= read.json.items()
    assert 21 == read.json["result"]["scores"]["total"]["value"]


def test_what_a_professional_must_see_now_is_in_the_receipt(door: AtDoor, episode: str) -> None:
    added = door.made(ASSESSMENTS, {**bdi(*START, 3), "episode": episode})

    assert added["alerts"]


def test_an_assessment_without_a_score_tells_its_reason(door: AtDoor, episode: str) -> None:
    added = door.made(ASSESSMENTS, {**DECLINED, "episode": episode})

    read = door.get(f"{ASSESSMENTS}/{added['id']}").json

    assert ({"reason": "declined"}, None, None) == (
        read["not_scored"],
        read["answers"],
        read["goals"],
    )


def test_the_same_key_records_once(door: AtDoor, episode: str) -> None:
    body = {**bdi(*START, 1), "episode": episode}

    first, second = (door.post(ASSESSMENTS, body, Idempotency_Key="once") for _ in range(2))

    assert (201, first.json) == (second.status_code, second.json)


def test_every_fault_of_the_answers_is_told(door: AtDoor, episode: str) -> None:
    answers = {f"q{item}": 1 for item in range(1, 21)} | {"q7": 9, "q20": -1}

    answer = door.post(ASSESSMENTS, {**bdi(*START, 1), "answers": answers, "episode": episode})

    assert 422 == answer.status_code
    assert {"/answers/q7", "/answers/q20"} <= {one["where"] for one in answer.json["errors"]}


def test_an_assessment_of_another_providers_episode_is_not_recorded(
    door: AtDoor, episode: str
) -> None:
    others = door.post(ASSESSMENTS, {**bdi(*START, 1), "episode": episode}, by="stranger")
    nobodys = door.post(ASSESSMENTS, {**bdi(*START, 1), "episode": NOWHERE}, by="stranger")

    assert (404, "not-found", []) == problem(others) == problem(nobodys)


def test_a_correction_is_a_new_version_and_the_earlier_one_stays(
    door: AtDoor, recorded: dict[str, Any]
) -> None:
    address = f"{ASSESSMENTS}/{recorded['id']}"

    corrected = door.post(f"{address}/corrections", CORRECTION)

    newer = door.get(corrected.headers["Location"]).json
    assert 201 == corrected.status_code
    assert recorded["id"] != corrected.json["id"]
    assert (2, bdi(*START, 2)["answers"]) == (newer["version"], newer["answers"])
    assert bdi(*START, 1)["answers"] == door.get(address).json["answers"]


def test_a_correction_needs_a_reason(door: AtDoor, recorded: dict[str, Any]) -> None:
    answer = door.post(f"{ASSESSMENTS}/{recorded['id']}/corrections", bdi(*START, 2))

    assert (422, "invalid-request", [("field-missing", "/reason")]) == problem(answer)


def test_a_receipt_proves_that_the_assessment_is_in_the_log(
    door: AtDoor, recorded: dict[str, Any]
) -> None:
    answer = door.get(f"/v1/receipts/{recorded['id']}")

    assert (200, "text/plain") == (answer.status_code, answer.mimetype)
    assert "c2sp.org/tlog-proof@v1" == answer.text.splitlines()[0]
    assert f"index {recorded['log_index']}" in answer.text.splitlines()
    [leaf] = [line for line in answer.text.splitlines() if line.startswith("extra ")]
    assert base64.b64decode(leaf.removeprefix("extra "))


@pytest.mark.parametrize("path", ["/v1/assessments/{}", "/v1/receipts/{}"])
def test_another_providers_assessment_is_as_unknown_as_none(
    door: AtDoor, recorded: dict[str, Any], path: str
) -> None:
    others = door.get(path.format(recorded["id"]), by="stranger")
    nobodys = door.get(path.format(NOWHERE), by="stranger")

    assert (404, "not-found", []) == problem(others) == problem(nobodys)


def test_another_provider_corrects_nothing(door: AtDoor, recorded: dict[str, Any]) -> None:
    answer = door.post(f"{ASSESSMENTS}/{recorded['id']}/corrections", CORRECTION, by="stranger")

    assert (404, "not-found", []) == problem(answer)


def test_only_a_provider_records_reads_and_corrects(
    door: AtDoor, recorded: dict[str, Any], episode: str
) -> None:
    address = f"{ASSESSMENTS}/{recorded['id']}"

    answers = [
        door.post(ASSESSMENTS, {**bdi(*START, 1), "episode": episode}, by="verifier"),
        door.get(address, by="auditor"),
        door.post(f"{address}/corrections", CORRECTION, by="operator"),
        door.get(f"/v1/receipts/{recorded['id']}", by="drafter"),
    ]

    assert [(403, "not-allowed", [])] * 4 == [problem(answer) for answer in answers]
