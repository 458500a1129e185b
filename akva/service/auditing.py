"""The use cases of the log: sign a checkpoint, verify what is stored, give proofs and exports."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from akva.errors import ForkDetected, InvalidProof, NotFound
from akva.model.actors import Actor, Role
from akva.service.call import Call, calling, require
from akva.service.fsck import LogState, verify_stored
from akva.service.register.judging import ReportVerdict, judge
from akva.storage import ledger, log
from akva.storage.database import Database
from akva.storage.log import Head
from akva.transparency import checkpoints, merkle, notes, proofs, tlogproof
from akva.vault.keyfiles import Vault
from akva.vault.signing import check


@dataclass(frozen=True, slots=True)
class LogExport:
    """What an auditor takes away: every leaf, and every signed checkpoint by its size."""

    leaves: tuple[bytes, ...]
    checkpoints: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Auditing:
    database: Database
    vault: Vault

    @property
    def verifier_key(self) -> str:
        """The log's public key, as an auditor's program takes it."""
        return notes.verifier_key(self.vault.signer.name, self.vault.signer.public)

    def checkpoint(self) -> str:
        """Sign the log as it stands; raises ForkDetected when it contradicts what was signed.

        Signing is no part of any act's transaction: the guard remembers the head first, so that a
        crash in between leaves a head that may be signed again, never two histories.
        """
        head, signed = self.database.read(
            lambda session, _: (log.head(session), ledger.checkpoints(session))
        )
        if signed and signed[-1].size == head.size:
            return signed[-1].note
        self.vault.guard.advance(partial(self._extends, head), head.size, head.root)
        signer = self.vault.signer
        note = notes.sign(
            checkpoints.text(signer.name, head.size, head.root),
            name=signer.name,
            public=signer.public,
            sign=signer.sign,
        )
        self.database.write(lambda session, _: ledger.add_checkpoint(session, head.size, note))
        return note

    def _extends(self, head: Head, size: int, root: bytes) -> None:
        """Check that the head to be signed begins with the one signed last."""
        proof = self.database.read(lambda s, _: proofs.consistency(size, head.size, reader(s)))
        try:
            merkle.verify_consistency(size, head.size, root, head.root, proof)
        except InvalidProof:
            raise ForkDetected("the log contradicts the checkpoint signed last") from None

    def verify(self) -> LogState:
        """Recompute the whole stored log; raises LogBroken with the index of the first fault."""
        signer = self.vault.signer
        key = notes.verifier_key(signer.name, signer.public)
        return self.database.read(
            lambda session, _: verify_stored(
                session,
                self.vault,
                partial(checkpoints.read, verifier_key=key, check=check),
                signed_last=self.vault.guard.last(),
            )
        )

    def proof(self, index: int) -> str:
        """Prove that a leaf is in the log under a signed checkpoint; the leaf travels with it."""
        note = self.checkpoint()
        size = checkpoints.parse(note.rpartition("\n\n")[0] + "\n").size
        return self.database.read(lambda session, _: prove(session, index, size, note))

    def consistency(self, start: int, end: int) -> str:
        """Prove that the log of `start` leaves begins that of `end`: hashes, one a line, base64.

        As `akva-verify consistency` reads them; raises NotFound for sizes the log never had.
        """
        return self.database.read(lambda session, _: grown(session, start, end))

    def receipt(self, actor: Actor, named: UUID) -> str:
        """Prove that an act stands in the log, under a checkpoint signed now.

        It is named by an assessment, report, refusal or consent event of the caller's provider;
        raises NotFound for any other.
        """
        require(actor, Role.PROVIDER, Role.VERIFIER)
        step = calling(self.vault, actor, partial(index_of, named=named))
        return self.proof(self.database.read(step))

    def report_verdict(self, actor: Actor, report_id: UUID) -> ReportVerdict:
        """Tell whether a report was permitted when it was accepted; raises NotFound."""
        require(actor, Role.AUDITOR)
        step = calling(self.vault, actor, partial(judge, report_id=report_id))
        return self.database.read(step)

    def export(self) -> LogExport:
        """Hand out what `akva-verify log` checks, up to a checkpoint signed now."""
        self.checkpoint()
        return self.database.read(lambda session, _: export(session))


def reader(session: Session) -> Callable[[int, int], bytes]:
    return partial(ledger.node, session)


def prove(session: Session, index: int, size: int, note: str) -> str:
    if not 0 <= index < size:
        raise NotFound("no such entry in the log")
    [row] = ledger.leaves(session, index, index + 1)
    hashes = proofs.inclusion(index, size, reader(session))
    return tlogproof.encode(index, hashes, note, row.leaf)


def grown(session: Session, start: int, end: int) -> str:
    if not 0 < start <= end <= log.head(session).size:
        raise NotFound("no two such sizes of the log, the earlier first")
    hashes = proofs.consistency(start, end, reader(session))
    return "".join(f"{b64encode(each).decode()}\n" for each in hashes)


def index_of(call: Call, named: UUID) -> int:
    found = ledger.index_of(call.session, call.provider_id, named)
    if found is None:
        raise NotFound("no such assessment, report, refusal or consent event")
    return found


def export(session: Session) -> LogExport:
    signed = ledger.checkpoints(session)
    rows = ledger.leaves(session, 0, signed[-1].size) if signed else []
    return LogExport(tuple(row.leaf for row in rows), {one.size: one.note for one in signed})
