"""A provider's record by commands: clients, episodes, assessments, courses; and each refusal."""

from typing import Any

import pytest

from tests.functional.sent import CLIENT, COURSE, EPISODE, HETU, START, bdi
from tests.functional.shell import Shell

FIELDS = "hetu, reference, birth_year, sex, area"


def added_client(shell: Shell) -> str:
    client: str = shell.json("client", "add", shell.file("c.json", CLIENT), by="sender")["client"]
    return client


def added_episode(shell: Shell) -> str:
    path = shell.file("e.json", EPISODE)
    added = shell.json("episode", "add", added_client(shell), path, by="sender")
    episode: str = added["episode"]
    return episode


def test_a_client_an_episode_and_an_assessment_one_by_one(shell: Shell) -> None:
    path = shell.file("a.json", bdi(*START, 2))

    done = shell("assessment", "record", added_episode(shell), path, by="sender")

    assert (0, "") == (done.code, done.err)
    first, log, *alerts = done.out.splitlines()
    assert (first.split()[0], log.split(",")[0], alerts) == (
        "assessment",
        "log index 9",
        ["alert item-9", "alert total-30"],
    )


def test_a_client_who_is_registered_already_is_refused(shell: Shell) -> None:
    added_client(shell)

    done = shell("client", "add", shell.file("c.json", CLIENT), by="sender")

    assert (1, "") == (done.code, done.out)
    assert HETU not in done.err


def test_every_fault_of_a_client_is_a_line_with_its_place_and_a_next_step(shell: Shell) -> None:
    path = shell.file("c.json", {"hetu": HETU, "birth_year": 1953, "sex": "x", "shoe_size": 41})

    done = shell("client", "add", path, by="sender")

    expected = [
        f"/shoe_size: there is no such field. Next: Leave it out, or use one of {FIELDS}.",
        "/area: this field is needed. Next: Add it.",
        "/sex: this is not one of female, male, unknown. Next: Give one of female, male, unknown.",
    ]
    assert (2, "", expected) == (done.code, done.out, done.err.splitlines())


def test_what_contradicts_the_classifications_is_refused_by_place(shell: Shell) -> None:
    path = shell.file("e.json", EPISODE | {"diagnosis": "F33.1", "ended_on": "2025-01-01"})

    done = shell("episode", "add", added_client(shell), path, by="sender")

    assert done.code == 2
    assert ["/diagnosis", "/ended_on"] == [line.split(":")[0] for line in done.err.splitlines()]


@pytest.mark.parametrize("by", ["researcher", "operator", "verifier"])
def test_only_a_provider_s_sender_registers_clients(shell: Shell, by: str) -> None:
    done = shell("client", "add", shell.file("c.json", CLIENT), by=by)

    assert (2, "") == (done.code, done.out)
    assert "Next: Ask somebody who has the role" in done.err


def test_another_provider_s_client_is_as_unknown_as_one_that_never_was(shell: Shell) -> None:
    path = shell.file("e.json", EPISODE)
    never = "00000000-0000-7000-8000-000000000000"

    others = shell("episode", "add", added_client(shell), path, by="stranger")

    assert shell("episode", "add", never, path, by="stranger") == others
    assert others.code == 2


def test_an_actor_whom_nobody_set_up_is_unknown(shell: Shell) -> None:
    shell.people["nobody"] = "00000000-0000-7000-8000-000000000000"

    done = shell("client", "add", shell.file("c.json", CLIENT), by="nobody")

    assert (2, "no such actor. Next: Check the id.\n") == (done.code, done.err)


def client(**other: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return COURSE | {"client": {**CLIENT, **other}}


def test_bad_courses_are_listed_and_stop_no_good_one(shell: Shell) -> None:
    other = {"client": {"reference": "A-2", "birth_year": 1990, "sex": "male", "area": "02"}}
    lines = [COURSE, {"client": CLIENT}, COURSE | {"assessments": 7}, COURSE | other]

    done = shell("course", "submit", shell.file("c.ndjson", *lines), by="sender")

    assert done.code == 3
    assert ["line 1 written", "line 4 written"] == [
        line.partition(":")[0] for line in done.out.splitlines() if line.startswith("line")
    ]
    assert ["line 2 /episode", "line 2 /assessments", "line 3 /assessments"] == [
        line.partition(":")[0] for line in done.err.splitlines()
    ]


def test_receipts_of_courses_are_one_object_a_line(shell: Shell) -> None:
    path = shell.file("c.ndjson", COURSE, {"client": CLIENT})

    done = shell("course", "submit", path, "--json", by="sender")

    good, bad = done.json
    assert (1, None, 2) == (good["line"], good["problem"], len(good["assessment_ids"]))
    assert (2, "invalid-request") == (bad["line"], bad["problem"]["code"])
    assert ["/episode", "/assessments"] == [error["where"] for error in bad["problem"]["errors"]]


def test_blank_lines_between_courses_are_nothing(shell: Shell) -> None:
    path = shell.folder / "blank.ndjson"
    path.write_bytes(b"\n \r\n")

    done = shell("course", "submit", str(path), by="sender")

    assert (0, "", "") == (done.code, done.out, done.err)


def test_what_stops_every_course_is_said_once(shell: Shell) -> None:
    path = shell.file("c.ndjson", COURSE, COURSE)

    done = shell("course", "submit", path, by="researcher")

    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))
