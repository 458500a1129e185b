"""A service set up by commands alone, with people in every role; and one behind its HTTP door."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clocks import TickingClock
from tests.functional.at_door import AtDoor, standing
from tests.functional.shell import Shell

PEOPLE = {
    "sender": ("provider", "aurora"),
    "verifier": ("consent-verifier", "aurora"),
    "stranger": ("provider", "borealis"),
    "publisher": ("publisher", None),
    "approver": ("publisher", None),
    "researcher": ("researcher", None),
}


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("furnished"), {})
    begun = shell.json("init", "--origin", "akva.example/log", "--operator", "Oona Ohjaaja")
    shell.people["operator"] = begun["operator"]
    shell.json("provider", "add", "aurora", "Kuntoutus Aurora Oy", by="operator")
    shell.json("provider", "add", "borealis", "Kuntoutus Borealis Oy", by="operator")
    for name, (role, provider) in PEOPLE.items():
        of = ("--provider", provider) if provider else ()
        added = shell.json("actor", "add", role, "--name", f"Nimi {name}", *of, by="operator")
        shell.people[name] = added["id"]
    return shell


@pytest.fixture
def shell(furnished: Shell, tmp_path: Path) -> Shell:
    """Give a copy of the furnished service to each test."""
    folder = tmp_path / "akva"
    shutil.copytree(furnished.folder, folder)
    return Shell(folder, dict(furnished.people))


@pytest.fixture
def door(sqlite_address: str, clock: TickingClock, tmp_path: Path) -> Iterator[AtDoor]:
    with standing(sqlite_address, clock, tmp_path) as door:
        yield door
