"""The gate: the only maker of Consented, and so the only way into the register."""

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Generic, NoReturn, Protocol, Self, TypeVar, final
from uuid import UUID

from consent.decision import decide
from consent.errors import NotAdmitted
from consent.events import History
from consent.verdicts import Permit, Refuse, Scope

NOTHING = History(())
_GATE = object()  # known here alone: whoever lacks it cannot construct Consented


class Block(Protocol):
    """Rows that can be asked for: one report, a list, or a block of columns."""

    def keys(self) -> Sequence[tuple[UUID, Scope]]:
        """Give each row's episode and what it would report."""

    def take(self, indices: Sequence[int]) -> Self:
        """Give a block of these rows alone, in this order."""


T = TypeVar("T", bound=Block)


@final
@dataclass(frozen=True, slots=True)
class Consented(Generic[T]):
    """Rows whose every client's consent was in force at `at`; only `admit` makes one.

    `permits` names, for each episode, the consent event that admitted it.
    """

    block: T
    purpose: str
    at: datetime
    permits: Mapping[UUID, Permit]
    gate: InitVar[object]

    def __post_init__(self, gate: object) -> None:
        if gate is not _GATE:
            raise NotAdmitted("only consent.admit makes Consented")

    def __reduce__(self) -> NoReturn:
        # A copy or a pickle would be made without the gate.
        raise NotAdmitted("Consented does not travel: admit again where it is needed")


@dataclass(frozen=True, slots=True)
class Admission(Generic[T]):
    """What passed, and for each row that did not, its index and why."""

    consented: Consented[T]
    refused: tuple[tuple[int, Refuse], ...]


def admit(
    block: T, histories: Mapping[UUID, History], purpose: str, *, at: datetime
) -> Admission[T]:
    """Decide once for each distinct episode and scope, and let through what is permitted.

    `at` is the accepting transaction's instant. An episode without a history was never asked.
    Raises NotAdmitted if the block hands out other rows than it was asked for.
    """
    keys = list(block.keys())
    verdicts = {
        (episode_id, scope): decide(histories.get(episode_id, NOTHING), purpose, at=at, scope=scope)
        for episode_id, scope in dict.fromkeys(keys)
    }
    answers = [verdicts[key] for key in keys]
    passed = [index for index, answer in enumerate(answers) if isinstance(answer, Permit)]
    taken = block.take(passed)
    if list(taken.keys()) != [keys[index] for index in passed]:
        raise NotAdmitted("the block handed out other rows than the gate let through")
    permits = {key[0]: answer for key, answer in verdicts.items() if isinstance(answer, Permit)}
    return Admission(
        Consented(taken, purpose, at, MappingProxyType(permits), _GATE),
        tuple((i, answer) for i, answer in enumerate(answers) if isinstance(answer, Refuse)),
    )
