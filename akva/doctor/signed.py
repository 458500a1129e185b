"""The log as it stands beside what was signed last: it may have grown, and nothing else."""

from functools import partial

from sqlalchemy.orm import Session

from akva.errors import ForkDetected, InvalidProof
from akva.settings import Settings
from akva.storage import ledger, log
from akva.storage.database import Database
from akva.transparency import merkle, proofs
from akva.vault import keyfiles
from akva.vault.forkguard import Head

FORKED = "the log contradicts the checkpoint signed last, as an old backup does"


def beside_guard(settings: Settings) -> str:
    """Raise ForkDetected where the log does not begin with what was signed last."""
    last = keyfiles.read(settings.keys).guard.last()
    with Database(settings.database).closing() as database:
        return database.look(lambda session, _: beside(session, last))


def beside(session: Session, last: Head) -> str:
    head = log.head(session)
    if head.size < last.size:
        raise ForkDetected(FORKED)
    if last.size:
        proof = proofs.consistency(last.size, head.size, partial(ledger.node, session))
        try:
            merkle.verify_consistency(last.size, head.size, last.root, head.root, proof)
        except InvalidProof:
            raise ForkDetected(FORKED) from None
    return f"{head.size} entries, {head.size - last.size} since the last signature"
