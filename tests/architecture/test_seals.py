"""The two seals: only the gate makes `Consented`, only the disclosure makes a `Release`."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("akva", "consent", "instruments")
MAKERS = {"Consented": "consent/gate.py", "Release": "akva/aggregation/disclosure.py"}


def breaches(source: str, name: str) -> list[int]:
    """Find the lines that make, rename or inherit a sealed class; annotations are free."""
    found = (_breach(node, name) for node in ast.walk(ast.parse(source)))
    return [line for line in found if line is not None]


def _breach(node: ast.AST, name: str) -> int | None:
    if isinstance(node, ast.expr | ast.stmt | ast.alias) and _breaks(node, name):
        return node.lineno
    return None


def _breaks(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Call(func=called):
            return _names(called, name) or any(_names(given, name) for given in node.args)
        case ast.ClassDef(bases=bases):
            return any(_names(parent, name) for parent in bases)
        case ast.Assign(value=value) | ast.AnnAssign(value=value) | ast.NamedExpr(value=value):
            return value is not None and _names(value, name)
        case ast.alias(name=imported, asname=renamed):
            return imported.split(".")[-1] == name and renamed not in {None, name}
    return False


def _names(node: ast.AST, name: str) -> bool:
    """Tell whether an expression is the class itself, a form of it, or something of it."""
    match node:
        case ast.Name(id=found):
            return found == name
        case ast.Subscript(value=value):
            return _names(value, name)
        case ast.Attribute(value=value, attr=attribute):
            return attribute == name or _names(value, name)
    return False


def sources() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "maker"), MAKERS.items())
def test_one_file_alone_makes_it(name: str, maker: str) -> None:
    assert {maker} == {path for path, source in sources() if breaches(source, name)}


@pytest.mark.parametrize("name", MAKERS)
def test_it_is_made_in_one_place(name: str) -> None:
    places = [line for _, source in sources() for line in breaches(source, name)]

    assert len(places) == 1


@pytest.mark.parametrize(
    "attack",
    [
        "Consented(rows, purpose, at, {}, None)",
        "Consented[Reports](rows, purpose, at, {}, None)",
        "consent.Consented(rows, purpose, at, {}, None)",
        "gate.Consented[Reports](rows, purpose, at, {}, None)",
        "Consented.__new__(Consented)",
        "object.__new__(Consented)",
        "partial(Consented, rows)",
        "cast(Consented[Reports], rows)",
        "class Waved(Consented): pass",
        "class Waved(consent.Consented[Reports]): pass",
        "Passed = Consented",
        "Passed: type = consent.Consented",
        "(Passed := Consented)",
        "from consent import Consented as Passed",
        "from consent.gate import admit, Consented as Passed",
    ],
)
def test_every_way_around_is_seen(attack: str) -> None:
    """The negative control: a check that sees nothing would pass above as well."""
    assert [1] == breaches(attack, "Consented")[:1]


@pytest.mark.parametrize(
    "use",
    [
        "from consent import Consented",
        "def tabulate(reports: Consented[Reports]) -> None: ...",
        "def admit(block: Block) -> Admission[Block]: ...",
        "rows: Consented[Reports]",
        "block = consented.block",
        "__all__ = ['Consented']",
    ],
)
def test_naming_the_type_is_free(use: str) -> None:
    expected: list[int] = []

    assert expected == breaches(use, "Consented")


CALLER = """
from akva.model.reports import Reports
from consent import Consented

def tabulate(reports: Consented[Reports]) -> None: ...

def call(consented: Consented[Reports], reports: Reports) -> None:
    {calls}
"""
BARE = {
    "[]": "list[Never]",
    "[reports]": "list[Reports]",
    "list(reports.rows)": "list[Report]",
    "reports": "Reports",
    "consented.block": "Reports",
}
ADMITTED = "consented"


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Check the types of one caller who passes all of these; give mypy's complaint for each."""
    folder = tmp_path_factory.mktemp("types")
    calls = [f"tabulate({argument})" for argument in (ADMITTED, *BARE)]
    caller = CALLER.format(calls="\n    ".join(calls))
    (folder / "caller.py").write_text(caller, encoding="utf-8")
    flags = ["--config-file", "pyproject.toml", "--cache-dir", str(folder), "--hide-error-context"]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", *flags, str(folder / "caller.py")],
        cwd=ROOT,
        env={"MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = caller.splitlines()
    found = [line.split(":", 2) for line in checked.stdout.splitlines() if ": error:" in line]
    return {lines[int(line) - 1].strip(): complaint.strip() for _, line, complaint in found}


def test_what_was_admitted_is_accepted(complaints: dict[str, str]) -> None:
    """The positive control: it, and it alone, is not complained of."""
    assert {f"tabulate({argument})" for argument in BARE} == set(complaints)


@pytest.mark.parametrize(("argument", "type_"), BARE.items())
def test_bare_rows_are_a_type_error(argument: str, type_: str, complaints: dict[str, str]) -> None:
    expected = f'has incompatible type "{type_}"; expected "Consented[Reports]"  [arg-type]'

    assert expected in complaints[f"tabulate({argument})"]
