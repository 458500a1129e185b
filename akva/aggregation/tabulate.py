"""Tabulate: counts a round's coverage and consented reports into the tables of a programme."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import TypeAlias

from akva.aggregation import layout, pairing
from akva.aggregation.layout import BEARING, CONSENTED, COVERAGE, STATES
from akva.aggregation.pairing import Course, Outcome
from akva.aggregation.programmes import Programme, Scale
from akva.aggregation.tabulation import ALL, TOTAL, Cell, Table, Tabulation
from akva.classifications.services import Service
from akva.errors import Conflict
from akva.model.coverage import Coverage
from akva.model.reports import Reports
from consent import Consented

Members: TypeAlias = Mapping[Cell, tuple[Outcome, ...]]
Classes: TypeAlias = Mapping[str, tuple[Outcome, ...]]  # of one scale in one row
Funnels: TypeAlias = Mapping[str, Counter[str]]  # by row, then class of the coverage


@dataclass(frozen=True, slots=True)
class Tabulated:
    """The counts, and the outcomes behind each cell of a declared scale.

    `people` is the fewest people that a cell may concern: a subject is one person in however many
    episodes; an episode without any report has no subject here and counts for itself.
    """

    tabulation: Tabulation
    members: Members
    people: Mapping[Cell, int]


def tabulate(
    reports: Consented[Reports],
    coverage: Iterable[Coverage],
    programme: Programme,
    services: Mapping[str, Service],
) -> Tabulated:
    """Count one round; the order of rows and of coverage changes nothing.

    Raises Conflict when the two contradict each other, or when no episode ended.
    """
    funnels = funnels_of(coverage, services)
    rows = [code for code in services if code in funnels]
    courses = pairing.courses(reports.block.rows)
    silent = without_reports(funnels, courses)
    members = members_of(courses, programme, [services[code] for code in rows])
    tables = layout.tables(programme)
    counts = {}
    for cell in cells(tables, [*rows, ALL]):
        if cell in members:
            unknown = silent[cell.service] if cell.name == pairing.NOT_REPORTED else 0
            counts[cell] = len(members[cell]) + unknown
        elif cell.table == COVERAGE:
            counts[cell] = funnels[cell.service][cell.name]
    tabulation = Tabulation(
        services=tuple(rows),
        tables=tables,
        counts=counts,
        absent=frozenset((c.service, c.table) for c in cells(tables, rows))
        - {(c.service, c.table) for c in counts},
        ties=layout.ties(programme, rows, counts),
    )
    return Tabulated(tabulation, members, people(counts, courses, members))


def cells(tables: Iterable[Table], rows: Iterable[str]) -> list[Cell]:
    return [Cell(row, t.id, name) for row, t in product(rows, tables) for name in t.names]


def funnels_of(coverage: Iterable[Coverage], services: Mapping[str, Service]) -> Funnels:
    """Count episodes by service and class, with the total, for each service that has any."""
    funnels: dict[str, Counter[str]] = {ALL: Counter()}
    for each in coverage:
        if each.service not in services or each.state not in STATES or each.episodes < 0:
            raise Conflict("the coverage counts an unknown service or state")
        for row in (each.service, ALL):
            for name in (STATES[each.state], TOTAL):
                funnels.setdefault(row, Counter())[name] += each.episodes
    if funnels[ALL][TOTAL] == 0:
        raise Conflict("no episode ended in this round")
    return {row: funnel for row, funnel in funnels.items() if funnel[TOTAL]}


def without_reports(funnels: Funnels, courses: Sequence[Course]) -> Counter[str]:
    """Count the consented episodes of which the register holds nothing yet."""
    reported = Counter(code for course in courses for code in (course.service, ALL))
    if any(funnels.get(row, Counter())[CONSENTED] < n for row, n in reported.items()):
        raise Conflict("more episodes have admitted reports than the coverage counts as consented")
    return Counter({row: funnel[CONSENTED] - reported[row] for row, funnel in funnels.items()})


def members_of(
    courses: Sequence[Course], programme: Programme, services: Sequence[Service]
) -> dict[Cell, tuple[Outcome, ...]]:
    """Sort the episodes into the cells of every declared scale."""
    by_service: dict[str, list[Course]] = {service.code: [] for service in services}
    for course in courses:
        by_service[course.service].append(course)
    members: dict[Cell, tuple[Outcome, ...]] = {}
    for scale in programme.scales:
        found = {
            service.code: outcomes_of(by_service[service.code], scale, service)
            for service in services
            if layout.collects(service, scale)
        }
        if found:
            found[ALL] = across(found.values())
        for row, classes in found.items():
            members |= {Cell(row, scale.table, name): of for name, of in classes.items()}
            members |= by_band(row, scale, classes)
    return members


def outcomes_of(courses: Sequence[Course], scale: Scale, service: Service) -> Classes:
    classes: dict[str, list[Outcome]] = {name: [] for name in layout.possible(service, scale)}
    required = layout.requires_end(service, scale)
    for course in courses:
        outcome = pairing.outcome(course, scale, end_required=required)
        classes[outcome.name].append(outcome)
    return {name: tuple(of) for name, of in classes.items()}


def across(rows: Iterable[Classes]) -> Classes:
    """Join the services: in each class, a subject stands with the service of its latest episode."""
    joined: dict[str, list[Outcome]] = {}
    for name, of in chain.from_iterable(row.items() for row in rows):
        joined.setdefault(name, []).extend(of)
    return {name: once(of) for name, of in joined.items()}


def once(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    in_time = sorted(outcomes, key=lambda o: (o.course.last_on, o.course.episode_id))
    stands_with = {o.course.subject_id: o.course.service for o in in_time}
    return tuple(o for o in outcomes if stands_with[o.course.subject_id] == o.course.service)


def by_band(row: str, scale: Scale, classes: Classes) -> dict[Cell, tuple[Outcome, ...]]:
    bearing = classes[BEARING[scale.indicator]]
    return {
        Cell(row, table, label): tuple(o for o in bearing if o.bands[which] == label)
        for which, table in enumerate(scale.band_tables)
        for label in (scale.bands.classes if scale.bands else ())
    }


def people(
    counts: Mapping[Cell, int], courses: Sequence[Course], members: Members
) -> dict[Cell, int]:
    """Take from each count the episodes that are known to be of one and the same subject."""
    behind = {cell: [o.course for o in of] for cell, of in members.items()}
    for row in {cell.service for cell in counts}:
        of_row = [course for course in courses if row in {course.service, ALL}]
        behind |= {Cell(row, COVERAGE, name): of_row for name in (CONSENTED, TOTAL)}
    subjects = {cell: len({course.subject_id for course in of}) for cell, of in behind.items()}
    return {
        cell: count - len(behind[cell]) + subjects[cell] if cell in behind else count
        for cell, count in counts.items()
    }
