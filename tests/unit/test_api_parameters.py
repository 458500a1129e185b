"""The texts of a query's parameters, read strictly."""

from datetime import UTC, datetime

import pytest

from akva.api.batching import OnError
from akva.api.parameters import choice, flag, instant
from akva.errors import InvalidRequest


def test_an_instant_is_read_in_utc() -> None:
    expected = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    assert expected == instant({"at": "2026-03-02T09:30:00Z"}, "at")
    assert expected.replace(microsecond=500_000) == instant({"at": "2026-03-02T09:30:00.5Z"}, "at")


def test_what_is_absent_is_the_usual() -> None:
    assert instant({}, "at") is None
    assert flag({}, "dry_run") is False
    assert OnError.ACCEPT_GOOD is choice({}, "on_error", OnError.ACCEPT_GOOD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2027-03-02",
        "2027-03-02T09:30:00",
        "2027-03-02T09:30:00+02:00",
        "2027-03-02T09:30:00Z\n",
        "2027-02-30T09:30:00Z",
        "2027-03-02T24:30:00Z",
        "0000-03-02T09:30:00Z",
        "٢027-03-02T09:30:00Z",
    ],
)
def test_an_instant_is_written_in_one_way(text: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        instant({"at": text}, "at")

    assert [("wrong-type", "?at")] == [(one.code, one.where) for one in caught.value.faults]
    assert text not in str(caught.value) or not text


@pytest.mark.parametrize("text", ["", "TRUE", "1", "yes", " true"])
def test_a_flag_is_true_or_false(text: str) -> None:
    assert flag({"dry_run": "true"}, "dry_run") is True
    with pytest.raises(InvalidRequest):
        flag({"dry_run": text}, "dry_run")


@pytest.mark.parametrize("text", ["", "Reject-All", "reject_all"])
def test_a_choice_is_one_of_the_values(text: str) -> None:
    assert OnError.REJECT_ALL is choice({"on_error": "reject-all"}, "on_error", OnError.ACCEPT_GOOD)
    with pytest.raises(InvalidRequest):
        choice({"on_error": text}, "on_error", OnError.ACCEPT_GOOD)
