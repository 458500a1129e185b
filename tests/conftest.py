"""What every database test stands on: a migrated database of either engine, and its clock."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from akva.storage.database import Database
from tests.clocks import TickingClock
from tests.postgres import PostgreSQL, new_folder

SERVER = pytest.StashKey[PostgreSQL]()
FOLDER = "postgres_folder"


def pytest_configure(config: pytest.Config) -> None:
    shared: dict[str, Any] = getattr(config, "workerinput", {})
    folder = Path(shared[FOLDER]) if FOLDER in shared else new_folder()
    config.stash[SERVER] = PostgreSQL(folder, os.environ.get("AKVA_TEST_POSTGRES"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 - pytest-xdist has no types
    """Tell each worker of pytest-xdist which server to share."""
    node.workerinput[FOLDER] = str(node.config.stash[SERVER].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[SERVER].stop()


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> PostgreSQL:
    return pytestconfig.stash[SERVER]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "akva.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.checkpoint()
    database.close()
    return path


@pytest.fixture
def sqlite_address(migrated_file: Path, tmp_path: Path) -> str:
    """Give the URL of a migrated, empty SQLite database."""
    shutil.copy(migrated_file, tmp_path / "akva.db")
    return f"sqlite:///{tmp_path / 'akva.db'}"


@pytest.fixture(scope="session")
def at_rest(postgres: PostgreSQL) -> Iterator[dict[str, str]]:
    """Keep what tests left as they found it, by name with its URL: emptying is quicker."""
    databases: dict[str, str] = {}
    yield databases
    for name in databases:
        postgres.drop(name)


@pytest.fixture
def postgresql_address(postgres: PostgreSQL, at_rest: dict[str, str]) -> Iterator[str]:
    """Give the URL of a migrated, empty PostgreSQL database."""
    fresh = f"akva_{uuid4().hex}"
    name, url = at_rest.popitem() if at_rest else (fresh, postgres.create(fresh))
    yield url
    if postgres.wipe(name):
        at_rest[name] = url
    else:
        postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Give the URL of a migrated, empty database of each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_address")
    return url


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def database(address: str, clock: TickingClock) -> Iterator[Database]:
    """Give a migrated, empty database of each engine in turn, on a clock of its own."""
    database = Database(address, clock)
    yield database
    database.close()


@pytest.fixture
def raw(address: str) -> Iterator[sqlite3.Connection | psycopg.Connection]:
    """Give a driver's own connection to the same database: none of our settings, autocommit."""
    connection: sqlite3.Connection | psycopg.Connection
    if address.startswith("sqlite"):
        connection = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
    else:
        connection = psycopg.connect(address, autocommit=True)
    yield connection
    connection.close()
