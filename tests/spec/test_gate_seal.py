"""`Consented` is made by the gate and by nothing else."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, replace
from typing import Any, Self
from uuid import UUID

import pytest

from consent import REPORT_TO_KELA, Consented, NotAdmitted, Scope, admit
from tests.spec.consent_drawn import evening


@dataclass(frozen=True)
class Nothing:
    """The smallest block there is."""

    def keys(self) -> list[tuple[UUID, Scope]]:
        return []

    def take(self, indices: object) -> Self:  # noqa: ARG002 - there is nothing to take
        return self


@pytest.fixture
def consented() -> Consented[Nothing]:
    return admit(Nothing(), {}, REPORT_TO_KELA, at=evening(1)).consented


@pytest.mark.parametrize("gate", [None, object(), "gate", True])
def test_nobody_else_makes_one(gate: object) -> None:
    with pytest.raises(NotAdmitted):
        Consented(Nothing(), REPORT_TO_KELA, evening(1), {}, gate)


@pytest.mark.parametrize(
    "forge",
    [
        copy.copy,
        copy.deepcopy,
        pickle.dumps,
        lambda consented: replace(consented, block=Nothing(), gate=object()),
    ],
)
def test_it_cannot_be_made_from_another(
    consented: Consented[Nothing], forge: Callable[[Any], object]
) -> None:
    with pytest.raises(NotAdmitted):
        forge(consented)


def test_its_rows_cannot_be_replaced(consented: Consented[Nothing]) -> None:
    with pytest.raises(ValueError, match="gate"):
        replace(consented, block=Nothing())  # type: ignore[call-arg]  # the attack


def test_it_cannot_be_changed(consented: Consented[Nothing]) -> None:
    with pytest.raises(FrozenInstanceError):
        consented.block = Nothing()  # type: ignore[misc]  # the attack


def test_its_permits_cannot_be_added_to(consented: Consented[Nothing]) -> None:
    with pytest.raises(TypeError):
        consented.permits[UUID(int=1)] = None  # type: ignore[index]  # the attack


def test_the_gate_itself_makes_one(consented: Consented[Nothing]) -> None:
    expected = Nothing()

    assert expected == consented.block
