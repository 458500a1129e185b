"""The layout of a programme's tables: which there are, and which cells can concern anybody."""

from collections.abc import Container, Iterable, Iterator
from itertools import product

from akva.aggregation import pairing
from akva.aggregation.programmes import ATTAINMENT, CHANGE, Programme, Scale
from akva.aggregation.tabulation import EPISODES, PEOPLE, Cell, Table
from akva.classifications.services import REFUSED, Service
from akva.model.episodes import Occasion

COVERAGE = "coverage"
CONSENTED = "consented"
STATES = {  # state of consent: its class, in the order of the funnel's losses
    "not_asked": "not-asked",
    "asked": "asked",
    "refused": "refused",
    "unwritten": "unverified",
    "unverified": "unverified",
    "withdrawn": "withdrawn",
    "granted": CONSENTED,
}
BEFORE_SCORES = (  # lost with the whole instrument: one count in all its scales
    pairing.NOT_REPORTED,
    pairing.NO_START,
    pairing.NO_END,
    pairing.END_NOT_REQUIRED,
    pairing.NOT_DUE,
)
CLASSES = {
    CHANGE: (*BEFORE_SCORES, pairing.NOT_SCORED, pairing.UNMATCHED, pairing.PAIRED),
    ATTAINMENT: (
        pairing.NOT_REPORTED,
        pairing.NO_END,
        pairing.END_NOT_REQUIRED,
        pairing.NOT_SCORED,
        pairing.RATED,
    ),
}
BEARING = {CHANGE: pairing.PAIRED, ATTAINMENT: pairing.RATED}  # the class that figures rest on
NEEDED = {CHANGE: (Occasion.START, Occasion.END), ATTAINMENT: (Occasion.END,)}


def tables(programme: Programme) -> tuple[Table, ...]:
    """List the tables, each after its parent."""
    coverage = Table(COVERAGE, None, tuple(dict.fromkeys(STATES.values())), EPISODES)
    return coverage, *(table for scale in programme.scales for table in tables_of(scale))


def tables_of(scale: Scale) -> Iterator[Table]:
    yield Table(scale.table, (COVERAGE, CONSENTED), CLASSES[scale.indicator], PEOPLE)
    if scale.bands:
        for name in scale.band_tables:
            yield Table(name, (scale.table, BEARING[scale.indicator]), scale.bands.classes, PEOPLE)


def bears_figures(cell: Cell) -> bool:
    return cell.name in BEARING.values()


def collects(service: Service, scale: Scale) -> bool:
    """Tell whether a service may measure the scale whenever its indicator needs it."""
    return all(service.obligation(scale.instrument, o) != REFUSED for o in NEEDED[scale.indicator])


def requires_end(service: Service, scale: Scale) -> bool:
    return service.obligation(scale.instrument, Occasion.END) == "obligatory"


def possible(service: Service, scale: Scale) -> tuple[str, ...]:
    """List the classes that can occur: a measurement is missing only where it was required."""
    never = pairing.END_NOT_REQUIRED if requires_end(service, scale) else pairing.NO_END
    return tuple(name for name in CLASSES[scale.indicator] if name != never)


def ties(
    programme: Programme, services: Iterable[str], cells: Container[Cell]
) -> tuple[tuple[Cell, ...], ...]:
    """Find the cells that hold one count: what an instrument lost before any scale was scored."""
    scales: dict[str, list[Scale]] = {}
    for scale in programme.scales:
        if scale.indicator == CHANGE:
            scales.setdefault(scale.instrument, []).append(scale)
    return tuple(
        tie
        for code, of, name in product(services, scales.values(), BEFORE_SCORES)
        if (tie := tuple(c for s in of if (c := Cell(code, s.table, name)) in cells))
        and len(of) > 1
    )
