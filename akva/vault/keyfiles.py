"""Keys on one machine: a directory of small files that nobody but their owner may read."""

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes

from akva.errors import Fault, InvalidRequest, KeysUnsafe
from akva.vault.datakeys import DataKey, DataKeys
from akva.vault.derivation import KEY_BYTES
from akva.vault.forkguard import ForkGuard, Head, sync
from akva.vault.indexes import Indexes
from akva.vault.pseudonyms import Pseudonyms
from akva.vault.signing import Signer
from akva.vault.tokens import Tokens

RECORD, REGISTER, LOG, ORIGIN = "record.key", "register.key", "log.key", "log.origin"
SECRETS = (RECORD, REGISTER, LOG)
# C2SP: a key's name is not empty and has neither space nor plus; 255 characters are plenty.
NAME = re.compile(r"[^\s+\x00-\x1f\x7f\ud800-\udfff]{1,255}")


@dataclass(frozen=True, slots=True, eq=False)
class Vault:
    """All that is done with keys; no secret shows in a repr of it or of its parts."""

    datakeys: DataKeys
    acts: DataKey  # of the payloads of acts that are about no client
    names: DataKey  # of staff names
    indexes: Indexes
    pseudonyms: Pseudonyms
    tokens: Tokens
    signer: Signer
    guard: ForkGuard


def create(directory: Path, *, origin: str) -> None:
    """Make every key anew, in a new or empty directory; never writes over one.

    Raises InvalidRequest for an origin that is no key name, KeysUnsafe if anything is there.
    """
    if not NAME.fullmatch(origin):
        why, step = "not the name of a log", "Give an address without scheme, blanks or plus."
        raise InvalidRequest(Fault("invalid-origin", "origin", why, step))
    with suppress(FileExistsError):
        directory.mkdir(mode=0o700, parents=True)
    _refuse_others(directory)
    if found := sorted(path.name for path in directory.iterdir()):
        raise KeysUnsafe(f"{found[0]} is there already: keys are made in an empty directory")
    for name in SECRETS:
        _write(directory / name, token_bytes(KEY_BYTES))
    _write(directory / ORIGIN, origin.encode())
    ForkGuard(directory, origin=origin).write(Head())
    sync(directory.parent)


def read(directory: Path) -> Vault:
    """Read the keys; KeysUnsafe, with the mend, if one is missing, open to others or not a key."""
    _refuse_others(directory)
    record, register, seed = (_secret(directory / name) for name in SECRETS)
    if record == register:
        raise KeysUnsafe("the two zones share one key: restore each zone's own")
    origin = _content(directory / ORIGIN).decode("utf-8", "replace")
    guard = ForkGuard(directory, origin=origin)
    guard.last()
    datakeys = DataKeys(record_master=record, register_master=register)
    return Vault(
        datakeys,
        datakeys.standing("acts"),
        datakeys.standing("names"),
        Indexes(record_master=record, register_master=register),
        Pseudonyms(register_master=register),
        Tokens(record_master=record),
        Signer(seed, name=origin),
        guard,
    )


def _write(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _secret(path: Path) -> bytes:
    content = _content(path)
    if len(content) != KEY_BYTES:
        raise KeysUnsafe(f"{path.name} is not a key of {KEY_BYTES} bytes: restore it")
    return content


def _content(path: Path) -> bytes:
    # What is looked at is what is read: one handle, and no link is followed.
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise KeysUnsafe(f"{path.name} cannot be read: restore it") from None
    with os.fdopen(handle, "rb") as file:
        _refuse_open(path.name, os.fstat(file.fileno()), mode="600")
        return file.read()


def _refuse_others(directory: Path) -> None:
    if not directory.is_dir():
        raise KeysUnsafe(f"{directory.name} is no directory: `akva init` makes keys")
    _refuse_open(directory.name, directory.stat(), mode="700")


def _refuse_open(name: str, status: os.stat_result, *, mode: str) -> None:
    if status.st_uid != os.geteuid():
        raise KeysUnsafe(f"{name} belongs to another user: run as its owner, or chown it")
    if stat.S_IMODE(status.st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeysUnsafe(f"{name} is open to others: chmod {mode} {name}")
