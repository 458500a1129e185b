"""Documents that would lie fail here: settings, commands, paths, promises, errors and locks."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from akva import errors
from akva.cli.main import COMMANDS
from akva.problems.table import PROBLEMS, problem_of
from akva.settings import Settings

ROOT = Path(__file__).parents[2]
TOP = [path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_env_sample_explains_every_setting_and_no_other() -> None:
    sample = set(re.findall(r"^(AKVA_\w+)=", read("deploy/env.sample"), re.MULTILINE))

    assert {f"AKVA_{field.name.upper()}" for field in fields(Settings)} == sample


def test_the_readme_lists_every_command_and_no_other() -> None:
    table = re.findall(r"^\| `akva ([^|]+)\|", read("README.md"), re.MULTILINE)
    listed = {word for row in table for word in re.findall(r"(?:^|`)([a-z]+)", row)}

    assert set(COMMANDS) == listed - {"show", "verify"}


@pytest.mark.parametrize("name", [path.name for path in TOP])
def test_a_path_that_a_document_names_is_there(name: str) -> None:
    named = re.findall(r"`((?:akva|instruments|consent|tests|deploy)/[\w./*-]*)`", read(name))

    assert [] == [path for path in named if not list(ROOT.glob(path.rstrip("/")))]


@pytest.mark.parametrize("document", sorted(ROOT.glob("*/**/README.md")), ids=str)
def test_a_rooms_readme_names_no_file_that_is_not_there(document: Path) -> None:
    if ".venv" in document.parts:
        return
    named = re.findall(r"`([a-z_/]+\.(?:py|toml|css))`", document.read_text("utf-8"))
    near = (document.parent, document.parent.parent, ROOT)

    assert [] == [name for name in named if not any((folder / name).exists() for folder in near)]


def test_every_promise_names_who_attacks_it() -> None:
    rows = re.findall(r"^\| (P\d+) \|[^|]+\|([^|]+)\|([^|]+)\|$", read("SECURITY.md"), re.MULTILINE)

    assert [f"P{nth}" for nth in range(1, 11)] == [name for name, _, _ in rows]
    assert [] == [name for name, held, attacked in rows if "`" not in held + attacked]


def kinds(root: type[Exception]) -> set[type[Exception]]:
    return {root}.union(*(kinds(kind) for kind in root.__subclasses__()))


def test_every_error_has_a_line_of_its_own_in_the_table_of_problems() -> None:
    ours = {kind for kind in kinds(errors.AkvaError) if kind.__module__ == "akva.errors"}

    assert set() == ours - set(PROBLEMS)


def test_a_code_of_a_problem_stands_for_one_thing() -> None:
    codes = [problem.code for problem in PROBLEMS.values()]

    assert len(codes) == len(set(codes))
    assert [] == [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)]


def test_what_is_not_ours_has_no_problem() -> None:
    assert problem_of(ZeroDivisionError()) is None


def test_the_tree_at_the_top_of_the_errors_is_the_tree_below_it() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))
    defined = {
        kind.__name__ for kind in kinds(errors.AkvaError) if kind.__module__ == "akva.errors"
    }

    assert drawn == defined - {"AkvaError"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_with_hashes_and_names_no_host(lock: str) -> None:
    content = read(lock)
    pins = re.findall(r"^[\w.\[\]-]+==[^\s]+ \\\n    --hash=sha256:", content, re.MULTILINE)
    names = re.findall(r"^[\w.-]+", content, re.MULTILINE)

    assert len(names) == len(pins)
    assert [] == re.findall(r"https?://|--index-url|--find-links", content)


def test_the_locks_hold_every_declared_requirement() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    declared = [re.match(r"[\w-]+", line) for line in project["dependencies"]]
    names = {match[0].lower() for match in declared if match}

    locked = set(
        re.findall(r"^([\w.-]+?)(?:\[[^]]+\])?==", read("requirements.lock"), re.MULTILINE)
    )

    assert set() == names - locked


def test_every_command_shows_an_example() -> None:
    context = click.Context(click.Command("akva"))
    for name, entry in COMMANDS.items():
        module, _, attribute = entry.target.partition(":")
        command = getattr(__import__(module, fromlist=[attribute]), attribute)
        leaves = command.commands.values() if isinstance(command, click.Group) else [command]
        for leaf in leaves:
            assert "xample" in leaf.get_help(click.Context(leaf, parent=context)), name
