"""Every problem and every fault that can go out has its sentences in three languages."""

import ast
from pathlib import Path

import pytest

from akva.problems.table import PROBLEMS
from akva.words import LANGUAGES, say

ROOT = Path(__file__).parents[2]
SOURCES = [path for room in ("akva", "instruments") for path in (ROOT / room).rglob("*.py")]


def codes_of_faults() -> set[str]:
    """Read the code of each fault that the sources make."""
    calls = (
        node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "Fault"
    )
    named = (
        next((word.value for word in call.keywords if word.arg == "code"), None)
        or (call.args[0] if call.args else None)
        for call in calls
    )
    return {
        node.value
        for node in named
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_the_sources_make_faults() -> None:
    assert {"wrong-type", "value-out-of-range", "goals-differ"} <= codes_of_faults()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(codes_of_faults()))
def test_every_fault_has_a_reason_and_a_next_step(language: str, code: str) -> None:
    assert say(language, f"fault.{code}.why")
    assert say(language, f"fault.{code}.next_step")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted({problem.code for problem in PROBLEMS.values()}))
def test_every_problem_has_a_title_a_reason_and_a_next_step(language: str, code: str) -> None:
    assert say(language, f"problem.{code}.title")
    assert say(language, f"problem.{code}.why")
    assert say(language, f"problem.{code}.next_step")
