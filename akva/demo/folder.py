"""The demonstration's folder: a fresh embedded service, and everything the walk leaves behind."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from akva.errors import Conflict

MARK = "akva-demo"  # an empty file: what stands here was made by a demonstration
ORIGIN = "demo.akva.example/log"
MADE = ("akva.db", "akva.db-wal", "akva.db-shm", "release.json", "summary.json", "report.html")
FOLDERS = ("keys", "log", "release")


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def release(self) -> Path:
        return self.path / "release"

    def clear(self) -> None:
        """Remove what an earlier demonstration left; raises Conflict for anybody else's service."""
        self.path.mkdir(parents=True, exist_ok=True)
        present = [name for name in (*MADE, *FOLDERS) if (self.path / name).exists()]
        if present and not (self.path / MARK).exists():
            raise Conflict("the folder holds a service or files that no demonstration made")
        (self.path / MARK).touch()
        for name in MADE:
            (self.path / name).unlink(missing_ok=True)
        for name in FOLDERS:
            shutil.rmtree(self.path / name, ignore_errors=True)
