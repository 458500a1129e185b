"""Files, functions, parameters and packages stay within the sizes of the house."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE, FUNCTION, PARAMETERS, MODULES = 250, 40, 6, 12
CARRIED_AWAY = {"akva/verifier/main.py": 600}  # one file on purpose
EXEMPT = {"versions", "migrations", "vectors", "templates", "definitions"}
TREES = ("akva", "instruments", "consent", "tests")

SOURCES = sorted(
    path
    for tree in TREES
    for path in (ROOT / tree).rglob("*.py")
    if not EXEMPT & set(path.relative_to(ROOT).parts)
)


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_a_file_is_short_enough_to_read_whole(path: Path) -> None:
    limit = CARRIED_AWAY.get(str(path.relative_to(ROOT)), FILE)

    assert len(path.read_text("utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_a_function_fits_on_a_screen_and_takes_few_parameters(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    too_long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > FUNCTION]
    too_many = [f.name for f in functions if parameters(f) > PARAMETERS]

    assert ([], []) == (too_long, too_many)


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count them; a method's own object is not one."""
    arguments = function.args
    listed = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in listed if name not in {"self", "cls"}])


def test_a_package_holds_at_most_twelve_modules() -> None:
    modules = Counter(
        path.parent
        for path in SOURCES
        if path.name != "__init__.py" and path.relative_to(ROOT).parts[0] != "tests"
    )

    crowded = {str(p.relative_to(ROOT)): n for p, n in modules.items() if n > MODULES}

    assert {} == crowded
