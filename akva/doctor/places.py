"""Where things lie: the keys, and the space beside them."""

import shutil
from pathlib import Path

from sqlalchemy import make_url

from akva.doctor.unwell import Unwell
from akva.settings import Settings
from akva.vault import keyfiles

MIB = 1024 * 1024
LEAST_MIB = 256  # a journal and a backup of a young database; below it a write may soon fail


def keys(settings: Settings) -> str:
    """Raise KeysUnsafe unless every key is there, its owner's alone, and readable."""
    keyfiles.read(settings.keys)
    return "there, readable, their owner's alone"


def space(settings: Settings, least_mib: int = LEAST_MIB) -> str:
    """Raise Unwell where keys or an embedded database have little space left."""
    free = min(shutil.disk_usage(existing(place)).free // MIB for place in places(settings))
    if free < least_mib:
        raise Unwell(f"{free} MiB are free, below {least_mib}", "Make space before writes fail.")
    return f"{free} MiB free"


def places(settings: Settings) -> list[Path]:
    file = make_url(settings.database).database
    embedded = [Path(file).parent] if settings.engine == "sqlite" and file else []
    return [settings.keys, *embedded]


def existing(place: Path) -> Path:
    return next(
        folder for folder in (place.absolute(), *place.absolute().parents) if folder.exists()
    )
