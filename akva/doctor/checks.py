"""The checks of a service, in the order in which their faults cause one another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from akva.doctor import places, signed, times
from akva.settings import Settings
from akva.storage.database import Database
from akva.storage.engines import readiness

Step = Callable[[], str]  # says what is well, or raises what is wrong


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    step: Step


def checks(settings: Settings, seconds: Callable[[], float]) -> Iterator[Check]:
    """Give every check; `seconds` is this machine's clock, since 1970."""
    yield Check("settings", lambda: fit(settings))
    yield Check("keys", lambda: places.keys(settings))
    for name, said, look in LOOKS[settings.engine]:
        yield Check(name, looking(settings, look, said))
    yield Check("rights", lambda: rights(settings))
    yield Check("clock and database", lambda: times.beside_database(settings, seconds))
    yield Check("clock and log", lambda: times.beside_log(settings, seconds))
    yield Check("log and signature", lambda: signed.beside_guard(settings))
    yield Check("space", lambda: places.space(settings))


def fit(settings: Settings) -> str:
    settings.check_served()
    return f"listen {settings.listen}, {settings.workers} x {settings.threads} threads"


def opens(connection: Connection) -> None:
    """Read something: a connection's own settings were read back when it was made."""
    connection.exec_driver_sql("SELECT 1")


def looking(settings: Settings, look: Callable[[Connection], None], said: str) -> Step:
    def step() -> str:
        with Database(settings.database).closing() as database:
            database.look(lambda session, _: look(session.connection()))
        return said

    return step


def rights(settings: Settings) -> str:
    with Database(settings.database).closing() as database:
        database.check_rights()
    return "no more than a server needs"


SHARED = (
    ("revision", f"at {readiness.HEAD}", readiness.check_revision),
    ("guards", "all in place and switched on", readiness.check_guards),
    ("tables", "as their revision made them", readiness.check_tables),
)
LOOKS: dict[str, tuple[tuple[str, str, Callable[[Connection], None]], ...]] = {
    "sqlite": (("database", "opens; every pragma was read back", opens), *SHARED),
    "postgresql": (
        ("database", "answers", opens),
        *SHARED,
        ("server", "durable, and its triggers fire", readiness.check_server),
    ),
}
