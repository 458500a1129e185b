"""The use cases of publishing: draft a round, approve it by a second person, read what came out.

A draft freezes the bytes; an approval commits to their hash in the log; a reader gets them only
after they were checked against both. Nothing is ever aggregated on request.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from akva.aggregation import programmes
from akva.aggregation.programmes import Round
from akva.errors import Conflict, Fault, InvalidRequest, LogBroken, NotFound, SamePerson
from akva.model.actors import Actor, Role
from akva.model.publications import Publication
from akva.service.call import Call, calling, require
from akva.service.once import Once, Repeatable, write_once
from akva.service.register.drafting import Draft, draft, draft_again, release_entry, step_of
from akva.storage import log, releases
from akva.storage.database import Database
from akva.storage.log import Appended
from akva.storage.releases import Approval, ReleaseRow
from akva.transparency import leaves
from akva.vault.commitments import Opening, recommit, reveal
from akva.vault.keyfiles import Vault

T = TypeVar("T")
AUDIENCES = ("researchers", "public")
READERS = frozenset({Role.RESEARCHER, Role.PUBLISHER, Role.AUDITOR, Role.PROVIDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    release_id: UUID
    log_index: int
    leaf_hash: str
    digest: str


@dataclass(frozen=True, slots=True)
class Releases:
    database: Database
    vault: Vault

    def draft(self, actor: Actor, programme: str, year: int, *, once: Once | None = None) -> Draft:
        """Make a round's tables safe and freeze them; may be sent twice under one key.

        Raises Conflict before the round's deadline, AuditFailed when a hidden cell can be derived.
        """
        require(actor, Role.PUBLISHER)
        plan, round_ = programmes.load(programme), Round(year)
        step = partial(draft, programme=plan, round_=round_)
        return self._write(actor, once, Repeatable(step, lambda made: made.release_id, draft_again))

    def approve(
        self, actor: Actor, release_id: UUID, audience: str, *, once: Once | None = None
    ) -> Approved:
        """Approve the frozen bytes; raises SamePerson for who drafted them, NotFound, Conflict."""
        require(actor, Role.PUBLISHER)
        step = partial(approve, release_id=release_id, audience=audience)
        again = partial(approved_again, audience=audience)
        return self._write(actor, once, Repeatable(step, lambda done: done.release_id, again))

    def _write(self, actor: Actor, once: Once | None, work: Repeatable[T]) -> T:
        if once is None:
            return self.database.write(calling(self.vault, actor, work.step))
        return write_once(self.database, self.vault, actor, once, work)

    def publications(self, actor: Actor | None) -> list[Publication]:
        """Read what was published to this caller; without a caller, what is public."""
        return self._published(actor, self.database.read(lambda s, _: releases.approvals(s)))

    def publication(self, actor: Actor | None, release_id: UUID) -> Publication:
        """Read one publication; raises NotFound for what is not published to this caller."""
        found = self.database.read(lambda s, _: releases.approvals_of(s, release_id))
        if publications := self._published(actor, found):
            return publications[0]
        raise NotFound("no such release")

    def _published(self, actor: Actor | None, approvals: Sequence[Approval]) -> list[Publication]:
        """Check and give those that this caller may read."""
        return [
            published(self.vault, approval)
            for approval in approvals
            if may_read(actor, approval.step.audience)
        ]


def approve(call: Call, release_id: UUID, audience: str) -> Approved:
    row, taken = releases.to_approve(call.session, release_id)
    if row is None:
        raise NotFound("no such draft")
    if audience not in AUDIENCES:
        raise InvalidRequest(
            Fault("unknown-code", "/audience", "no such audience", "use researchers or public")
        )
    if row.drafted_by == call.actor.id:
        raise SamePerson("another person than the one who drafted it must approve it")
    if taken:
        raise Conflict("this round is published already; a published round never changes")
    if sha256(row.body).hexdigest() != row.digest:
        raise Conflict("the frozen bytes are not those that were drafted; draft the round anew")
    step = step_of(call, row, "approved", audience)
    releases.add_step(call.session, step)
    entry = release_entry(call, step, row, audience=audience)
    [logged] = log.append(call.session, call.now, [entry])
    return approved(row, logged)


def approved_again(call: Call, release_id: UUID, audience: str) -> Approved:
    """Tell an approval again; raises NotFound."""
    row = releases.find(call.session, release_id)
    step = releases.step(call.session, release_id, "approved", audience)
    if row is None or step is None:
        raise NotFound("no such approval")
    return approved(row, log.appended(call.session, [step.act_id])[step.act_id])


def approved(row: ReleaseRow, logged: Appended) -> Approved:
    return Approved(
        release_id=row.id,
        log_index=logged.index,
        leaf_hash=logged.leaf_hash.hex(),
        digest=row.digest,
    )


def may_read(actor: Actor | None, audience: str | None) -> bool:
    return audience == "public" or (actor is not None and actor.role in READERS)


def published(vault: Vault, approval: Approval) -> Publication:
    """Check the bytes against the draft's hash and the leaf; raises LogBroken."""
    row = approval.release
    opening = reveal(vault.acts, approval.index, approval.payload)
    said = json.loads(opening.payload)
    digest = sha256(row.body).hexdigest()
    if digest != row.digest or said["digest"] != digest or said["release"] != str(row.id):
        raise LogBroken(approval.index, "the published bytes are not those that were approved")
    leaf = leaves.decode(approval.leaf)
    if leaf.commitment != recommit(opening) or leaf.kind != "release.approved":
        raise LogBroken(approval.index, "the leaf does not commit to this approval")
    return Publication(
        id=row.id,
        programme=row.programme,
        version=row.version,
        round=row.round,
        audience=approval.step.audience or "researchers",
        published_at=approval.step.at,
        log_index=approval.index,
        body=row.body,
        opening=opening_text(approval, opening),
    )


def opening_text(approval: Approval, opening: Opening) -> bytes:
    """Write what lets anyone recompute the leaf's commitment."""
    return json.dumps(
        {
            "index": approval.index,
            "leaf": approval.leaf.decode(),
            "secret": opening.secret.hex(),
            "payload": opening.payload.decode(),
        },
        indent=2,
    ).encode()
