"""Sentences and numbers: the three languages say the same, and nothing is left unsaid."""

from datetime import date
from importlib.resources import files
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akva.words import (
    LANGUAGES,
    MissingWords,
    day,
    number,
    percent,
    percent_span,
    say,
    sentences,
    signed,
    span,
)
from akva.words.sentences import placeholders

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
REFUSALS = (
    "CONSENT_MISSING",
    "CONSENT_NOT_WRITTEN",
    "CONSENT_EVIDENCE_UNVERIFIED",
    "CONSENT_REFUSED_BY_CLIENT",
    "CONSENT_WITHDRAWN",
    "CONSENT_NOT_YET_VALID",
    "CONSENT_EXPIRED",
    "CONSENT_SUPERSEDED",
    "CONSENT_SCOPE_PURPOSE",
    "CONSENT_SCOPE_INSTRUMENT",
    "IDENTITY_NEEDED",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_codes(language: str) -> None:
    assert sentences("fi").keys() == sentences(language).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_placeholders(language: str) -> None:
    expected = {code: placeholders(sentence) for code, sentence in sentences("fi").items()}

    found = {code: placeholders(sentence) for code, sentence in sentences(language).items()}

    assert expected == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    empty = [code for code, text in sentences(language).items() if not text]

    assert not empty


@pytest.mark.parametrize(("language", "code"), list(product(LANGUAGES, REFUSALS)))
def test_every_refusal_has_a_sentence_and_a_next_step(language: str, code: str) -> None:
    for part in ("why", "next_step"):
        assert say(language, f"refusal.{code}.{part}").endswith(".")


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(MissingWords):
        say("fi", "refusal.NO_SUCH_CODE.why")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(MissingWords):
        say("de", "status.published")


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(MissingWords, match="points"):
        say("fi", "scale.bdi-21/total.down")


def test_a_whole_number_in_a_sentence_is_worded() -> None:
    assert f"n{NBSP}={NBSP}1{NBSP}620" == say("fi", "chart.n", n=1620)


def test_a_plural_follows_its_number() -> None:
    found = [say("fi", "report.pairs", n=n) for n in (1, 2)]

    assert [f"1{NBSP}mittauspari", f"2{NBSP}mittausparia"] == found


def test_a_plural_without_its_number_is_an_error() -> None:
    with pytest.raises(MissingWords):
        say("fi", "report.pairs", n="kaksi")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", f"{MINUS}1{NBSP}234,6"),
        ("sv", f"{MINUS}1{NBSP}234,6"),
        ("en", f"{MINUS}1,234.6"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(language: str, expected: str) -> None:
    assert expected == number(language, -1234.56, decimals=1)


def test_a_half_is_rounded_up() -> None:
    expected = ["1", "3", "13"]

    assert expected == [number("fi", value) for value in (0.5, 2.5, 12.5)]


def test_a_small_negative_number_is_no_negative_zero() -> None:
    expected = "0,0"

    assert expected == number("fi", -0.04, decimals=1)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_finite_number_is_never_written(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        number("fi", value)


def test_a_change_carries_its_sign() -> None:
    found = [signed("fi", value, decimals=1) for value in (2.14, -3.4, 0.0)]

    assert ["+2,1", f"{MINUS}3,4", "0,0"] == found


def test_a_range_is_written_with_a_dash() -> None:
    expected = f"10,2{DASH}14,6"

    assert expected == span("fi", lower=10.2, upper=14.6, decimals=1)


@pytest.mark.parametrize(
    ("language", "between"), [("fi", "…"), ("sv", f"{NBSP}till{NBSP}"), ("en", f"{NBSP}to{NBSP}")]
)
def test_a_range_beside_a_minus_is_not_written_with_a_dash(language: str, between: str) -> None:
    found = span(language, lower=-4, upper=-2)

    assert f"{MINUS}4{between}{MINUS}2" == found


@pytest.mark.parametrize(
    ("language", "expected"), [("fi", f"58{NBSP}%"), ("sv", f"58{NBSP}%"), ("en", "58%")]
)
def test_a_share_is_rounded_in_decimals_not_in_binary(language: str, expected: str) -> None:
    assert expected == percent(language, 0.575)


def test_an_interval_of_shares_has_one_sign() -> None:
    assert f"38{DASH}47{NBSP}%" == percent_span("fi", lower=0.38, upper=0.47)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "4.3.2026"), ("sv", "4.3.2026"), ("en", "4 March 2026")],
)
def test_a_day_cannot_be_read_two_ways(language: str, expected: str) -> None:
    assert expected == day(language, date(2026, 3, 4))


@settings(deadline=None)  # the first call loads a locale
@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_keeps_exactly_its_decimals(value: float, decimals: int) -> None:
    text = number("fi", value, decimals=decimals)

    assert decimals == len(text.partition(",")[2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_hold_no_plain_minus_before_a_digit(language: str) -> None:
    text = files("akva.words").joinpath(f"{language}.toml").read_text("utf-8")

    assert "-{" not in text
