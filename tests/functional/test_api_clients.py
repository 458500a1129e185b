"""Clients at the HTTP door: registered once, read without their code, handed out whole."""

import pytest

from tests.functional.at_door import NOWHERE, AtDoor, problem
from tests.functional.sent import CLIENT, EPISODE, HETU, START, bdi

CLIENTS = "/v1/clients"


def test_a_client_is_registered_and_read_without_the_identity_code(door: AtDoor) -> None:
    added = door.post(CLIENTS, {**CLIENT, "reference": "A-1"})

    read = door.get(added.headers["Location"])

    assert 201 == added.status_code
    assert f"{CLIENTS}/{added.json['id']}" == added.headers["Location"]
    assert 200 == read.status_code
    assert HETU not in read.text
    expected = {"identified": True, "reference": "A-1", "birth_year": 1952, "sex": "female"}
    assert expected.items() <= read.json.items()


def test_a_client_without_identity_code_says_so(door: AtDoor) -> None:
    added = door.made(CLIENTS, {"reference": "A-1"} | {**CLIENT, "hetu": None})

    read = door.get(f"{CLIENTS}/{added['id']}")

    assert read.json["identified"] is False


def test_the_same_key_registers_once(door: AtDoor) -> None:
    first = door.post(CLIENTS, CLIENT, Idempotency_Key="once")

    second = door.post(CLIENTS, CLIENT, Idempotency_Key="once")

    assert (201, first.json) == (second.status_code, second.json)


def test_a_client_registered_before_is_a_conflict(door: AtDoor) -> None:
    door.made(CLIENTS, CLIENT)

    again = door.post(CLIENTS, CLIENT)

    assert (409, "conflict", []) == problem(again)


def test_every_fault_of_a_client_is_told(door: AtDoor) -> None:
    wrong = {"birth_year": "1952", "sex": "female", "area": "01", "shoe_size": 42}

    answer = door.post(CLIENTS, wrong)

    expected = [("unknown-field", "/shoe_size"), ("wrong-type", "/birth_year")]
    assert (422, "invalid-request", expected) == problem(answer)


def test_what_means_nothing_is_refused(door: AtDoor) -> None:
    answer = door.post(CLIENTS, {**CLIENT, "hetu": "131052-900X", "area": "99"})

    assert 422 == answer.status_code
    assert {"/hetu", "/area"} == {one["where"] for one in answer.json["errors"]}
    assert "131052-900X" not in answer.text


@pytest.mark.parametrize("by", ["verifier", "auditor", "drafter", "operator"])
def test_only_a_provider_registers(door: AtDoor, by: str) -> None:
    assert (403, "not-allowed", []) == problem(door.post(CLIENTS, CLIENT, by=by))


def test_nobody_registers_without_a_token(door: AtDoor) -> None:
    assert (401, "not-authenticated", []) == problem(door.post(CLIENTS, CLIENT, by=None))


@pytest.mark.parametrize("part", ["", "/export"])
def test_another_providers_client_is_as_unknown_as_none(door: AtDoor, part: str) -> None:
    added = door.made(CLIENTS, CLIENT)

    others = door.get(f"{CLIENTS}/{added['id']}{part}", by="stranger")
    nobodys = door.get(f"{CLIENTS}/{NOWHERE}{part}", by="stranger")

    assert (404, "not-found", []) == problem(others) == problem(nobodys)
    assert others.json["detail"] == nobodys.json["detail"]


def test_everything_of_a_client_is_handed_out_as_a_file(door: AtDoor) -> None:
    client = door.made(CLIENTS, CLIENT)["id"]
    episode = door.made("/v1/episodes", {**EPISODE, "client": client})["id"]
    assessment = door.made("/v1/assessments", {**bdi(*START, 1), "episode": episode})["id"]
    asked = {"episode": episode, "asked_on": "2025-02-03", "answer": "asked"}
    door.made("/v1/consents", asked)

    answer = door.get(f"{CLIENTS}/{client}/export")

    assert 200 == answer.status_code
    named = f'attachment; filename="client-{client}.json"'
    assert named == answer.headers["Content-Disposition"]
    record = answer.json
    assert client == record["client"]["id"]
    assert [episode] == [one["id"] for one in record["episodes"]]
    assert [assessment] == [one["id"] for one in record["assessments"]]
    assert ["asked"] == [one["kind"] for one in record["consents"]]
    assert [] == record["reports"]
