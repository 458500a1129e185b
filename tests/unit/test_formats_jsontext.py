"""JSON is read strictly: what two parsers would read in two ways is no JSON here."""

import json
import tracemalloc

import pytest

from akva.errors import NotJson
from akva.formats import jsontext

MIB = 1024 * 1024


def why(text: bytes) -> str:
    with pytest.raises(NotJson) as caught:
        jsontext.parse(text)
    [fault] = caught.value.faults
    assert ("not-json", "") == (fault.code, fault.where)
    return fault.why


@pytest.mark.parametrize("text", [b"[" * 20 + b"]" * 20, b'{"a":' * 20 + b"1" + b"}" * 20])
def test_twenty_levels_are_read(text: bytes) -> None:
    assert jsontext.parse(text) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 21 + b"]" * 21,
        b'{"a":' * 21 + b"1" + b"}" * 21,
        b"[" * 100_000,
        b'[{"a":' * 100_000,
        b'["]]]]", ' * 21,
        b'["\\"]", ' * 21,
    ],
)
def test_more_levels_are_refused_before_they_are_read(text: bytes) -> None:
    assert "nested too deeply" == why(text)


@pytest.mark.parametrize(
    "text",
    [
        b'["' + b"[" * 100_000 + b'"]',
        b'["\\"' + b"[" * 100_000 + b'"]',
        b'["\\\\", "' + b"{" * 100_000 + b'"]',
        b"[" + b"[]," * 10_000 + b"[]]",
    ],
)
def test_brackets_in_texts_or_beside_each_other_are_not_deep(text: bytes) -> None:
    assert jsontext.parse(text) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        b"[" * MIB,
        b"[" * 21 + b'"' + b'\\"' * (MIB // 2),
        b"[]" * 20 + b'"' * MIB,
        b"]" * MIB + b"[" * 21,
        b"[" + b'"[",' * (MIB // 4),
        b"[" * 15 + b"\\" * MIB + b"[" * 15,
    ],
)
def test_the_hostile_cost_no_memory_but_their_own(text: bytes) -> None:
    tracemalloc.start()

    with pytest.raises(NotJson):
        jsontext.parse(text)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 24 * MIB


def test_a_closing_bracket_lends_no_depth() -> None:
    assert "not JSON at line 1, column 1" == why(b"]" * 100_000 + b"[" * 100_000)


@pytest.mark.parametrize("text", [b"NaN", b"-Infinity", b"1e999", b"-1e999", b"9" * 5000])
def test_a_number_is_finite_and_of_a_sensible_length(text: bytes) -> None:
    assert "a number that is no finite number" == why(text)


@pytest.mark.parametrize("text", [b"\xff", b"\xed\xa0\x80", b'"\xc0\xaf"', "[]".encode("utf-16")])
def test_other_bytes_than_utf_8_are_refused(text: bytes) -> None:
    assert "not UTF-8" == why(text)


def test_a_key_that_stands_twice_is_remembered() -> None:
    read = jsontext.parse(b'{"consent": false, "consent": true, "other": 1}')

    assert isinstance(read, jsontext.Doubled)
    assert ("consent",) == read.twice
