"""Batches at the HTTP door: a refused line stops no other, or all; sent twice, done once."""

import json
from typing import Any

import pytest

from tests.functional.at_door import AtDoor, Told, problem
from tests.functional.sent import COURSE

BATCHES = "/v1/batches"
WRONG: dict[str, Any] = {**COURSE, "episode": {**COURSE["episode"], "service": "holiday"}}


def course(number: int) -> dict[str, Any]:
    client = {"reference": f"R-{number}", "birth_year": 1980, "sex": "male", "area": "08"}
    return {**COURSE, "client": client}


def lines(*courses: object) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in courses)


def send(door: AtDoor, body: bytes, query: str = "", **headers: str) -> Told:
    kind = {"Content_Type": "application/x-ndjson", **headers}
    return door.post(f"{BATCHES}{query}", body, **kind)


def test_every_line_is_written_and_tells_its_ids(door: AtDoor) -> None:
    answer = send(door, lines(course(1), course(2)))

    assert (201, 2, 0) == (answer.status_code, answer.json["written"], answer.json["refused"])
    assert [1, 2] == [one["line"] for one in answer.json["lines"]]
    [first, _] = [one["course"] for one in answer.json["lines"]]
    assert {"client", "episode", "consent", "assessments", "alerts", "log_index"} == set(first)
    assert 200 == door.get(f"/v1/assessments/{first['assessments'][0]}").status_code


def test_a_line_that_is_refused_stops_no_other(door: AtDoor) -> None:
    answer = send(door, lines(course(1), WRONG) + b"{\n" + lines(course(2)))

    told = answer.json["lines"]
    assert (207, 2, 2) == (answer.status_code, answer.json["written"], answer.json["refused"])
    assert [True, False, False, True] == [one["problem"] is None for one in told]
    assert "/episode/service" in {one["where"] for one in told[1]["problem"]["errors"]}
    assert "not-json" == told[2]["problem"]["code"]


def test_where_nothing_could_be_written_every_fault_is_told_with_its_line(door: AtDoor) -> None:
    answer = send(door, b"\n" + lines(WRONG) + b"[]\n")

    status, code, faults = problem(answer)
    assert (422, "invalid-request") == (status, code)
    assert {"/line/2/episode/service", "/line/3"} <= {where for _, where in faults}


def test_reject_all_writes_nothing_where_one_line_is_wrong(door: AtDoor) -> None:
    refused = send(door, lines(course(1), WRONG), "?on_error=reject-all")

    later = send(door, lines(course(1)))

    places = {where for _, where in problem(refused)[2]}
    assert "/line/2/episode/service" in places
    assert all(where.startswith("/line/2/") for where in places)
    assert 201 == later.status_code
    [one] = later.json["lines"]
    record = door.get(f"/v1/clients/{one['course']['client']}/export").json
    assert [one["course"]["episode"]] == [episode["id"] for episode in record["episodes"]]


def test_reject_all_writes_all_where_no_line_is_wrong(door: AtDoor) -> None:
    answer = send(door, lines(course(1), course(2)), "?on_error=reject-all")

    assert (201, 2) == (answer.status_code, answer.json["written"])


def test_a_dry_run_tells_what_would_be_written_and_writes_nothing(door: AtDoor) -> None:
    dry = send(door, lines(course(1), WRONG), "?dry_run=true")

    assert (200, 1, 1) == (
        dry.status_code,
        dry.json["would_be_written"],
        dry.json["would_be_refused"],
    )
    [first, second] = dry.json["lines"]
    codes = {one["code"] for one in first["reports"]}
    assert 2 == len(first["reports"])
    assert all(code.startswith("CONSENT_") for code in codes)
    assert all(one["why"] and one["next_step"] for one in first["reports"])
    assert (False, []) == (second["would_be_written"], second["reports"])


def test_a_dry_run_leaves_the_key_free(door: AtDoor) -> None:
    send(door, lines(course(1)), "?dry_run=true", Idempotency_Key="one")

    answer = send(door, lines(course(1)), Idempotency_Key="one")

    assert 201 == answer.status_code


def test_a_batch_that_is_sent_again_writes_nothing_twice(door: AtDoor) -> None:
    body = lines(course(1), course(2))

    first, second = (send(door, body, Idempotency_Key="nightly") for _ in range(2))

    assert (201, first.json) == (second.status_code, second.json)


def test_a_batch_that_was_cut_short_is_completed_under_its_key(door: AtDoor) -> None:
    first = send(door, lines(course(1)), Idempotency_Key="nightly")

    second = send(door, lines(course(1), course(2)), Idempotency_Key="nightly")

    assert first.json["lines"][0] == second.json["lines"][0]
    assert (201, 2) == (second.status_code, second.json["written"])


def test_another_line_under_the_same_key_is_refused_alone(door: AtDoor) -> None:
    send(door, lines(course(1)), Idempotency_Key="nightly")

    answer = send(door, lines(course(9), course(2)), Idempotency_Key="nightly")

    told = answer.json["lines"]
    assert 207 == answer.status_code
    assert "idempotency-key-reused" == told[0]["problem"]["code"]
    assert told[1]["problem"] is None


def test_a_conflict_of_one_line_is_worded_in_the_readers_language(door: AtDoor) -> None:
    both = course(3)
    both["client"] = {**COURSE["client"], "reference": "R-1"}
    send(door, lines(course(1), COURSE))

    answer = send(door, lines(both), Accept_Language="fi")

    status, code, faults = problem(answer)
    assert (422, "invalid-request", [("conflict", "/line/1")]) == (status, code, faults)


@pytest.mark.parametrize("query", ["?dry_run=yes", "?on_error=ignore", "?dry_run=", "?dryrun=true"])
def test_a_parameter_that_is_none_is_refused(door: AtDoor, query: str) -> None:
    answer = send(door, lines(course(1)), query)

    assert (422, "invalid-request") == problem(answer)[:2]


@pytest.mark.parametrize("body", [b"", b"\n \n"])
def test_a_batch_without_lines_is_refused(door: AtDoor, body: bytes) -> None:
    assert (422, "invalid-request", [("not-json", "")]) == problem(send(door, body))


def test_a_batch_of_too_many_lines_is_refused_unread(door: AtDoor) -> None:
    assert (413, "too-large", []) == problem(send(door, b"{}\n" * 10_001))


def test_a_batch_is_lines_of_json(door: AtDoor) -> None:
    answer = door.post(BATCHES, COURSE)

    assert (415, "media-type-refused", []) == problem(answer)


@pytest.mark.parametrize("by", ["verifier", "auditor", "drafter", "operator"])
def test_only_a_provider_sends_batches(door: AtDoor, by: str) -> None:
    body, kind = lines(course(1)), "application/x-ndjson"

    answer = door.post(BATCHES, body, by=by, Content_Type=kind)

    assert (403, "not-allowed", []) == problem(answer)
