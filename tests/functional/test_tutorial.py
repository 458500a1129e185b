"""The tutorial of README.md, run as it stands there, against the real server."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from akva.demo.cohort import simulate
from akva.demo.diary import SteppingClock
from akva.demo.walk import OPENED, Staff, Tally, Walk, hire
from akva.model.actors import Actor, Role
from akva.settings import Settings
from akva.storage.tables.record import actors
from akva.vault import keyfiles
from akva.wiring import Akva, build
from tests.serving import PROGRAM, Served, serving

README = Path(__file__).parents[2] / "README.md"
SECTION = re.compile(r"^## Tutorial\n(.*?)^## ", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
GIVEN = {"AKVA", "KEY", "TOKENS"}
CLIENTS, SEED = 40, 7  # enough for figures that are no longer hidden
ORIGIN = "tutorial.akva.example/log"
TOLD = """
import json
print(json.dumps({
    "state": state,
    "alerts": alerts,
    "outcomes": outcomes,
    "checked": checked.stdout,
    "published": published.to_dict("records"),
    "report": report,
    "log_index": reports[0]["log_index"],
    "verdict": verdict,
}, default=str))
"""


@dataclass(frozen=True, slots=True)
class Published:
    """A served house with a published round, and the key of its log."""

    served: Served
    key: str


@pytest.fixture
def published(address: str, tmp_path: Path) -> Iterator[Published]:
    settings = Settings(database=address, keys=tmp_path / "keys")
    keyfiles.create(settings.keys, origin=ORIGIN)
    staff = walk(settings)
    akva = build(settings)
    tokens = tokens_of(akva, staff)
    akva.database.close()
    with serving(settings, tokens) as served:
        yield Published(served, akva.auditing.verifier_key)


def walk(settings: Settings) -> Staff:
    """Walk a small cohort to its published round."""
    cohort, clock = simulate(clients=CLIENTS, seed=SEED), SteppingClock(OPENED)
    akva = build(settings, clock)
    staff = hire(akva, cohort)
    Walk(akva, cohort, staff, clock, Tally()).go(lambda: None)
    akva.database.close()
    return staff


def tokens_of(akva: Akva, staff: Staff) -> dict[str, str]:
    operator = operator_of(akva)
    provider = min(staff.recorders)
    people = {
        "provider": staff.recorders[provider],
        "verifier": staff.verifiers[provider],
        "researcher": akva.access.add_actor(operator, Role.RESEARCHER, "Kanaria Tutkija"),
        "auditor": akva.access.add_actor(operator, Role.AUDITOR, "Kanaria Tarkastaja"),
    }
    return {role: akva.access.issue(operator, one.id, days=1).text for role, one in people.items()}


def operator_of(akva: Akva) -> Actor:
    """Find who set up the walk's people."""
    found = akva.database.read(
        lambda session, _: session.scalars(
            select(actors.c.id).where(actors.c.role == Role.OPERATOR)
        ).one()
    )
    return akva.access.actor(found)


def blocks() -> list[str]:
    section = SECTION.search(README.read_text("utf-8"))
    assert section is not None
    return BLOCK.findall(section[1])


def script(published: Published) -> str:
    """Put what a reader would put for the first block, and print what came of the others."""
    given = {
        "AKVA": published.served.base,
        "KEY": published.key,
        "TOKENS": dict(published.served.tokens),
    }
    first = [f"{name} = {value!r}" for name, value in given.items()]
    return "\n".join([*first, *blocks()[1:], TOLD])


def run(published: Published, folder: Path) -> dict[str, Any]:
    path = f"{PROGRAM.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-"],
        input=script(published),
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_the_first_block_holds_what_a_reader_fills_in_and_nothing_else() -> None:
    body = ast.parse(blocks()[0]).body

    names = {
        target.id
        for statement in body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }

    assert GIVEN == names
    assert len(GIVEN) == len(body)


def test_the_tutorial_runs_as_it_is_printed(published: Published, tmp_path: Path) -> None:
    told = run(published, tmp_path)

    assert "granted" == told["state"]
    assert ["accepted"] * 4 == told["outcomes"]
    assert ["item-9", "total-30"] == told["alerts"][0]
    assert told["checked"].startswith(f"holds: the leaf at index {told['log_index']} ")
    assert 0 < len(told["published"])
    assert {"published"} == {cell["status"] for cell in told["published"]}
    assert told["verdict"]["permitted"] is True
    assert told["log_index"] == told["verdict"]["log_index"]
    assert ("kiila", "bdi-21", "start") == tuple(
        told["verdict"][name] for name in ("service", "instrument", "occasion")
    )
