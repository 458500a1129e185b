"""A service set up by commands alone: keys, database, two providers, and people in every role."""

import shutil
from pathlib import Path

import pytest

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
