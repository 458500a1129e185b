"""report.html: complete in itself, accessible, in three languages."""

import re
from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from akva.demo.report import render
from akva.words import LANGUAGES, say
from tests.unit.reported import data, html, of_language

VOID = {"meta", "input", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """Collects what a test asks about: tags with their attributes, and whether they close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.stack: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.crossed += [tag] if self.stack.pop() != tag else []

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


@cache
def page() -> Page:
    return Page(html())


def test_every_element_is_closed() -> None:
    assert not page().stack
    assert not page().crossed


def test_nothing_is_loaded_from_anywhere() -> None:
    loaded = [
        value for name in ("src", "srcset", "data", "action") for value in page().values(name)
    ]
    outside = [href for href in page().values("href") if not href.startswith("#")]

    assert not loaded
    assert not outside
    assert "@import" not in html()
    assert not re.search(r"url\((?!#)", html())
    assert not {"link", "iframe", "object", "embed", "img"} & {tag for tag, _ in page().tags}


def test_there_is_no_script() -> None:
    handlers = [name for _, attrs in page().tags for name in attrs if name.startswith("on")]

    assert not page().all("script")
    assert not handlers
    assert "javascript:" not in html()


def test_there_is_one_stylesheet_and_no_inline_style() -> None:
    assert len(page().all("style")) == 1
    assert not page().values("style")


def test_the_policy_allows_that_stylesheet_and_nothing_else() -> None:
    style = html().partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policies = [attrs["content"] for attrs in page().all("meta") if "http-equiv" in attrs]

    assert [f"default-src 'none'; style-src 'sha256-{digest}'"] == policies


def test_every_id_is_unique() -> None:
    doubles = [name for name, count in Counter(page().values("id")).items() if count > 1]

    assert not doubles


@pytest.mark.parametrize("attribute", ["aria-labelledby", "for"])
def test_every_label_points_to_something(attribute: str) -> None:
    ids = set(page().values("id"))
    pointed = {name for value in page().values(attribute) for name in value.split()}

    assert pointed
    assert pointed <= ids


def test_every_link_leads_to_something() -> None:
    targets = {href.removeprefix("#") for href in page().values("href")}

    assert targets <= set(page().values("id"))


def test_the_language_switch_is_a_group_of_radio_buttons() -> None:
    radios = [attrs for attrs in page().all("input") if attrs["type"] == "radio"]

    assert len(LANGUAGES) == len(radios)
    assert ["language"] * 3 == [attrs["name"] for attrs in radios]
    assert ["language-fi"] == [attrs["id"] for attrs in radios if "checked" in attrs]
    assert len(page().all("legend")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_says_its_language(language: str) -> None:
    parts = [attrs["lang"] for attrs in page().all("div") if "lang" in attrs]

    assert list(LANGUAGES) == parts
    assert say(language, "section.findings") in of_language(language)


def test_headings_do_not_skip_a_level() -> None:
    levels = [int(tag[1]) for tag, _ in page().tags if re.fullmatch(r"h[1-6]", tag)]

    assert len(LANGUAGES) == levels.count(1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_headers_with_a_scope() -> None:
    assert len(page().all("table")) == len(page().all("caption"))
    assert all("scope" in attrs for attrs in page().all("th"))


def test_what_scrolls_can_be_reached_by_keyboard() -> None:
    regions = [attrs for attrs in page().all("div") if attrs.get("role") == "region"]

    assert regions
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in regions)


def test_every_chart_is_an_image_with_a_name() -> None:
    charts = [attrs for attrs in page().all("svg") if attrs.get("class") == "chart-drawing"]

    assert charts
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in charts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_change_not_effect_and_that_all_is_simulated(language: str) -> None:
    part = of_language(language)

    assert say(language, "reading.effect") in part
    assert say(language, "reading.simulated") in part


@pytest.mark.parametrize(("language", "expected"), [("fi", "15,7"), ("sv", "15,7"), ("en", "15.7")])
def test_numbers_are_written_in_each_language(language: str, expected: str) -> None:
    assert f">{expected}<" in of_language(language)


def test_the_same_data_make_the_same_page() -> None:
    assert html() == render(data())
