"""Judges a report afterwards: whether it was permitted by what the log held when it came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from akva.errors import NotFound
from akva.model.episodes import Occasion
from akva.service.call import Call
from akva.storage import consents, log, reports
from akva.storage.reports import ReportRow
from consent import History, Permit, Scope, decide
from consent.verdicts import refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVerdict:
    """Nothing of the person and nothing measured: what was permitted, when, and by which event."""

    report_id: UUID
    permitted: bool
    code: str | None
    at: datetime
    consent_event_id: UUID
    log_index: int
    service: str
    instrument: str
    occasion: Occasion


def judge(call: Call, report_id: UUID) -> ReportVerdict:
    """Decide anew on what stood in the log before the report; raises NotFound."""
    row = reports.find(call.session, report_id)
    if row is None:
        raise NotFound("no such report")
    index = log.appended(call.session, [row.act_id])[row.act_id].index
    code = refused_by(row, before(call, row, index))
    return ReportVerdict(
        report_id=row.id,
        permitted=code is None,
        code=code,
        at=row.accepted_at,
        consent_event_id=row.consent_event_id,
        log_index=index,
        service=row.service,
        instrument=row.instrument,
        occasion=row.occasion,
    )


def before(call: Call, row: ReportRow, index: int) -> History:
    """Give what was said before that entry: at one instant, the log's order counts."""
    said = consents.filings(call.session, [row.episode_id])
    places = log.appended(call.session, [one.act_id for one in said])
    return History(tuple(one.event for one in said if places[one.act_id].index < index))


def refused_by(row: ReportRow, history: History) -> str | None:
    """Tell the code by which the gate would have refused; another event's permit is none."""
    scope = Scope(instrument=row.instrument)
    verdict = decide(history, row.purpose, at=row.accepted_at, scope=scope)
    if not isinstance(verdict, Permit):
        return verdict.code
    is_same = verdict.event_id == row.consent_event_id
    return None if is_same else refusal("CONSENT_SUPERSEDED").code
