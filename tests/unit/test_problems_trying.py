"""One part of many: what it was refused for is a value, and what concerns all goes on."""

import pytest

from akva.errors import (
    AkvaError,
    Conflict,
    DatabaseNotReady,
    Fault,
    InvalidHetu,
    InvalidRequest,
    KeyReused,
    NotAllowed,
)
from akva.problems.trying import Refused, tried

FAULT = Fault("wrong-type", "/a", "this is no number", "give one")


def raising(error: Exception) -> int:
    raise error


def test_what_was_done_is_given_back() -> None:
    assert 7 == tried(lambda: 7)


def test_the_faults_of_a_request_stay_what_they_are() -> None:
    done = tried(lambda: raising(InvalidRequest(FAULT)))

    assert Refused("invalid-request", (FAULT,)) == done


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Conflict("said"), "conflict"),
        (InvalidHetu("said"), "invalid-hetu"),
        (KeyReused("said"), "idempotency-key-reused"),
    ],
)
def test_another_refusal_is_one_fault_of_its_code(error: AkvaError, code: str) -> None:
    done = tried(lambda: raising(error))

    assert isinstance(done, Refused)
    assert (code, [(code, "", "said")]) == (
        done.code,
        [(fault.code, fault.where, fault.why) for fault in done.faults],
    )


@pytest.mark.parametrize("error", [DatabaseNotReady("x"), NotAllowed("x"), ZeroDivisionError()])
def test_what_concerns_more_than_the_part_goes_on(error: Exception) -> None:
    with pytest.raises(type(error)):
        tried(lambda: raising(error))


def test_the_place_of_a_part_stands_before_the_places_of_its_faults() -> None:
    [moved] = Refused("invalid-request", (FAULT,)).within("/line/3")

    assert "/line/3/a" == moved.where
