"""One goal: its weight and levels, read and checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeGuard

from instruments.definition import Goals
from instruments.errors import Fault, InvalidResponse
from instruments.response import BOOLEANS

FIELDS = ("id", "text", "weight", "baseline", "attained", "icf")
LEVELS = ("attained", "baseline")
ICF = re.compile(r"[bsde][1-9][0-9]{0,4}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Goal:
    weight: float
    level: int | None  # None where it was not rated


def read(response: object, *, kind: Goals, level: str) -> list[Goal]:
    """Read every goal with the level asked for; raises InvalidResponse with every fault."""
    if not isinstance(response, Sequence) or isinstance(response, str | bytes):
        raise InvalidResponse([SHAPELESS])
    if not 1 <= len(response) <= kind.most:
        raise InvalidResponse([miscounted(kind)])
    faults = [
        fault for place, goal in enumerate(response) for fault in goal_faults(goal, place, kind)
    ]
    if faults:
        raise InvalidResponse(faults)
    return [made(goal, kind, level) for goal in response]


def made(goal: Mapping[str, Any], kind: Goals, level: str) -> Goal:
    weight, rated = goal.get("weight"), goal.get(level)
    return Goal(
        kind.weight if weight is None else float(weight), None if rated is None else int(rated)
    )


def goal_faults(goal: object, place: int, kind: Goals) -> Iterator[Fault]:
    where = f"/goals/{place}"
    if not isinstance(goal, Mapping):
        yield Fault("goal-malformed", where, "A goal must be an object.", SHAPELESS.next_step)
        return
    if not goal.keys() <= set(FIELDS):
        why = f"A goal holds {', '.join(FIELDS)} and nothing else."
        yield Fault("unknown-field", where, why, "Leave out the rest, or mend its name.")
    if not positive(goal.get("weight", kind.weight)):
        why = "A weight must be a number above 0."
        yield Fault("weight-not-positive", f"{where}/weight", why, "Drop the goal or weigh it.")
    for level in LEVELS:
        if not (goal.get(level) is None or one_of(goal[level], kind.levels)):
            why = f"A level is one of {', '.join(map(str, kind.levels))}, and this is not."
            step = "Send the level reached, or null if it was not rated."
            yield Fault("value-out-of-range", f"{where}/{level}", why, step)
    if not all_icf(goal.get("icf")):
        why = "ICF codes are a list such as b152 or d850."
        yield Fault("icf-code-invalid", f"{where}/icf", why, "Mend the code or leave it out.")


def positive(weight: object) -> bool:
    if weight is None:
        return True  # the definition's own weight holds
    return number(weight) and isfinite(weight) and weight > 0


def number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, BOOLEANS)


def one_of(value: object, levels: tuple[int, ...]) -> bool:
    return number(value) and value in levels


def all_icf(codes: object) -> bool:
    if codes is None:
        return True
    return isinstance(codes, list | tuple) and all(
        isinstance(code, str) and ICF.fullmatch(code) for code in codes
    )


SHAPELESS = Fault(
    code="goals-missing",
    where="/goals",
    why="The goals must be a list.",
    next_step='Send {"goals": [{"weight": 1, "attained": 0}]}; a level may be null.',
)


def miscounted(kind: Goals) -> Fault:
    return Fault(
        code="goals-miscounted",
        where="/goals",
        why=f"A response has 1 to {kind.most} goals.",
        next_step="Send the goals that were agreed; without any, record it as not scored.",
    )
