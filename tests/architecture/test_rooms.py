"""What a room may not do: hold keys, ask the time, read the environment, work when imported."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("akva", "instruments", "consent")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
SECRET = {"cryptography", "hmac", "secrets"}
CLOCKS = {"now", "utcnow", "today"}
README_LINES = 60


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_keys_and_secret_comparisons_stay_in_the_vault_and_the_verifier() -> None:
    elsewhere = [
        relative(path)
        for path in SOURCES
        if SECRET & set(imported(path))
        and not relative(path).startswith(("akva/vault/", "akva/verifier/"))
    ]

    assert [] == elsewhere


def test_nobody_asks_the_time_in_the_middle() -> None:
    """Time comes from `Database.write`, or from a clock that was handed in."""
    asking = [
        f"{relative(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    ]

    assert [] == asking


def test_only_the_command_line_reads_the_environment() -> None:
    reading = [
        relative(path)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]

    assert [] == [name for name in reading if not name.startswith("akva/cli/")]


def test_no_module_calls_anything_for_its_effect_when_it_is_imported() -> None:
    calling = [
        f"{relative(path)}:{node.lineno}"
        for path in SOURCES
        if "migrations" not in path.parts  # Alembic runs a migration's environment by importing it
        for node in tree(path).body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]

    assert [] == calling


WATCH = """
import importlib, json, sys
opened = []
def watch(event, args):
    name = str(args[0]) if args else ""
    if event in {"socket.connect", "sqlite3.connect", "subprocess.Popen"}:
        opened.append([event, name])
    if event == "open" and name.startswith(sys.argv[1]) and not name.endswith((".py", ".pyc")):
        opened.append([event, name])
for name in sys.argv[2:]:
    importlib.import_module(name.partition(".")[0])
sys.addaudithook(watch)
for name in sys.argv[2:]:
    importlib.import_module(name)
print(json.dumps(opened))
"""


def test_importing_opens_no_file_no_database_and_no_connection() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in SOURCES
        if "migrations" not in path.parts
    ]

    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(ROOT), *modules],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert [] == json.loads(done.stdout)


ROOMS = sorted({path.parent for path in SOURCES if path.name == "__init__.py"})


@pytest.mark.parametrize("room", [r for r in ROOMS if "migrations" not in r.parts], ids=relative)
def test_every_room_states_its_law_in_few_lines(room: Path) -> None:
    readme = next(
        (folder / "README.md" for folder in (room, room.parent) if (folder / "README.md").exists()),
        None,
    )

    assert readme is not None
    text = readme.read_text("utf-8")
    assert "law" in text.lower()
    assert len(text.splitlines()) <= README_LINES


def test_the_root_package_is_empty_and_has_no_main() -> None:
    assert "" == (ROOT / "akva/__init__.py").read_text("utf-8")
    assert not (ROOT / "akva/__main__.py").exists()


TOP = {
    "akva", "instruments", "consent", "tests", "deploy",
    "pyproject.toml", "README.md", "GLOSSARY.md", "DECISIONS.md", "SECURITY.md", "CHANGELOG.md",
    "LICENSE", "Makefile", "requirements.lock", "requirements-dev.lock", ".ci", ".gitignore",
}  # fmt: skip


def test_nothing_else_stands_at_the_top() -> None:
    listed = subprocess.run(
        ["git", "ls-tree", "--name-only", "HEAD"],  # noqa: S607 - the git of the developer
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.split()

    assert [] == sorted(set(listed) - TOP)
