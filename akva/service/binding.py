"""Holds the row behind each log entry to the payload that its leaf committed to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from akva.errors import LogBroken, Unreadable
from akva.service.record.permission import facts
from akva.storage import keys, ledger
from akva.storage.ledger import ActRow, PayloadRow
from akva.transparency.leaves import Leaf
from akva.vault.commitments import recommit, reveal
from akva.vault.datakeys import DataKey, Purpose
from akva.vault.keyfiles import Vault


@dataclass(frozen=True, slots=True)
class Binding:
    """Opens payloads with the keys they belong to; a client's is looked up once."""

    session: Session
    vault: Vault
    held: dict[UUID, DataKey] = field(default_factory=dict)

    def verify(self, read: Mapping[int, Leaf], payloads: Mapping[int, PayloadRow]) -> None:
        """Check the rows of these entries; raises LogBroken with the index of the first fault."""
        if not read:
            return
        acted = ledger.act_rows(self.session, min(read), max(read) + 1)
        for index, leaf in sorted(read.items()):
            said = self.open(leaf, payloads[index])
            verify_row(index, acted.get(index), said, payloads[index].client_id)

    def open(self, leaf: Leaf, payload: PayloadRow) -> dict[str, Any]:
        """Open a payload and compute its commitment anew."""
        try:
            opening = reveal(self.key(payload.client_id), leaf.index, payload.sealed)
        except (Unreadable, LookupError):
            raise LogBroken(leaf.index, "the payload does not open with its owner's key") from None
        if recommit(opening) != leaf.commitment:
            raise LogBroken(leaf.index, "the leaf commits to another payload")
        said: dict[str, Any] = json.loads(opening.payload)
        return said

    def key(self, client_id: UUID | None) -> DataKey:
        if client_id is None:
            return self.vault.acts
        if client_id not in self.held:
            own = keys.of_client(self.session, client_id)[Purpose.AUDIT]
            self.held[client_id] = self.vault.datakeys.unwrap(
                own.wrapped, owner=client_id, purpose=Purpose.AUDIT, version=own.version
            )
        return self.held[client_id]


def verify_row(
    index: int, row: ActRow | None, said: Mapping[str, Any], client_id: UUID | None
) -> None:
    if row is None:
        raise LogBroken(index, "the row that the act wrote is gone")
    if str(row.named) not in said.values() or row.client_id != client_id:
        raise LogBroken(index, "the row is another act's")
    if row.kept is not None and sha256(row.kept).hexdigest() != said.get("row", said.get("digest")):
        raise LogBroken(index, "what the row keeps is not what was recorded")
    if row.event is not None and not facts(row.event).items() <= said.items():
        raise LogBroken(index, "the consent event is not what was recorded")
