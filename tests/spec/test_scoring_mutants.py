"""The vectors bite: a definition that says anything else about scoring turns one of them red."""

import pytest

from instruments.catalogue import made
from instruments.loader import parse
from tests.vectors import scoring

MUTANTS = [
    ("whoqol-bref", 'reversed = ["q3", "q4"]', 'reversed = ["q3"]'),
    ("whoqol-bref", 'reversed = ["q26"]\n', ""),
    ("whoqol-bref", "answered = 22", "answered = 21"),
    ("whoqol-bref", "answered = 22", "answered = 23"),
    ("whoqol-bref", "physical = { answered = 6 }", "physical = { answered = 5 }"),
    ("whoqol-bref", "psychological = { answered = 5 }", "psychological = { answered = 4 }"),
    ("whoqol-bref", "social = { answered = 2 }", "social = { answered = 3 }"),
    ("whoqol-bref", "environment = { answered = 6 }", "environment = { answered = 7 }"),
    ("whoqol-bref", "answered = 21", "answered = 20"),
    ("whoqol-bref", "physical = { answered = 5 }", "physical = { answered = 4 }"),
    ("whoqol-bref", "social = { answered = 3 }", "social = { answered = 2 }"),
    ("whoqol-bref", "times = 4", "times = 5"),
    ("whoqol-bref", "0, 6, 6, 13, 13, 19", "0, 6, 7, 13, 13, 19"),
    ("whoqol-bref", '"q4", "q10"', '"q4", "q1"'),
    ("bdi-21", "mild = 10, moderate = 19", "mild = 11, moderate = 19"),
    ("bdi-21", "moderate = 19", "moderate = 18"),
    ("bdi-21", "moderate = 17", "moderate = 16"),
    ("bdi-21", "severe = 30", "severe = 31"),
    ("bdi-21", "at_least = 1\n", "at_least = 2\n"),
    ("bdi-21", "at_least = 30", "at_least = 31"),
    ("bdi-21", "at_least = 30", "at_least = 29"),
    ("bdi-21", "answered = 19", "answered = 18"),
    ("bdi-21", "answered = 19", "answered = 20"),
    ("bdi-ii", '"3b" = 3', '"3b" = 2'),
    ("bdi-ii", "mild = 14", "mild = 13"),
    ("bdi-ii", "severe = 29", "severe = 30"),
    ("phq-9", "moderately-severe = 15", "moderately-severe = 16"),
    ("phq-9", "at_least = 1\n", "at_least = 2\n"),
    ("gas", "rho = 0.3", "rho = 0.0"),
    ("gas", "levels = [-2", "levels = [-3, -2"),
    ("akv-1", '"4" = 4, "7" = 7 }', '"5" = 5, "7" = 7 }'),
    ("akv-1", 'absent = { "5"', 'absent = { "6"'),
]


@pytest.mark.parametrize(("name", "said", "instead"), MUTANTS)
def test_a_changed_definition_turns_a_vector_red(name: str, said: str, instead: str) -> None:
    text = (scoring.DEFINITIONS / f"{name}.toml").read_text("utf-8")
    assert said in text
    mutant = made(parse(text.replace(said, instead, 1), file=f"{name}.toml"))

    red = [
        each
        for case in scoring.document(name)["cases"]
        for each in scoring.disagreements(mutant, case)
    ]

    assert red


@pytest.mark.parametrize("name", scoring.names())
def test_an_unchanged_definition_leaves_every_vector_green(name: str) -> None:
    text = (scoring.DEFINITIONS / f"{name}.toml").read_text("utf-8")
    same = made(parse(text, file=f"{name}.toml"))

    red = [
        each
        for case in scoring.document(name)["cases"]
        for each in scoring.disagreements(same, case)
    ]

    assert [] == red
