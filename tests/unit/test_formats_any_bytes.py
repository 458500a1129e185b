"""Whatever is sent, a reader answers with a value or with faults that repeat nothing of it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akva.errors import InvalidRequest
from tests.unit.sent_bodies import KINDS, NAMES, Kind

CANARY = "131052-308T"  # an identity code: it may stand anywhere, by mistake
WORDS = sorted({name for kind in KINDS for name in kind.body})

keys = st.one_of(st.sampled_from([*WORDS, CANARY, f"{CANARY}/~1", "_schema", ""]), st.text())
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from([CANARY, f" {CANARY}", "\ud800", "a\x00", "2025-02-03", "start", 2**53]),
)
values = st.recursive(
    leaves,
    lambda parts: st.one_of(st.lists(parts, max_size=4), st.dictionaries(keys, parts, max_size=6)),
    max_leaves=20,
)


def refusal(kind: Kind, text: bytes) -> InvalidRequest | None:
    """Read, and give what is raised; anything but InvalidRequest goes on up and fails the test."""
    try:
        kind.reader(text)
    except InvalidRequest as error:
        return error
    return None


def hold(refused: InvalidRequest | None) -> None:
    """Hold a refusal to its law: it has faults, and neither they nor a traceback tell the value."""
    if refused is None:
        return
    assert refused.faults
    assert CANARY not in repr(refused.faults) + str(refused)
    assert refused.__cause__ is None
    assert refused.__context__ is None or refused.__suppress_context__


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@given(text=st.binary(max_size=200))
def test_any_bytes_are_answered(kind: Kind, text: bytes) -> None:
    hold(refusal(kind, text))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@given(value=values)
def test_any_json_is_answered_and_not_repeated(kind: Kind, value: object) -> None:
    hold(refusal(kind, json.dumps(value).encode()))


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@given(data=st.data())
def test_a_value_in_the_place_of_another_is_not_repeated(kind: Kind, data: st.DataObject) -> None:
    body: dict[str, Any] = dict(kind.body)
    for name in data.draw(st.lists(st.sampled_from(sorted(body)), min_size=1, max_size=3)):
        body[name] = data.draw(values)
    body |= data.draw(st.dictionaries(keys, values, max_size=2))

    hold(refusal(kind, json.dumps(body).encode()))
