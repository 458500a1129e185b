"""Does one part of many; why it was refused is a value, so that it stops no other part."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from akva.errors import AkvaError, Conflict, Fault, InvalidHetu, InvalidRequest, KeyReused
from akva.problems.table import PROBLEMS, problem_of

T = TypeVar("T")

# What can be wrong with one part alone; everything else stops the others too.
OF_ONE_PART = (InvalidRequest, InvalidHetu, Conflict, KeyReused)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a part was not done, fault by fault."""

    code: str
    faults: tuple[Fault, ...]

    def within(self, where: str) -> tuple[Fault, ...]:
        """Give the faults with the part's place in the whole before their own."""
        return tuple(replace(fault, where=where + fault.where) for fault in self.faults)


def tried(step: Callable[[], T]) -> T | Refused:
    """Do it, or say why not; exceptions that concern more than this part go on."""
    try:
        return step()
    except OF_ONE_PART as error:
        return refused(error)


def refused(error: Exception) -> Refused:
    problem = problem_of(error) or PROBLEMS[AkvaError]
    if isinstance(error, InvalidRequest):
        return Refused(problem.code, error.faults)
    return Refused(problem.code, (Fault(problem.code, "", str(error), problem.next_step),))
