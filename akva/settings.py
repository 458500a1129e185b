"""Settings, read once from the environment handed in; secrets are paths to files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from akva.errors import SettingInvalid, SettingMissing

MOST = 1_000_000
LISTEN, WORKERS, THREADS, RATE = "127.0.0.1:8080", 1, 16, 600


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
            workers=whole(environ, "AKVA_WORKERS", WORKERS),
            threads=whole(environ, "AKVA_THREADS", THREADS),
            rate=whole(environ, "AKVA_RATE", RATE),
            contact=environ.get("AKVA_CONTACT") or "",
        )

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Place an embedded instance in one folder: akva.db beside keys/."""
        return cls(database=f"sqlite:///{folder.resolve() / 'akva.db'}", keys=folder / "keys")


def whole(environ: Mapping[str, str], name: str, usual: int) -> int:
    text = environ.get(name) or str(usual)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise SettingInvalid(f"{name} is no whole number from 1 to {MOST}")
    return int(text)
