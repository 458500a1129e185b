"""The use case of reporting: assessments pass the gate into the register, or are refused by code.

A refusal by `consent.admit` is a leaf in the same transaction. A refusal by the database's trigger
means that the permission changed in between: all of it rolls back and the use case runs once more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from akva.errors import Conflict, NotFound, ReportRefused
from akva.model.actors import Actor, Role
from akva.service.call import Call, calling, require
from akva.service.once import Once, Repeatable, write_once
from akva.service.register.disclosing import Decided, disclose, refuse, worded
from akva.service.register.drafts import Drafts
from akva.storage import assessments, consents, ledger, log, reports
from akva.storage.assessments import AssessmentRow
from akva.storage.consents import Standing
from akva.storage.database import Database
from akva.storage.log import Appended
from akva.storage.reports import RefusalRow, ReportRow, Settled
from akva.vault.keyfiles import Vault
from consent import REPORT_TO_KELA, admit


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one assessment: a report with its place in the log, or a refusal code."""

    assessment_id: UUID
    log_index: int
    leaf_hash: str
    report_id: UUID | None = None
    refusal_id: UUID | None = None
    code: str | None = None
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class Reporting:
    database: Database
    vault: Vault

    def report(
        self, actor: Actor, assessment_ids: Sequence[UUID], *, once: Once | None = None
    ) -> list[Outcome]:
        """Report assessments, in the order given; may be sent twice under one key.

        Raises NotFound, KeyReused, Conflict for what was reported before or corrected since.
        """
        require(actor, Role.PROVIDER)
        try:
            return self._write(actor, assessment_ids, once)
        except ReportRefused:
            return self._write(actor, assessment_ids, once)

    def _write(self, actor: Actor, ids: Sequence[UUID], once: Once | None) -> list[Outcome]:
        step = partial(report, ids=ids)
        if once is None or not ids:  # without any there is nothing to remember by
            return self.database.write(calling(self.vault, actor, step))
        work = Repeatable(step, first_logged, partial(again, ids=ids))
        return write_once(self.database, self.vault, actor, once, work)


def report(call: Call, ids: Sequence[UUID]) -> list[Outcome]:
    rows = assessments.to_report(call.session, call.provider_id, ids)
    if len(rows) != len(set(ids)):
        raise NotFound("no such assessment")
    standing = consents.standing(call.session, {row.episode_id for row in rows}, REPORT_TO_KELA)
    # In the order of clients, so that two calls never wait for each other's locks.
    by_client = groupby(sorted(rows, key=attrgetter("client_id")), key=attrgetter("client_id"))
    decided = [one for _, own in by_client for one in pass_gate(call, tuple(own), standing)]
    reports.add(
        call.session,
        accepted=[one.row for one in decided if isinstance(one.row, ReportRow)],
        refused=[one.row for one in decided if isinstance(one.row, RefusalRow)],
        keys={one.fresh.episode_id: one.fresh for one in decided if one.fresh},
    )
    logged = log.append(call.session, call.now, [one.entry for one in decided])
    outcomes = {
        one.row.assessment_id: outcome(one, entry)
        for one, entry in zip(decided, logged, strict=True)
    }
    return [outcomes[assessment_id] for assessment_id in ids]


def pass_gate(
    call: Call, rows: tuple[AssessmentRow, ...], standing: Mapping[UUID, Standing]
) -> list[Decided]:
    """Decide on the assessments of one client; what is not admitted stays in the record."""
    histories = {episode_id: known.history for episode_id, known in standing.items()}
    admission = admit(Drafts(rows), histories, REPORT_TO_KELA, at=call.now)
    admitted = {row.episode_id for row in admission.consented.block.rows}
    client = call.keys_of(rows[0].client_id, events=len(rows), reported=sorted(admitted))
    refused = [refuse(call, client, rows[index], verdict) for index, verdict in admission.refused]
    return refused + disclose(call, client, admission.consented, standing)


def outcome(decided: Decided, logged: Appended) -> Outcome:
    return Outcome(
        assessment_id=decided.row.assessment_id,
        log_index=logged.index,
        leaf_hash=logged.leaf_hash.hex(),
        report_id=decided.row.id if isinstance(decided.row, ReportRow) else None,
        refusal_id=decided.row.id if isinstance(decided.row, RefusalRow) else None,
        code=decided.verdict.code if decided.verdict else None,
        next_step=decided.verdict.next_step if decided.verdict else None,
    )


def first_logged(outcomes: Sequence[Outcome]) -> UUID:
    """Name all by the one that comes first in the log: the others follow it there."""
    first = min(outcomes, key=attrgetter("log_index"))
    named = first.report_id or first.refusal_id
    if named is None:
        raise Conflict("an outcome is a report or a refusal")
    return named


def again(call: Call, named: UUID, ids: Sequence[UUID]) -> list[Outcome]:
    """Tell again what became of these assessments, each once, from that entry on."""
    start = ledger.index_of(call.session, call.provider_id, named)
    if start is None:
        raise NotFound("no such report")
    found = reports.settled(call.session, start, start + len(set(ids)))
    outcomes = {one.assessment_id: told(one) for one in found}
    return [outcomes[assessment_id] for assessment_id in ids]


def told(one: Settled) -> Outcome:
    return Outcome(
        assessment_id=one.assessment_id,
        log_index=one.index,
        leaf_hash=one.leaf_hash.hex(),
        report_id=None if one.code else one.id,
        refusal_id=one.id if one.code else None,
        code=one.code,
        next_step=worded(one.code).next_step if one.code else None,
    )
