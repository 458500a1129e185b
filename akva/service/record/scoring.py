"""From a submitted assessment to its result: the instruments' answer in the service's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import instruments
from akva.errors import Fault, InvalidRequest
from akva.model.episodes import Occasion
from akva.service.submissions import NewAssessment


@dataclass(frozen=True, slots=True)
class Outcome:
    """`result` is what `akva score` prints, without alerts; None when it was not scored."""

    edition: str
    result: Mapping[str, Any]
    alerts: tuple[str, ...]


def score(new: NewAssessment, agreed: tuple[Mapping[str, Any], ...]) -> Outcome:
    """Score the answers or goals; raises InvalidRequest with every fault.

    `agreed` are the goals set at the start; at the start itself they do not matter.
    """
    try:
        instrument = instruments.load(new.instrument, new.edition)
        if new.not_scored is not None:
            empty = {"edition": instrument.edition, "definition": instrument.definition}
            return Outcome(instrument.edition, empty, ())
        if new.goals is not None:
            scored = score_goals(new, agreed)
        else:
            scored = instrument.score_one(new.answers or {}, rule=new.rule, coding=new.coding)
    except instruments.UnknownInstrument as error:
        raise InvalidRequest(
            Fault("unknown-instrument", "/instrument", str(error), "see `akva instruments list`")
        ) from None
    except instruments.UnknownRule as error:
        raise InvalidRequest(
            Fault("unknown-rule", "/rule", str(error), "see `akva instruments show`")
        ) from None
    except instruments.InvalidResponse as error:
        faults = (Fault(f.code, f.where, f.why, f.next_step) for f in error.faults)
        raise InvalidRequest(*faults) from None
    result = scored.as_dict()
    return Outcome(result["edition"], result, tuple(result.pop("alerts")))


def score_goals(new: NewAssessment, agreed: tuple[Mapping[str, Any], ...]) -> instruments.Scored:
    """Score levels: baselines at the start, attained levels of the same goals later."""
    goals, at_start = new.goals or (), new.occasion is Occasion.START
    scored = instruments.load("gas").score_one(goals, level="baseline" if at_start else "attained")
    unnamed = [place for place, goal in enumerate(goals) if not goal.get("id")]
    if unnamed or len({str(goal.get("id")) for goal in goals}) < len(goals):
        raise InvalidRequest(
            Fault("goal-without-id", "/goals", "a goal has no id of its own", "give each goal one")
        )
    if not at_start and identity(goals) != identity(agreed):
        raise InvalidRequest(
            Fault(
                "goals-differ",
                "/goals",
                "the goals or their weights are not those set at the start",
                "rate the goals of the start; record the start first where it lacks",
            )
        )
    return scored


def identity(goals: tuple[Mapping[str, Any], ...]) -> list[tuple[str, float]]:
    """Tell what makes two sets of goals the same: their ids and weights."""
    return sorted((str(goal["id"]), float(goal.get("weight", 1))) for goal in goals)
