"""Settings, read once from the environment handed in; secrets are paths to files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from akva.errors import SettingMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    database: str  # URL: sqlite:////path/akva.db or postgresql://...
    keys: Path  # folder with the key files and the fork guard; never in the database's backup

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read AKVA_DATABASE and AKVA_KEYS; raises SettingMissing, naming what lacks."""
        missing = [name for name in ("AKVA_DATABASE", "AKVA_KEYS") if not environ.get(name)]
        if missing:
            raise SettingMissing(f"not set: {', '.join(missing)}; deploy/env.sample explains them")
        return cls(database=environ["AKVA_DATABASE"], keys=Path(environ["AKVA_KEYS"]))

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Place an embedded instance in one folder: akva.db beside keys/."""
        return cls(database=f"sqlite:///{folder.resolve() / 'akva.db'}", keys=folder / "keys")
