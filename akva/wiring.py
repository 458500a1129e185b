"""Builds everything once, from settings: the one place that constructs."""

from dataclasses import dataclass

from akva.clock import Clock
from akva.service.access import Access
from akva.service.auditing import Auditing
from akva.service.consents import Consents
from akva.service.courses import Courses
from akva.service.intake import Intake
from akva.service.releases import Releases
from akva.service.reporting import Reporting
from akva.settings import Settings
from akva.storage.database import Database
from akva.vault import keyfiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Akva:
    """The service: each field is a set of use cases; `database` is for migrating and closing."""

    database: Database
    access: Access
    intake: Intake
    courses: Courses
    consents: Consents
    reporting: Reporting
    releases: Releases
    auditing: Auditing


def build(settings: Settings, clock: Clock | None = None) -> Akva:
    """Raise KeysUnsafe when the key files are missing or open to others."""
    vault = keyfiles.read(settings.keys)
    database = Database(settings.database, clock)
    return Akva(
        database=database,
        access=Access(database, vault),
        intake=Intake(database, vault),
        courses=Courses(database, vault),
        consents=Consents(database, vault),
        reporting=Reporting(database, vault),
        releases=Releases(database, vault),
        auditing=Auditing(database, vault),
    )
