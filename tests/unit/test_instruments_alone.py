"""The room stands alone: whoever scores a data frame loads NumPy, and nothing of AKVA."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import instruments
from instruments import Instrument, UnknownInstrument

ROOM = Path(instruments.__file__).parent
STRANGERS = ("akva", "consent", "flask", "sqlalchemy", "scipy", "click", "rich", "pandas")
PROGRAM = "import instruments, sys; instruments.load('gas'); print(*sys.modules)"
INTERFACE = "msgspec"


def test_scoring_loads_none_of_the_others() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )

    assert set() == {name.partition(".")[0] for name in done.stdout.split()} & set(STRANGERS)


def test_the_loader_alone_reads_definitions() -> None:
    users = [
        path.name
        for path in sorted(ROOM.glob("*.py"))
        if f"import {INTERFACE}" in path.read_text("utf-8")
    ]

    assert ["loader.py"] == users


def test_nothing_is_ever_evaluated() -> None:
    """A definition is data: what a file says can never run."""
    trees = [ast.parse(path.read_text("utf-8")) for path in ROOM.glob("*.py")]

    names = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}

    assert set() == names & {"eval", "exec", "compile", "__import__"}


def test_an_instrument_is_loaded_once() -> None:
    assert instruments.load("gas") is instruments.load("gas")


def test_an_edition_may_be_named() -> None:
    current = instruments.load("whoqol-bref")

    named = instruments.load("whoqol-bref", current.edition)

    assert (current.id, current.edition, current.definition) == (
        named.id,
        named.edition,
        named.definition,
    )


@pytest.mark.parametrize("call", [("bdi",), ("whoqol-bref", "1995"), ("../gas",), ("",)])
def test_an_unknown_instrument_or_edition_is_refused(call: tuple[str, ...]) -> None:
    with pytest.raises(UnknownInstrument):
        instruments.load(*call)


def test_the_shape_of_an_instrument_is_common_to_all() -> None:
    assert all(isinstance(instruments.load(name), Instrument) for name in instruments.ids())
