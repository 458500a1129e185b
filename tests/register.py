"""Rows of the register, each by what makes it different, and the gate that lets them through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import instruments
from akva.model.coverage import Coverage
from akva.model.episodes import Occasion
from akva.model.reports import (
    Content,
    Dimensions,
    Report,
    ReportedGoal,
    ReportedScale,
    Reports,
)
from consent import REPORT_TO_KELA, Consented, Granted, History, Verified, admit

STARTED, ENDED = date(2025, 2, 1), date(2025, 9, 1)
ASKED_AT = datetime(2025, 1, 2, tzinfo=UTC)
DRAFTED_AT = datetime(2026, 4, 1, tzinfo=UTC)
RULES = {"bdi-21": "complete", "whoqol-bref": "who-spss", "akv-1": "complete", "gas": "kiresuk"}
ANYBODY = Dimensions(law_basis="6", area="01", age_class=None, sex="unknown", diagnosis="F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One report: by default somebody's own answer to BDI-21 at the start, scored 14.

    `levels` makes it a report of goals.
    """

    episode: int = 1
    subject: int | None = None  # else of the episode's number
    service: str = "kiila"
    instrument: str = "bdi-21"
    scale: str = "total"
    occasion: Occasion = Occasion.START
    on: date | None = None
    value: float | None = 14.0
    rule: str | None = None
    edition: str | None = None
    mode: str = "self"
    elsewhere: bool = False
    not_scored: str | None = None
    levels: tuple[int | None, ...] = ()

    def report(self) -> Report:
        usual = STARTED if self.occasion == Occasion.START else ENDED
        return Report(
            id=uuid5(UUID(int=self.episode), f"{self.instrument} {self.occasion}"),
            subject_id=UUID(int=self.episode if self.subject is None else self.subject),
            provider_id=UUID(int=1),
            episode_id=UUID(int=self.episode),
            service=self.service,
            instrument=self.instrument,
            occasion=self.occasion,
            answered_on=self.on or usual,
            content=self.content(),
        )

    def content(self) -> Content:
        instrument = instruments.load(self.instrument)
        scored = not self.levels and self.not_scored is None
        return Content(
            edition=self.edition or instrument.edition,
            definition=instrument.definition,
            mode=self.mode,
            scored_elsewhere=self.elsewhere,
            not_scored=self.not_scored,
            scales={self.scale: self.scored()} if scored else {},
            goals=tuple(ReportedGoal(weight=1, level=level, icf=()) for level in self.levels),
            dimensions=ANYBODY,
        )

    def scored(self) -> ReportedScale:
        sets = instruments.load(self.instrument).contents.bands if self.value is not None else ()
        return ReportedScale(
            value=self.value,
            answered=0,
            items=0,
            rule=self.rule or RULES[self.instrument],
            reason="items-missing" if self.value is None else None,
            flags=(),
            bands={of.id: of.label(self.value) for of in sets if self.value is not None},
        )


def pair(episode: int, start: float, end: float, *, service: str = "kiila") -> tuple[Row, Row]:
    return (
        Row(episode=episode, service=service, value=start),
        Row(episode=episode, service=service, value=end, occasion=Occasion.END),
    )


def consented(rows: Iterable[Row], purpose: str = REPORT_TO_KELA) -> Consented[Reports]:
    """Let the rows through the gate, each episode on a written grant that somebody verified."""
    reports = Reports(tuple(row.report() for row in rows))
    histories = {row.episode_id: granted(purpose) for row in reports.rows}
    admission = admit(reports, histories, purpose, at=DRAFTED_AT)
    assert () == admission.refused
    return admission.consented


def granted(purpose: str) -> History:
    grant = Granted(
        id=UUID(int=1),
        purpose=purpose,
        valid_from=ASKED_AT,
        recorded_at=ASKED_AT,
        recorded_by=UUID(int=1),
        written=True,
    )
    verified = Verified(
        id=UUID(int=2),
        purpose=purpose,
        valid_from=ASKED_AT,
        recorded_at=ASKED_AT,
        recorded_by=UUID(int=2),
        grant_id=grant.id,
    )
    return History((grant, verified))


def covered(rows: Sequence[Row], **others: int) -> list[Coverage]:
    """Count the episodes of these rows as granted, and in each of their services some others."""
    episodes = {row.episode: row.service for row in rows}
    services = sorted(set(episodes.values()))
    found = [
        Coverage(service=code, state="granted", episodes=list(episodes.values()).count(code))
        for code in services
    ]
    return found + [
        Coverage(service=code, state=state, episodes=n)
        for code in services
        for state, n in others.items()
    ]
