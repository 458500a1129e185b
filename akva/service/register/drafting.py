"""Drafts a release: the register's rows of a round through the gate into safe, frozen tables."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Self
from uuid import UUID

from akva.aggregation import disclosure
from akva.aggregation.disclosure import Release
from akva.aggregation.programmes import Programme, Round
from akva.errors import Conflict, NotFound
from akva.model.ids import new_id
from akva.model.reports import Content, Report, Reports
from akva.service.call import Call
from akva.storage import consents, episodes, ledger, log, releases
from akva.storage import reports as stored_reports
from akva.storage.log import Entry
from akva.storage.releases import ReleaseRow, StepRow
from akva.storage.reports import Registered
from akva.transparency import merkle
from akva.vault.commitments import commit
from akva.vault.datakeys import Purpose, Wanted
from akva.vault.envelope import Place
from akva.vault.opening import open_all
from consent import REPORT_TO_KELA, admit


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A release's bytes as they are kept, their hash, and their cells counted by status."""

    body: bytes = field(repr=False)
    digest: str
    counts: Mapping[str, int]

    @classmethod
    def of(cls, row: ReleaseRow) -> Self:
        cells = Counter(cell["status"] for cell in json.loads(row.body)["cells"])
        return cls(body=row.body, digest=row.digest, counts={"cells": cells.total(), **cells})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was frozen, for the second person to look at before approving."""

    release_id: UUID
    digest: str
    log_index: int
    reports: int
    refusals: dict[str, int]
    release: Frozen


def draft(call: Call, programme: Programme, round_: Round) -> Draft:
    if call.today < round_.frozen_from:
        raise Conflict(f"the round of {round_.year} is open until 31 March {round_.year + 1}")
    period = {"ended_from": round_.ended_from, "ended_before": round_.ended_before}
    ledger.hold(call.session)
    found, refusals = stored_reports.of_round(call.session, **period)
    coverage = episodes.coverage(call.session, **period)
    reports = open_reports(call, found)
    standing = consents.standing(
        call.session, {one.row.episode_id for one in found}, REPORT_TO_KELA
    )
    histories = {episode_id: known.history for episode_id, known in standing.items()}
    consented = admit(reports, histories, REPORT_TO_KELA, at=call.now).consented
    release = disclosure.release(consented, coverage, programme, round_)
    admitted = {report.id for report in consented.block.rows}
    root = merkle.root([one.leaf_hash for one in found if one.row.id in admitted])
    return freeze(call, programme, round_, release, Basis(root, len(admitted), refusals))


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a release rests: the root over the admitted reports' leaves, and the refusals."""

    reports_root: bytes
    reports: int
    refusals: dict[str, int]


def freeze(
    call: Call, programme: Programme, round_: Round, release: Release, basis: Basis
) -> Draft:
    """Keep the bytes as they are, with a leaf that commits to them."""
    row = ReleaseRow(
        id=new_id(),
        programme=programme.id,
        version=programme.version,
        round=str(round_.year),
        body=release.body,
        digest=release.digest,
        reports=basis.reports,
        reports_root=basis.reports_root,
        refusals=json.dumps(basis.refusals, sort_keys=True),
        drafted_by=call.actor.id,
        drafted_at=call.now,
    )
    step = step_of(call, row, "drafted")
    releases.add(call.session, row, step)
    # Counts stay in this payload: that of the approval is opened to everybody, and a count which
    # the audit has not seen is one equation more for who wants to derive a hidden cell.
    counts: dict[str, str | int] = {"reports": row.reports, "refusals": row.refusals}
    entry = release_entry(call, step, row, **counts)
    [logged] = log.append(call.session, call.now, [entry])
    return draft_of(row, logged.index)


def draft_again(call: Call, release_id: UUID) -> Draft:
    """Tell a draft again as it was frozen; raises NotFound."""
    row = releases.find(call.session, release_id)
    step = releases.step(call.session, release_id, "drafted")
    if row is None or step is None:
        raise NotFound("no such draft")
    return draft_of(row, log.appended(call.session, [step.act_id])[step.act_id].index)


def draft_of(row: ReleaseRow, index: int) -> Draft:
    return Draft(
        release_id=row.id,
        digest=row.digest,
        log_index=index,
        reports=row.reports,
        refusals=json.loads(row.refusals),
        release=Frozen.of(row),
    )


def step_of(call: Call, row: ReleaseRow, kind: str, audience: str | None = None) -> StepRow:
    """Make the caller's step, with the id of its act."""
    return StepRow(
        id=new_id(),
        release_id=row.id,
        kind=kind,
        actor_id=call.actor.id,
        audience=audience,
        at=call.now,
        act_id=new_id(),
    )


def open_reports(call: Call, found: Sequence[Registered]) -> Reports:
    keys = call.vault.datakeys.take(
        [
            Wanted(one.row.episode_id, Purpose.REGISTER, one.row.key_version, one.wrapped)
            for one in found
        ]
    )
    plain = open_all(
        [
            (one.row.sealed, key, Place("reports", "sealed", one.row.id, one.row.provider_id, None))
            for one, key in zip(found, keys, strict=True)
        ]
    )
    return Reports(
        tuple(
            Report(
                id=one.row.id,
                subject_id=one.row.subject_id,
                provider_id=one.row.provider_id,
                episode_id=one.row.episode_id,
                service=one.row.service,
                instrument=one.row.instrument,
                occasion=one.row.occasion,
                answered_on=one.row.answered_on,
                content=Content.parse(json.loads(text)),
            )
            for one, text in zip(found, plain, strict=True)
        )
    )


def release_entry(call: Call, step: StepRow, row: ReleaseRow, **more: str | int) -> Entry:
    """Commit to the tables, the round, and the leaves of the reports they rest on."""
    payload: dict[str, str | int | bool] = {
        "release": str(row.id),
        "digest": row.digest,
        "programme": row.programme,
        "version": row.version,
        "round": row.round,
        "reports_root": row.reports_root.hex(),
        **more,
    }
    return Entry(
        act_id=step.act_id,
        kind=f"release.{step.kind}",
        org=call.actor.org,
        client_id=None,
        seal=partial(commit, call.vault.acts, None, payload),
    )
