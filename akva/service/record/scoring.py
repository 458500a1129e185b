"""From a submitted assessment to its result: the instruments' answer in the service's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import instruments
from akva.errors import Fault, InvalidRequest
from akva.model.episodes import Occasion
from akva.service.record import elsewhere
from akva.service.submissions import NewAssessment


@dataclass(frozen=True, slots=True)
class Outcome:
    """`result` is what `akva score` prints, without alerts; None when it was not scored."""

    edition: str
    result: Mapping[str, Any]
    alerts: tuple[str, ...]


def score(new: NewAssessment, agreed: tuple[Mapping[str, Any], ...]) -> Outcome:
    """Score the answers or goals, or take the scores; raises InvalidRequest with every fault.

    `agreed` are the goals set at the start; at the start itself they do not matter.
    """
    try:
        instrument = instruments.load(new.instrument, new.edition)
        result = result_of(instrument, new, agreed)
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
    return Outcome(result["edition"], result, tuple(result.pop("alerts", ())))


def result_of(
    instrument: instruments.Instrument, new: NewAssessment, agreed: tuple[Mapping[str, Any], ...]
) -> dict[str, Any]:
    if new.not_scored is not None:
        return {"edition": instrument.edition, "definition": instrument.definition}
    if new.goals is not None:
        return score_goals(new, agreed).as_dict()
    if new.answers is None and new.scores:
        return elsewhere.taken(instrument, new.scores, new.rule)
    scored = instrument.score_one(new.answers or {}, rule=new.rule, coding=new.coding)
    if new.scores is not None:
        elsewhere.compare(scored, new.scores)
    return scored.as_dict()


def alerts_of(instrument: str, edition: str, content: Mapping[str, Any]) -> tuple[str, ...]:
    """Tell again the alerts of an assessment that was recorded; goals have none."""
    known, rule = instruments.load(instrument, edition), content.get("rule")
    if content["answers"] is not None:
        coding = content.get("coding", "raw")
        return known.score_one(content["answers"], rule=rule, coding=coding).alerts
    if content["result"].get("scored_elsewhere"):
        told = content["result"]["scores"]
        values = {scale: score["value"] for scale, score in told.items()}
        return tuple(elsewhere.taken(known, values, rule)["alerts"])
    return ()


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
