"""The roles that deploy/ makes, under names of a test's own, and a database that they share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from akva.storage.database import Database

DEPLOY = Path(__file__).parents[1] / "deploy"
SERVER, PASSWORD = "akva_test_server", "tests-alone-know-it"
# One for all tests of a server: roles are the cluster's, and several processes may want it at once.
SHARED = """
    DO $$ BEGIN
        CREATE ROLE {name} LOGIN PASSWORD '{password}';
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$"""


@dataclass(frozen=True, slots=True)
class Roles:
    """URLs of one database: as its owner, and as the role that serves."""

    owner: str
    serve: str


@contextmanager
def roles(superuser: str) -> Iterator[Roles]:
    """Do what deploy/README.md says: roles, a database of the owner's, migration, grants."""
    nonce = uuid4().hex
    names = {"akva_owner": f"owner_{nonce}", "akva_serve": f"serve_{nonce}"}
    database = f"akva_{nonce}"
    urls = [
        make_url(superuser)
        .set(username=name, password=nonce, database=database)
        .render_as_string(hide_password=False)
        for name in names.values()
    ]
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(script("roles.sql", names))
        for name in names.values():
            login = sql.SQL("ALTER ROLE {} PASSWORD {}")
            connection.execute(login.format(sql.Identifier(name), sql.Literal(nonce)))
        made = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(made.format(*map(sql.Identifier, (database, names["akva_owner"]))))
    migrate(urls[0])
    with psycopg.connect(urls[0], autocommit=True) as connection:
        connection.execute(script("grants.sql", names))
    try:
        yield Roles(*urls)
    finally:
        drop(superuser, database, list(names.values()))


def script(name: str, names: dict[str, str]) -> bytes:
    text = (DEPLOY / name).read_text("utf-8")
    for known, own in names.items():
        text = text.replace(known, own)
    return text.encode()


def migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


def drop(superuser: str, database: str, names: list[str]) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        dropped = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        connection.execute(dropped.format(sql.Identifier(database)))
        for name in names:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def as_server(address: str) -> str:
    """Give the URL by which a server may open a test's database: on PostgreSQL no superuser's."""
    if address.startswith("sqlite"):
        return address
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(SHARED.format(name=SERVER, password=PASSWORD).encode())
        connection.execute(script("grants.sql", {"akva_serve": SERVER}))
    url = make_url(address).set(username=SERVER, password=PASSWORD)
    return url.render_as_string(hide_password=False)
