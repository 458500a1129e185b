"""Who may call what about whose things: every operation, every caller, every kind of id."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from akva.api.routes import OPERATIONS
from tests.functional.matrix import LINES, ROLES, Line
from tests.functional.world import METHODS, World, made

UNKNOWN = ("nobody", "garbage", "expired", "revoked")  # callers of whom nobody knows anything
OF_ONE_CALL = {"X-Request-Id", "RateLimit-Remaining", "RateLimit-Reset"}
CASES = [
    (name, caller, which)
    for name, line in LINES.items()
    for caller in (*UNKNOWN, *ROLES)
    for which in line.which
]
CLOSED = [  # what a caller who is let in is told nothing of
    (name, caller)
    for name, line in LINES.items()
    if "others" in line.which
    for caller in line.callers
    if caller not in line.anybodys
]
WRITES = [name for name in LINES if METHODS[name] != "GET"]


@pytest.fixture(scope="module")
def world(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    copy(migrated_file, folder / "akva.db")
    with made(f"sqlite:///{folder / 'akva.db'}", folder) as world:
        yield world


def expected(line: Line, caller: str, which: str) -> tuple[int, str | None]:
    """Tell by rule what a call is answered: the status, and the code of its problem."""
    if which == "malformed" and line.named_in_path:
        return 404, "not-found"  # no such address, whoever asks
    if caller in UNKNOWN and not (line.roles is None and caller == "nobody"):
        return 401, "not-authenticated"
    if caller not in line.callers:
        return 403, "not-allowed"
    if which == "malformed":
        return 422, "invalid-request"
    if which == "unknown" or (which == "others" and caller not in line.anybodys):
        return 404, "not-found"
    return line.status, None


def code(answer: TestResponse) -> str | None:
    told: dict[str, Any] = answer.get_json() if "problem" in (answer.mimetype or "") else {}
    return told.get("code")


def test_the_table_here_names_every_operation_and_its_roles() -> None:
    assert {one.name: one.roles for one in OPERATIONS} == {
        name: frozenset(line.roles or ()) for name, line in LINES.items()
    }


@pytest.mark.parametrize(("name", "caller", "which"), CASES)
def test_who_may_call_is_answered_and_nobody_else(
    world: World, name: str, caller: str, which: str
) -> None:
    line = LINES[name]
    target = (world.target if caller in line.callers else world.shared)(name, which)
    before = world.stored()

    answer = world.send(name, caller, target)

    assert expected(line, caller, which) == (answer.status_code, code(answer))
    if answer.status_code >= 400:
        assert before == world.stored()


@pytest.mark.parametrize(("name", "caller"), CLOSED)
def test_what_is_not_one_s_own_is_answered_as_what_never_was(
    world: World, name: str, caller: str
) -> None:
    others = world.send(name, caller, world.target(name, "others"))
    unknown = world.send(name, caller, world.target(name, "unknown"))

    assert told(unknown) == told(others)


def told(answer: TestResponse) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Give all that an answer says, but what no two answers have in common."""
    body = {name: value for name, value in answer.get_json().items() if name != "instance"}
    headers = {name: "" if name in OF_ONE_CALL else text for name, text in answer.headers.items()}
    return answer.status_code, body, headers


@pytest.mark.parametrize("name", WRITES)
def test_a_key_says_nothing_of_another_caller_s_writes(world: World, name: str) -> None:
    """Under a key that somebody else used, a call is answered as under one that nobody used."""
    [role] = LINES[name].callers
    target, key = world.target(name, "own"), str(uuid4())
    first = world.send(name, role, target, **{"Idempotency-Key": key})

    others = world.send(name, "stranger", target, **{"Idempotency-Key": key})
    fresh = world.send(name, "stranger", target)

    assert LINES[name].status == first.status_code
    assert (fresh.status_code, code(fresh)) == (others.status_code, code(others))
    assert first.data != others.data
