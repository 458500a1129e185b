"""Episodes at the HTTP door: opened, read with their version, changed only as they were read."""

from typing import Any

import pytest

from tests.functional.at_door import NOWHERE, AtDoor, problem
from tests.functional.sent import CLIENT, EPISODE

EPISODES = "/v1/episodes"
RUNNING = {name: value for name, value in EPISODE.items() if name != "ended_on"}
ENDED = {"ended_on": "2025-09-30", "end_reason": "as-planned"}


@pytest.fixture
def client(door: AtDoor) -> str:
    return str(door.made("/v1/clients", CLIENT)["id"])


@pytest.fixture
def episode(door: AtDoor, client: str) -> str:
    """Give the address of an episode that has not ended."""
    return f"{EPISODES}/{door.made(EPISODES, {**RUNNING, 'client': client})['id']}"


def test_an_episode_is_opened_and_read_with_its_version(door: AtDoor, client: str) -> None:
    added = door.post(EPISODES, {**RUNNING, "client": client})

    read = door.get(added.headers["Location"])

    assert (201, 200, '"1"') == (added.status_code, read.status_code, read.headers["ETag"])
    assert {
        **RUNNING,
        "client": client,
        "ended_on": None,
        "version": 1,
    }.items() <= read.json.items()


def test_the_end_of_an_episode_is_a_change_of_the_version_that_was_read(
    door: AtDoor, episode: str
) -> None:
    tag = door.get(episode).headers["ETag"]

    changed = door.send("PATCH", episode, ENDED, If_Match=tag)

    assert (200, '"2"') == (changed.status_code, changed.headers["ETag"])
    assert {**RUNNING, **ENDED, "version": 2}.items() <= changed.json.items()
    assert changed.json == door.get(episode).json


def test_a_change_of_an_older_version_is_refused(door: AtDoor, episode: str) -> None:
    door.send("PATCH", episode, ENDED, If_Match='"1"')

    stale = door.send("PATCH", episode, {"end_reason": "as-planned"}, If_Match='"1"')

    assert (412, "stale-version", []) == problem(stale)


def test_a_repeated_change_is_made_once(door: AtDoor, episode: str) -> None:
    first = door.send("PATCH", episode, ENDED, If_Match='"1"', Idempotency_Key="ending")

    second = door.send("PATCH", episode, ENDED, If_Match='"1"', Idempotency_Key="ending")

    assert (200, first.json) == (second.status_code, second.json)


@pytest.mark.parametrize("tag", [{}, {"If_Match": "1"}, {"If_Match": "*"}, {"If_Match": 'W/"1"'}])
def test_a_change_must_say_what_it_changes(door: AtDoor, episode: str, tag: dict[str, Any]) -> None:
    answer = door.send("PATCH", episode, ENDED, **tag)

    assert (428, "version-missing", []) == problem(answer)


def test_a_change_that_means_nothing_is_refused(door: AtDoor, episode: str) -> None:
    answer = door.send("PATCH", episode, {"ended_on": "2024-01-01"}, If_Match='"1"')

    assert (422, "invalid-request") == problem(answer)[:2]
    assert "/ended_on" in {one["where"] for one in answer.json["errors"]}


def test_a_change_may_not_name_what_stays(door: AtDoor, episode: str) -> None:
    answer = door.send("PATCH", episode, {"client": NOWHERE}, If_Match='"1"')

    assert (422, "invalid-request", [("unknown-field", "/client")]) == problem(answer)


def test_an_episode_needs_what_it_needs(door: AtDoor, client: str) -> None:
    answer = door.post(EPISODES, {"client": client, "service": "kiila"})

    status, code, faults = problem(answer)
    assert (422, "invalid-request") == (status, code)
    assert {"/law_basis", "/decided_on", "/started_on", "/diagnosis"} == {at for _, at in faults}


def test_an_episode_of_another_providers_client_is_not_opened(door: AtDoor, client: str) -> None:
    others = door.post(EPISODES, {**RUNNING, "client": client}, by="stranger")
    nobodys = door.post(EPISODES, {**RUNNING, "client": NOWHERE}, by="stranger")

    assert (404, "not-found", []) == problem(others) == problem(nobodys)


def test_another_providers_episode_is_as_unknown_as_none(door: AtDoor, episode: str) -> None:
    read = door.get(episode, by="stranger")
    changed = door.send("PATCH", episode, ENDED, by="stranger", If_Match='"1"')

    assert (404, "not-found", []) == problem(read) == problem(changed)


def test_only_a_provider_opens_reads_and_changes(door: AtDoor, client: str, episode: str) -> None:
    answers = [
        door.post(EPISODES, {**RUNNING, "client": client}, by="auditor"),
        door.get(episode, by="auditor"),
        door.send("PATCH", episode, ENDED, by="verifier", If_Match='"1"'),
    ]

    assert [(403, "not-allowed", [])] * 3 == [problem(answer) for answer in answers]
