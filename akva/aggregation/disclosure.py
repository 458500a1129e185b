"""Disclosure: the only maker of a Release, from consented reports to frozen, audited bytes.

Tabulate, hide what is unsafe, hide what would give it away, let the audit try to undo it, freeze.
One failing step stops the whole release.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import NoReturn, final

import instruments
from akva.aggregation import audit, body, primary, suppression
from akva.aggregation.body import Frame
from akva.aggregation.figures import figures
from akva.aggregation.layout import bears_figures
from akva.aggregation.programmes import Policy, Programme, Round
from akva.aggregation.tabulate import Tabulated, tabulate
from akva.aggregation.tabulation import Cell
from akva.classifications import services
from akva.errors import NotAllowed
from akva.model.coverage import Coverage
from akva.model.reports import Report, Reports
from consent import Consented

_ROOM = object()  # known here alone: whoever lacks it cannot construct a Release


@final
@dataclass(frozen=True, slots=True)
class Release:
    """A round's tables made safe, in memory only.

    `body` is canonical JSON, `digest` its SHA-256 in hexadecimal, `counts` the cells by status.
    """

    body: bytes
    digest: str
    counts: Mapping[str, int]
    room: InitVar[object]

    def __post_init__(self, room: object) -> None:
        if room is not _ROOM:
            raise NotAllowed("only disclosure.release makes a Release")

    def __reduce__(self) -> NoReturn:
        # A copy or a pickle would be made without the room.
        raise NotAllowed("a Release does not travel: its bytes do")


def release(
    reports: Consented[Reports],
    coverage: Sequence[Coverage],
    programme: Programme,
    round_: Round,
) -> Release:
    """Make one round's tables safe.

    Raises NotAllowed when the reports were admitted for another purpose, Conflict when they
    contradict the coverage, AuditFailed when a hidden cell could be derived.
    """
    if reports.purpose != programme.purpose:
        raise NotAllowed("these reports were admitted for another purpose than the programme's")
    policy = programme.policy
    counted = tabulate(reports, coverage, programme, services.load())
    tabulation, hidden = counted.tabulation, hide(counted, policy)
    audit.verify_release(tabulation, hidden, threshold=policy.threshold)
    frozen = body.freeze(
        tabulation,
        figures(counted, programme),
        hidden,
        frame_of(reports.block.rows, programme, round_),
    )
    cells = Counter(cell["status"] for cell in json.loads(frozen)["cells"])
    counts = MappingProxyType({"cells": cells.total(), **cells})
    return Release(frozen, sha256(frozen).hexdigest(), counts, _ROOM)


def hide(counted: Tabulated, policy: Policy) -> frozenset[Cell]:
    """Hide what is unsafe, what would give it away, and what would tell of a few with ALL."""
    tabulation, unsafe = counted.tabulation, primary.unsafe(counted, policy)
    bearing = {cell for cell in tabulation.counts if bears_figures(cell)}
    while True:
        hidden = suppression.protect(
            tabulation, unsafe, threshold=policy.threshold, bearing=bearing
        )
        telling = primary.telling(tabulation, hidden, policy)
        if not telling:
            return hidden
        unsafe |= telling


def frame_of(rows: Iterable[Report], programme: Programme, round_: Round) -> Frame:
    """Say by which edition, definition and rule the scores were made, and which way is better.

    `others` are further definitions of that edition that reports name: counted, and said to be.
    """
    made: dict[str, set[str]] = {}
    for row in rows:
        made.setdefault(row.instrument, set()).add(row.content.definition)
    definitions: dict[str, dict[str, object]] = {}
    polarity: dict[str, str] = {}
    for scale in programme.scales:
        instrument = instruments.load(scale.instrument, scale.edition)
        [known] = [each for each in instrument.contents.scales if each.id == scale.scale]
        polarity[scale.table] = known.polarity
        definitions[scale.instrument] = {
            "edition": scale.edition,
            "definition": instrument.definition,
            "rule": scale.rule,
            "others": sorted(made.get(scale.instrument, set()) - {instrument.definition}),
        }
    return Frame(programme=programme, round=round_, definitions=definitions, polarity=polarity)
