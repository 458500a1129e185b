"""The journal takes what is on its list and nothing else."""

import json
from io import StringIO
from uuid import UUID

import pytest

from akva.journal import Unlisted, Value, journal

ID = UUID("01900000-0000-7000-8000-000000000001")


def test_a_call_is_one_line_of_json() -> None:
    stream = StringIO()

    journal(stream).told("call", route="/v1/clients/<uuid:client_id>", status=201, actor=ID)

    [line] = stream.getvalue().splitlines()
    assert {"at", "event", "route", "status", "actor"} == json.loads(line).keys()
    assert str(ID) == json.loads(line)["actor"]


def test_what_there_is_not_is_left_out() -> None:
    stream = StringIO()

    journal(stream).told("call", code=None)

    assert "code" not in json.loads(stream.getvalue())


def test_a_key_that_is_not_listed_is_refused_and_nothing_is_written() -> None:
    stream = StringIO()

    with pytest.raises(Unlisted) as refused:
        journal(stream).told("call", hetu="010594Y9032")

    assert "" == stream.getvalue()
    assert "hetu" not in str(refused.value)
    assert "9032" not in str(refused.value)


@pytest.mark.parametrize("value", ["Äiti", "a\nb", "x" * 121, "", "{'q1': 3}", "a@b", 1.5])
def test_a_value_that_is_no_plain_word_is_refused(value: Value) -> None:
    with pytest.raises(Unlisted):
        journal(StringIO()).told("call", code=value)
