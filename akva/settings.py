"""Settings, read once from the environment handed in; secrets are paths to files."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from akva.errors import SettingInvalid, SettingMissing

MOST_WORKERS, MOST_THREADS, MOST_CALLS, MOST_CHARACTERS = 64, 256, 1_000_000_000, 200
LISTEN, WORKERS, THREADS, RATE = "127.0.0.1:8080", 1, 16, 600
# Passwords that stand in examples: whoever scans a network tries these first.
SAMPLES = {"akva", "akva_serve", "admin", "change-me", "changeme", "password", "postgres", "secret"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    database: str  # URL: sqlite:////path/akva.db or postgresql://...
    keys: Path  # folder with the key files and the fork guard; never in the database's backup
    listen: str = LISTEN  # where the HTTP door listens; TLS ends in front of it
    workers: int = WORKERS  # processes; one on SQLite
    threads: int = THREADS  # of each worker
    rate: int = RATE  # calls a minute for each token, counted by each worker for itself
    contact: str = ""  # whom callers may ask; /v1/meta shows it

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read the AKVA_ names; raises SettingMissing or SettingInvalid, naming what is wrong."""
        missing = [name for name in ("AKVA_DATABASE", "AKVA_KEYS") if not environ.get(name)]
        if missing:
            raise SettingMissing(f"not set: {', '.join(missing)}; deploy/env.sample explains them")
        return cls(
            database=environ["AKVA_DATABASE"],
            keys=Path(environ["AKVA_KEYS"]),
            listen=environ.get("AKVA_LISTEN") or LISTEN,
            workers=whole(environ, "AKVA_WORKERS", WORKERS, most=MOST_WORKERS),
            threads=whole(environ, "AKVA_THREADS", THREADS, most=MOST_THREADS),
            rate=whole(environ, "AKVA_RATE", RATE, most=MOST_CALLS),
            contact=plain(environ, "AKVA_CONTACT"),
        )

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Place an embedded instance in one folder: akva.db beside keys/."""
        return cls(database=f"sqlite:///{folder.resolve() / 'akva.db'}", keys=folder / "keys")

    @property
    def engine(self) -> str:
        """Tell which engine the database's URL names."""
        return "sqlite" if self.database.startswith("sqlite") else "postgresql"

    @property
    def address(self) -> tuple[str, int]:
        """Tell host and port; raises SettingInvalid unless only this machine reaches them.

        The door speaks plain HTTP: TLS ends in front of it, on the same machine.
        """
        try:
            parts = urlsplit(f"//{self.listen}")
            host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname or ""
            port, loopback = parts.port, ipaddress.ip_address(host).is_loopback
        except ValueError:
            raise SettingInvalid("AKVA_LISTEN is no address and port, as 127.0.0.1:8080") from None
        if not port or parts.netloc != parts.netloc.strip() or parts.path or "@" in parts.netloc:
            raise SettingInvalid("AKVA_LISTEN is no address and port, as 127.0.0.1:8080")
        if not loopback:
            raise SettingInvalid(
                "AKVA_LISTEN is open to the network: listen on 127.0.0.1, with a proxy that ends"
                " TLS in front (deploy/nginx.conf)"
            )
        return host, port

    def check_served(self) -> None:
        """Raise SettingInvalid, with what mends it, for what no server is started with."""
        _ = self.address
        parts = urlsplit(self.database)
        if self.workers > 1 and self.engine == "sqlite":
            raise SettingInvalid("AKVA_WORKERS must be 1 on SQLite: one process writes its file")
        passwords = {unquote(parts.password or ""), *parse_qs(parts.query).get("password", [])}
        if any(password.lower() in SAMPLES for password in passwords):
            raise SettingInvalid(
                "AKVA_DATABASE holds a password of an example: give the role one of its own"
            )


def whole(environ: Mapping[str, str], name: str, usual: int, *, most: int) -> int:
    text = environ.get(name) or str(usual)
    known = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not known or not 1 <= int(text) <= most:
        raise SettingInvalid(f"{name} is no whole number from 1 to {most}")
    return int(text)


def plain(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name) or ""
    if len(text) > MOST_CHARACTERS or not text.isprintable():
        raise SettingInvalid(f"{name} is longer than {MOST_CHARACTERS} characters, or not one line")
    return text
