"""Permission at the HTTP door: asked, said, verified by another person, taken back, and told."""

from typing import Any

import pytest

from tests.functional.at_door import NOWHERE, AtDoor, problem
from tests.functional.sent import CLIENT, EPISODE, EVIDENCE

CONSENTS = "/v1/consents"
DAY = "2025-02-03"


@pytest.fixture
def client(door: AtDoor) -> str:
    return str(door.made("/v1/clients", CLIENT)["id"])


@pytest.fixture
def episode(door: AtDoor, client: str) -> str:
    return str(door.made("/v1/episodes", {**EPISODE, "client": client})["id"])


def said(episode: str, answer: str, **more: object) -> dict[str, Any]:
    return {"episode": episode, "asked_on": DAY, "answer": answer, **more}


def grant(door: AtDoor, episode: str) -> str:
    return str(door.made(CONSENTS, said(episode, "granted", evidence=EVIDENCE))["id"])


@pytest.mark.parametrize("answer", ["asked", "refused"])
def test_what_was_asked_and_said_is_recorded(door: AtDoor, episode: str, answer: str) -> None:
    added = door.post(CONSENTS, said(episode, answer))

    assert 201 == added.status_code
    assert {"id", "episode", "state", "log_index"} == set(added.json)
    assert episode == added.json["episode"]


def test_a_permission_opens_nothing_before_another_person_verified_it(
    door: AtDoor, episode: str
) -> None:
    granted = door.post(CONSENTS, said(episode, "granted", evidence=EVIDENCE))

    verified = door.post(f"{CONSENTS}/{granted.json['id']}/verification", by="verifier")

    assert (201, 201) == (granted.status_code, verified.status_code)
    assert granted.json["state"] != verified.json["state"]


def test_a_permission_is_verified_once(door: AtDoor, episode: str) -> None:
    path = f"{CONSENTS}/{grant(door, episode)}/verification"
    first = door.post(path, by="verifier", Idempotency_Key="verify")

    same = door.post(path, by="verifier", Idempotency_Key="verify")
    again = door.post(path, by="verifier")

    assert (201, first.json) == (same.status_code, same.json)
    assert (409, "conflict", []) == problem(again)


def test_an_answer_with_half_its_evidence_is_recorded_and_opens_nothing(
    door: AtDoor, episode: str
) -> None:
    half = {"form_version": "KU-2025-1"}

    added = door.post(CONSENTS, said(episode, "granted", evidence=half))

    assert 201 == added.status_code


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"answer": "granted"}, ("field-missing", "/evidence")),
        ({"answer": "perhaps"}, ("wrong-type", "/answer")),
        ({"answer": "refused", "evidence": EVIDENCE}, ("contradiction", "/answer")),
        ({"asked_on": "3.2.2025"}, ("wrong-type", "/asked_on")),
    ],
)
def test_an_answer_that_is_none_is_refused(
    door: AtDoor, episode: str, change: dict[str, Any], fault: tuple[str, str]
) -> None:
    answer = door.post(CONSENTS, said(episode, "asked") | change)

    assert (422, "invalid-request", [fault]) == problem(answer)


def test_a_withdrawal_closes_the_episode_of_the_event(door: AtDoor, episode: str) -> None:
    granted = grant(door, episode)

    answer = door.post(f"{CONSENTS}/{granted}/withdrawal", {})

    assert 201 == answer.status_code
    assert [episode] == [one["episode"] for one in answer.json["withdrawn"]]


def test_a_withdrawal_of_the_client_closes_all_its_episodes(
    door: AtDoor, client: str, episode: str
) -> None:
    later = {**EPISODE, "client": client, "started_on": "2025-03-03"}
    other = door.made("/v1/episodes", later)["id"]
    granted = grant(door, episode)
    grant(door, other)

    answer = door.post(f"{CONSENTS}/{granted}/withdrawal", {"scope": "client"})

    assert {episode, other} == {one["episode"] for one in answer.json["withdrawn"]}


def test_a_withdrawal_has_one_of_two_scopes(door: AtDoor, episode: str) -> None:
    answer = door.post(f"{CONSENTS}/{grant(door, episode)}/withdrawal", {"scope": "everybody"})

    assert (422, "invalid-request", [("wrong-type", "/scope")]) == problem(answer)


def test_another_providers_permission_is_as_unknown_as_none(door: AtDoor, episode: str) -> None:
    granted = grant(door, episode)

    answers = [
        door.post(CONSENTS, said(episode, "asked"), by="stranger"),
        door.post(f"{CONSENTS}/{granted}/withdrawal", {}, by="stranger"),
        door.post(f"{CONSENTS}/{NOWHERE}/withdrawal", {}),
        door.post(f"{CONSENTS}/{NOWHERE}/verification", by="verifier"),
    ]

    assert [(404, "not-found", [])] * 4 == [problem(answer) for answer in answers]


def test_who_records_does_not_verify_and_who_verifies_does_not_record(
    door: AtDoor, episode: str
) -> None:
    granted = grant(door, episode)

    answers = [
        door.post(f"{CONSENTS}/{granted}/verification"),
        door.post(CONSENTS, said(episode, "asked"), by="verifier"),
        door.post(f"{CONSENTS}/{granted}/withdrawal", {}, by="verifier"),
    ]

    assert [(403, "not-allowed", [])] * 3 == [problem(answer) for answer in answers]


@pytest.mark.parametrize("by", ["recorder", "auditor"])
def test_the_timeline_tells_what_was_said_and_what_holds(
    door: AtDoor, client: str, episode: str, by: str
) -> None:
    door.made(CONSENTS, said(episode, "asked"))
    granted = grant(door, episode)
    door.post(f"{CONSENTS}/{granted}/verification", by="verifier")

    answer = door.get(f"/v1/clients/{client}/consents", by=by)

    assert 200 == answer.status_code
    assert ["asked", "granted", "verified"] == [one["kind"] for one in answer.json["events"]]
    [verdict] = answer.json["verdicts"]
    assert (episode, True, None) == (verdict["episode"], verdict["permitted"], verdict["code"])


def test_the_timeline_as_it_was_known_before(door: AtDoor, client: str, episode: str) -> None:
    grant(door, episode)

    answer = door.get(f"/v1/clients/{client}/consents?as_known=2026-01-01T00:00:00Z")

    assert [] == answer.json["events"]


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01T00:00:00Z", "2026-01-01"])
def test_an_instant_that_is_none_is_refused(door: AtDoor, client: str, text: str) -> None:
    answer = door.get(f"/v1/clients/{client}/consents?as_valid={text}")

    assert (422, "invalid-request", [("wrong-type", "?as_valid")]) == problem(answer)


def test_another_provider_sees_no_timeline(door: AtDoor, client: str) -> None:
    others = door.get(f"/v1/clients/{client}/consents", by="stranger")
    nobodys = door.get(f"/v1/clients/{NOWHERE}/consents", by="stranger")

    assert (404, "not-found", []) == problem(others) == problem(nobodys)
