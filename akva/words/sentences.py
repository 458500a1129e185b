"""Sentences by language and stable code, read from one TOML file for each language."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, TypeAlias

from babel import Locale

from akva.words.dates import day
from akva.words.numbers import number

LANGUAGES = ("fi", "sv", "en")
PLURAL = {"one", "other"}  # the plural classes of all three languages

Sentence: TypeAlias = str | Mapping[str, str]
Value: TypeAlias = str | int | date  # no float: how many decimals is the caller's to say


class MissingWords(LookupError):
    """No such language or code, or a value that the sentence needs was not given."""


@cache
def sentences(language: str) -> Mapping[str, Sentence]:
    """Every sentence of a language by its code; raises MissingWords."""
    if language not in LANGUAGES:
        raise MissingWords(f"no language {language!r}: there are {', '.join(LANGUAGES)}")
    text = files(__package__).joinpath(f"{language}.toml").read_text("utf-8")
    return MappingProxyType(dict(flattened(tomllib.loads(text))))


def flattened(section: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Sentence]]:
    for key, value in section.items():
        if isinstance(value, str) or value.keys() == PLURAL:
            yield prefix + key, value
        else:
            yield from flattened(value, f"{prefix}{key}.")


def placeholders(sentence: Sentence) -> frozenset[str]:
    """Name the values that a sentence needs."""
    texts = [sentence] if isinstance(sentence, str) else list(sentence.values())
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


def say(language: str, code: str, **values: Value) -> str:
    """Put the values into the sentence, whole numbers and days in the language's own wording.

    A sentence with a singular and a plural is chosen by its value `n`. Raises MissingWords.
    """
    sentence = sentences(language).get(code)
    if sentence is None:
        raise MissingWords(f"no sentence {code!r} in {language}")
    if missing := placeholders(sentence) - values.keys():
        raise MissingWords(f"{code!r} needs {', '.join(sorted(missing))}")
    text = sentence if isinstance(sentence, str) else sentence[plural(language, values)]
    return text.format_map({name: worded(language, value) for name, value in values.items()})


def plural(language: str, values: Mapping[str, Value]) -> str:
    count = values.get("n")
    if not isinstance(count, int):
        raise MissingWords("a sentence with a plural needs the whole number n")
    return Locale(language).plural_form(count)


def worded(language: str, value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return day(language, value)
    return number(language, value)
