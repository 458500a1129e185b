"""The two that are compared: our door and the peer's, each served as its people would serve it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

from akva.formats import submissions
from akva.model.actors import Role
from akva.settings import Settings
from akva.storage.database import Database
from akva.vault import keyfiles
from akva.wiring import build
from tests.bench import bodies
from tests.bench.peer.seed import seed
from tests.bench.serving import Served, free_port, serving

EPISODES = 600
ORIGIN = "bench.akva.example/log"
OFTEN = "1000000"  # calls a minute: how often one may call is not what is measured


@dataclass(frozen=True, slots=True)
class Side:
    """A server with who may call it and the episodes it holds."""

    server: Served
    token: str
    episodes: tuple[UUID, ...]

    def assessments(self, draw: Random) -> tuple[bytes, ...]:
        return tuple(json.dumps(bodies.assessment(draw, one)).encode() for one in self.episodes)


@contextmanager
def peer(folder: Path) -> Iterator[Side]:
    token, episodes = seed(folder, EPISODES)
    port = free_port()
    app = f"tests.bench.peer.app:create_app('{folder}')"
    command = ["gunicorn", "-w", "2", "-k", "sync", "-b", f"127.0.0.1:{port}", app]
    with serving(command, {}, port) as server:
        yield Side(server, token, tuple(episodes))


@contextmanager
def ours(folder: Path) -> Iterator[Side]:
    settings = Settings.in_folder(folder)
    token, episodes = furnish(settings)
    port = free_port()
    environment = {
        "AKVA_DATABASE": settings.database,
        "AKVA_KEYS": str(settings.keys),
        "AKVA_LISTEN": f"127.0.0.1:{port}",
        "AKVA_RATE": OFTEN,
    }
    with serving(["akva", "serve"], environment, port) as server:
        yield Side(server, token, episodes)


def furnish(settings: Settings) -> tuple[str, tuple[UUID, ...]]:
    """Make a service with one provider; give its recorder's token and its episodes."""
    keyfiles.create(settings.keys, origin=ORIGIN)
    database = Database(settings.database)
    database.migrate()
    database.close()
    akva, draw = build(settings), bodies.drawing(1)
    operator = akva.access.begin("Operaattori")
    akva.access.add_provider(operator, "north", "Mallila")
    recorder = akva.access.add_actor(operator, Role.PROVIDER, "Kirjaaja", "north")
    token = akva.access.issue(operator, recorder.id, days=1)
    lines = (json.dumps(bodies.course(draw, nth)).encode() for nth in range(EPISODES))
    receipts = [akva.courses.submit(recorder, submissions.course(line)) for line in lines]
    akva.database.close()
    return token.text, tuple(receipt.episode_id for receipt in receipts)
