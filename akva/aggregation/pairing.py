"""Pairing: where a consented episode ends in the funnel of one scale, and what it measured there.

One start and one end of the same instrument in the same episode make a pair, when the same
edition, rule and mode family made both, here or elsewhere, and three calendar months lie between.
Goals are read at the end alone. Follow-ups are a population of their own and pass by here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias
from uuid import UUID

from akva.aggregation.programmes import ATTAINMENT, Bands, Scale
from akva.errors import Conflict
from akva.model.assessments import Mode, NotScored
from akva.model.days import months_later
from akva.model.episodes import Occasion
from akva.model.reports import Report

NOT_REPORTED = "not-reported"
NO_START = "no-start"
NO_END = "no-end"
END_NOT_REQUIRED = "end-not-required"
NOT_DUE = "not-due"
NOT_SCORED = "not-scored"
UNMATCHED = "unmatched"
PAIRED = "paired"
RATED = "rated"
MONTHS = 3  # before that much time has passed, no end measurement is due (Kela)

ASSISTED = "assisted"
FAMILIES = {
    Mode.SELF: "self",
    Mode.ASSISTED: ASSISTED,
    Mode.INTERVIEW: ASSISTED,
    Mode.INTERPRETER: ASSISTED,
    Mode.SIGN_LANGUAGE: ASSISTED,
    Mode.PROXY: "proxy",
}

Measured: TypeAlias = Mapping[str, Report]  # an instrument's reports in one episode, by occasion


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the register holds of one episode, by instrument; `last_on` is its latest answer."""

    episode_id: UUID
    subject_id: UUID
    service: str
    last_on: date
    measured: Mapping[str, Measured] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The class of one episode in one scale, and its pair or its goals where it got that far."""

    course: Course
    name: str
    pair: tuple[float, float] | None = field(default=None, repr=False)  # at the start, at the end
    bands: tuple[str, ...] = field(default=(), repr=False)  # of the pair
    levels: tuple[int, ...] = field(default=(), repr=False)


def courses(rows: Iterable[Report]) -> list[Course]:
    """Gather rows by episode, in the order of the episodes' ids.

    Raises Conflict when two reports stand for one occasion, or when an episode has two subjects
    or services: the register would contradict itself.
    """
    episodes: dict[UUID, list[Report]] = {}
    for row in rows:
        episodes.setdefault(row.episode_id, []).append(row)
    return [course(episodes[episode_id]) for episode_id in sorted(episodes)]


def course(rows: Sequence[Report]) -> Course:
    measured: dict[str, dict[str, Report]] = {}
    for row in rows:
        measured.setdefault(row.instrument, {})[row.occasion] = row
    if sum(map(len, measured.values())) != len(rows):
        raise Conflict("two current reports stand for one occasion of an episode")
    if len({(row.subject_id, row.service) for row in rows}) != 1:
        raise Conflict("an episode has reports of two subjects or services")
    return Course(
        episode_id=rows[0].episode_id,
        subject_id=rows[0].subject_id,
        service=rows[0].service,
        last_on=max(row.answered_on for row in rows),
        measured=measured,
    )


def outcome(course: Course, scale: Scale, *, end_required: bool) -> Outcome:
    """Follow the funnel of one scale to the class where this episode ends."""
    measured = course.measured.get(scale.instrument)
    if measured is None:
        return Outcome(course=course, name=NOT_REPORTED)
    no_end = NO_END if end_required else END_NOT_REQUIRED
    if scale.indicator == ATTAINMENT:
        return attainment(course, measured.get(Occasion.END), no_end)
    start, end = measured.get(Occasion.START), measured.get(Occasion.END)
    if start is None or end is None:
        return Outcome(course=course, name=NO_START if start is None else no_end)
    return change(course, scale, start=start, end=end)


def attainment(course: Course, end: Report | None, no_end: str) -> Outcome:
    if end is None:
        return Outcome(course=course, name=no_end)
    levels = tuple(goal.level for goal in end.content.goals if goal.level is not None)
    if not levels or len(levels) < len(end.content.goals) or end.content.not_scored:
        return Outcome(course=course, name=NOT_SCORED)
    return Outcome(course=course, name=RATED, levels=levels)


def change(course: Course, scale: Scale, *, start: Report, end: Report) -> Outcome:
    if is_early(start, end):
        return Outcome(course=course, name=NOT_DUE)
    before, after = scored(start, scale), scored(end, scale)
    if before is None or after is None:
        return Outcome(course=course, name=NOT_SCORED)
    made = {made_by(start, scale), made_by(end, scale)}
    if len(made) > 1 or made.pop()[:2] != (scale.edition, scale.rule):
        return Outcome(course=course, name=UNMATCHED)
    labels = tuple(band(report, scale, scale.bands) for report in (start, end) if scale.bands)
    return Outcome(course=course, name=PAIRED, pair=(before, after), bands=labels)


def is_early(start: Report, end: Report) -> bool:
    """Tell an end that is not due yet, by its date or by the provider's own word."""
    too_soon = end.answered_on < months_later(start.answered_on, MONTHS)
    return too_soon or end.content.not_scored == NotScored.NOT_DUE


def scored(report: Report, scale: Scale) -> float | None:
    score = report.content.scales.get(scale.scale)
    return None if score is None or report.content.not_scored else score.value


def band(report: Report, scale: Scale, bands: Bands) -> str:
    label = report.content.scales[scale.scale].bands.get(bands.set)
    if label not in bands.classes:
        raise Conflict("a report has another band than the programme declares")
    return label


def made_by(report: Report, scale: Scale) -> tuple[str, str, str, bool]:
    """Name what start and end must share."""
    content = report.content
    rule = content.scales[scale.scale].rule
    return content.edition, rule, FAMILIES[Mode(content.mode)], content.scored_elsewhere
