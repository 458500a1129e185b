"""Three clocks: the machine's, the database's, and the log's, which is its last entry's time."""

from collections.abc import Callable
from datetime import UTC, datetime

from akva.doctor.unwell import Unwell
from akva.settings import Settings
from akva.storage import log
from akva.storage.database import Database

APART_SECONDS = 30  # the gate refuses a server's report from ten minutes on
MEND = "Set both clocks by the same time service (timedatectl), then look again."


def beside_database(settings: Settings, seconds: Callable[[], float]) -> str:
    """Raise Unwell where the two clocks are far apart."""
    with Database(settings.database).closing() as database:
        theirs = database.look(lambda _, now: now)
    apart = round((theirs - here(seconds)).total_seconds())
    if abs(apart) > APART_SECONDS:
        which = "ahead of" if apart > 0 else "behind"
        raise Unwell(f"the database is {abs(apart)} seconds {which} this machine", MEND)
    return f"{abs(apart)} seconds apart"


def beside_log(settings: Settings, seconds: Callable[[], float]) -> str:
    """Raise Unwell where the log's last entry lies in the future."""
    with Database(settings.database).closing() as database:
        latest = database.look(lambda session, _: log.head(session)).latest_at
    if latest is None:
        return "the log is empty"
    ahead = round((latest - here(seconds)).total_seconds())
    if ahead > APART_SECONDS:
        raise Unwell(
            f"the log's last entry lies {ahead} seconds in the future",
            "If this machine's clock is slow, set it; if not, wait before anything is written.",
        )
    return "the last entry lies in the past"


def here(seconds: Callable[[], float]) -> datetime:
    return datetime.fromtimestamp(seconds(), UTC)
