"""A small real log, signed with a test key: what an export, a receipt and a release look like."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from akva.errors import InvalidProof
from akva.transparency import checkpoints, leaves, merkle, notes, proofs, tlogproof

ORIGIN = "log.akva.example/test"
START = datetime(2026, 11, 21, 10, tzinfo=UTC)
RELEASE = b'{"programme":"outcomes","round":"2026"}'
SECRET = bytes(range(32))
PAYLOAD = json.dumps(
    {"approved_by": "b", "digest": hashlib.sha256(RELEASE).hexdigest()},
    sort_keys=True,
    separators=(",", ":"),
)
KINDS = ["consent.asked", "consent.granted", "consent.verified", "assessment.recorded"]


def check(public: bytes, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature as error:
        raise InvalidProof("the signature does not fit") from error


def commitment(payload: str) -> bytes:
    return hmac.digest(SECRET, b"akva/commit/v1\0" + payload.encode(), "sha256")


@dataclass
class SmallLog:
    leaves: list[bytes] = field(default_factory=list)
    seed: bytes = bytes(32)

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def key(self) -> str:
        return notes.verifier_key(ORIGIN, self.public)

    def add(self, kind: str, payload: str = "{}", *, minutes: int | None = None) -> int:
        """Append one act; a minute passes between two of them, unless told otherwise."""
        index = len(self.leaves)
        leaf = leaves.encode(
            index=index,
            at=START + timedelta(minutes=index if minutes is None else minutes),
            kind=kind,
            org="prov-017",
            tag=hashlib.sha256(b"tag%d" % index).digest(),
            commitment=commitment(payload),
            payload_hash=hashlib.sha256(b"sealed%d" % index).digest(),
        )
        self.leaves.append(leaf)
        return index

    def hashes(self, size: int) -> list[bytes]:
        return [merkle.leaf_hash(leaf) for leaf in self.leaves[:size]]

    def node(self, level: int, position: int) -> bytes:
        return merkle.root(self.hashes(len(self.leaves))[position << level :][: 1 << level])

    def signed(self, text: str) -> str:
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return notes.sign(text, name=ORIGIN, public=self.public, sign=private.sign)

    def note(self, size: int) -> str:
        return self.signed(checkpoints.text(ORIGIN, size, merkle.root(self.hashes(size))))

    def receipt(self, index: int, size: int) -> str:
        path = proofs.inclusion(index, size, self.node)
        return tlogproof.encode(index, path, self.note(size), self.leaves[index])

    def export(self, folder: Path, *sizes: int) -> Path:
        """Write the log as `akva log export` does; the last size is the latest checkpoint."""
        (folder / "checkpoints").mkdir(parents=True)
        (folder / "leaves.ndjson").write_bytes(b"".join(leaf + b"\n" for leaf in self.leaves))
        for size in sizes:
            (folder / "checkpoints" / f"{size}.note").write_bytes(self.note(size).encode())
        (folder / "checkpoint").write_bytes(self.note(sizes[-1]).encode())
        return folder

    def bundle(self, folder: Path, index: int, payload: str = PAYLOAD) -> Path:
        """Write a release with what opens the leaf at `index`."""
        leaf = self.leaves[index].decode()
        opening = {"index": index, "leaf": leaf, "secret": SECRET.hex(), "payload": payload}
        folder.mkdir()
        (folder / "release.json").write_bytes(RELEASE)
        (folder / "opening.json").write_text(json.dumps(opening), encoding="utf-8")
        receipt = self.receipt(index, len(self.leaves))
        (folder / "release.tlog-proof").write_bytes(receipt.encode())
        return folder


def small_log(size: int = 12) -> SmallLog:
    """Build a log whose last two acts are a release drafted and approved."""
    log = SmallLog()
    for index in range(size - 2):
        log.add(KINDS[index % len(KINDS)])
    log.add("release.drafted", PAYLOAD)
    log.add("release.approved", PAYLOAD)
    return log
