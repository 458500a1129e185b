"""The loader names file and key of everything that is wrong in a definition, all of it at once."""

import pytest

from instruments import InvalidDefinition
from instruments.loader import parse
from tests.vectors.scoring import DEFINITIONS

SMALL = """
id = "small"
edition = "1"
version = 1
title = { fi = "a", sv = "b", en = "c" }
recall = "now"
rights = { status = "structure-only", holder = "d", note = "e" }
citations = ["f"]
items = [
  { id = "q1", topic = { fi = "a", sv = "b", en = "c" }, options = { "1" = 1, "2" = 2 } },
  { id = "q2", topic = { fi = "a", sv = "b", en = "c" }, options = { "1" = 1, "2" = 2 } },
]

[[rules]]
id = "complete"
default = true
source = "g"
scales = { total = { answered = 2 } }

[[scales]]
id = "total"
title = { fi = "a", sv = "b", en = "c" }
items = ["q1", "q2"]
method = "sum"
range = [2, 4]
polarity = "lower"

[[bands]]
id = "two"
scale = "total"
source = "h"
default = true
lowest = { low = 2, high = 3 }

[[alerts]]
id = "alert"
item = "q1"
at_least = 2
source = "i"

[[reliability]]
scale = "total"
kind = "retest"
r = 0.9
source = "j"
"""


def faults(text: str, *, file: str = "small.toml") -> list[tuple[str, str]]:
    with pytest.raises(InvalidDefinition) as refusal:
        parse(text, file=file)
    assert {file} == {fault.file for fault in refusal.value.faults}
    return [(fault.key, fault.why) for fault in refusal.value.faults]


def test_the_small_definition_is_sound() -> None:
    assert "small" == parse(SMALL, file="small.toml").definition.id


@pytest.mark.parametrize(
    ("said", "instead", "key", "why"),
    [
        ('edition = "1"', "", "edition", "is missing"),
        ("version = 1", 'version = "1"', "version", "Expected `int`, got `str`"),
        ('recall = "now"', 'recal = "now"', "recal", "is no key here; recall?"),
        ("structure-only", "free", "rights.status", "Invalid enum value 'free'"),
        ('holder = "d", ', "", "rights.holder", "is missing"),
        (
            'method = "sum"',
            'method = "median"',
            "scales[total].method",
            "Invalid enum value 'median'",
        ),
        ('"2" = 2 } },\n]', '"2" = "2" } },\n]', "items[q2].options", "Expected `int`, got `str`"),
        ("range = [2, 4]", "range = [2]", "scales[total].range", "Expected `array` of length 2"),
        ("{ answered = 2 }", "2", "rules[complete].scales.total", "is no table"),
        ('id = "q1", topic', "topic", "items[0].id", "is missing"),
        ("r = 0.9", "r = 1.5", "reliability[total].r", "must lie between 0 and 1"),
    ],
)
def test_a_fault_of_form_is_named(said: str, instead: str, key: str, why: str) -> None:
    assert said in SMALL

    found = faults(SMALL.replace(said, instead, 1))

    assert any(key == where and told.startswith(why) for where, told in found), found


def test_faults_of_form_and_of_sense_are_told_together() -> None:
    text = SMALL.replace("version = 1", "version = 1.5").replace("high = 3", "high = 2")

    assert ["version", "bands[two].lowest"] == [key for key, _ in faults(text)]


def test_what_refers_to_a_malformed_part_is_no_second_fault() -> None:
    text = SMALL.replace('id = "q2", topic', 'id = "q2", tpic')

    assert {"items[q2].tpic", "items[q2].topic"} == {key for key, _ in faults(text)}


def test_an_array_that_is_no_array_of_tables_is_named() -> None:
    text = SMALL.partition("[[bands]]")[0] + 'bands = "none"\n'

    assert [("scales[total].bands", "is no key here")] == faults(text)


def test_a_value_where_tables_belong_is_named() -> None:
    text = 'bands = "none"\n' + SMALL.partition("[[bands]]")[0]

    assert ["bands"] == [key for key, _ in faults(text)]


def test_a_file_that_is_no_toml_is_named() -> None:
    assert ["(file)"] == [key for key, _ in faults("id = ")]


def test_the_file_is_named_as_the_instrument() -> None:
    assert [("id", "is not the file's name")] == faults(SMALL, file="other.toml")


def test_a_later_edition_carries_its_name_in_the_files() -> None:
    assert "small" == parse(SMALL, file="small@1.toml").definition.id


def test_a_message_names_file_key_and_reason() -> None:
    with pytest.raises(InvalidDefinition, match=r"small\.toml: version: is missing"):
        parse(SMALL.replace("version = 1\n", ""), file="small.toml")


def test_a_comment_or_a_line_break_is_no_other_definition() -> None:
    other = "# a comment\n\n" + SMALL.replace("[2, 4]", "[\n  2,\n  4,\n]")

    assert parse(SMALL, file="small.toml").digest == parse(other, file="small.toml").digest


@pytest.mark.parametrize(
    "change", [('"g"', '"G"'), ("high = 3", "high = 4"), ('fi = "a"', 'fi = "A"')]
)
def test_any_other_content_is_another_definition(change: tuple[str, str]) -> None:
    other = SMALL.replace(*change, 1)

    assert parse(SMALL, file="small.toml").digest != parse(other, file="small.toml").digest


@pytest.mark.parametrize("path", sorted(DEFINITIONS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_definition_is_sound(path: "object") -> None:
    file = DEFINITIONS / str(path)

    assert parse(file.read_text("utf-8"), file=file.name).digest.startswith("sha256:")
