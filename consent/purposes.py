"""What a consent can be for: purposes are data, and one that is not listed is refused."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from consent.errors import PurposesUnreadable

REPORT_TO_KELA = "report-to-kela"

FIELDS = ("title", "permission", "legal_basis", "controller", "recipient", "retention")
STATUSES = ("published", "inferred", "open")


@dataclass(frozen=True, slots=True)
class Statement:
    """A text, and how well it is known: published, inferred, or or open for a lawyer."""

    text: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """The permission is what the client gives; the legal basis is the controller's, and not it."""

    id: str
    title: Statement
    permission: Statement
    legal_basis: Statement
    controller: Statement
    recipient: Statement
    retention: Statement


@cache
def listed() -> Mapping[str, Purpose]:
    """Read the list that ships with the package, once."""
    return read(files("consent").joinpath("purposes.toml").read_text(encoding="utf-8"))


def read(text: str) -> Mapping[str, Purpose]:
    """Parse a list of purposes, by id; raises PurposesUnreadable naming purpose and field."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PurposesUnreadable(f"not TOML: {fault}") from fault
    return MappingProxyType({id_: _purpose(id_, table) for id_, table in tables.items()})


def _purpose(id_: str, table: object) -> Purpose:
    if not isinstance(table, dict) or set(table) != set(FIELDS):
        raise PurposesUnreadable(f"{id_}: needs exactly {', '.join(FIELDS)}")
    return Purpose(id=id_, **{name: _statement(f"{id_}.{name}", table[name]) for name in FIELDS})


def _statement(where: str, value: object) -> Statement:
    match value:
        case {"text": str(text), "status": str(status), **others} if not others:
            if text.strip() and status in STATUSES:
                return Statement(text, status)
    raise PurposesUnreadable(f"{where}: needs a text and a status of {', '.join(STATUSES)}")
