"""Asks the whole door at random, as its own document describes it, with every check on.

Half of the calls say what the document allows, and every other one of these names things that
are there, so that it comes further than an unknown id. The other half break the document.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup
from schemathesis.openapi.checks import RejectedPositiveData

# A schema cannot say what contradicts what; that such a call is refused is no fault.
MEANT = frozenset({400, 412, 422})
FREE = {"Accept-Language", "instrument", "name"}  # any text is right
TRIAL, OK = "POST /v1/batches", 200


@dataclass(slots=True)
class Found:
    """What the asking found: the answers by status, and each thing that is wrong, once."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)
    leaks: set[str] = field(default_factory=set)  # operations that gave a canary away

    @property
    def cases(self) -> int:
        return sum(self.statuses.values())


@schemathesis.serializer("application/x-ndjson")
def as_a_line(_: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks an application as one caller; `known` gives things that are there by parameter."""

    app: Flask
    token: str | None
    known: Mapping[str, str]
    canaries: tuple[str, ...]
    seed: int | None = None  # without one, the same is drawn at every run

    def ask(self, cases: int) -> Found:
        """Ask every operation so many times."""
        found = Found()
        schema: Any = schemathesis.openapi.from_wsgi("/openapi.json", self.app)
        for result in schema.get_all_operations():
            operation, before = result.ok(), found.cases
            with suppress(Unsatisfiable):  # where a call has nothing that could be wrong
                if operation.body or {one.name for one in operation.iter_parameters()} - FREE:
                    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
                    self._asking(wrong, cases // 2, found, right=False)()
            left = cases - (found.cases - before)
            self._asking(operation.as_strategy(), left, found, right=True)()
        return found

    def _asking(
        self,
        drawn: Any,  # noqa: ANN401
        cases: int,
        found: Found,
        *,
        right: bool,
    ) -> Callable[[], None]:
        @given(case=drawn)
        @settings(
            max_examples=cases,
            deadline=None,
            database=None,
            derandomize=self.seed is None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def asking(case: Case[Any]) -> None:
            if right and found.cases % 2:
                self._name_known(case)
            self._call(case, found)

        return asking if self.seed is None else seed(self.seed)(asking)

    def _name_known(self, case: Case[Any]) -> None:
        for name in case.path_parameters or {}:
            case.path_parameters[name] = self.known.get(name, case.path_parameters[name])
        if isinstance(case.body, dict):
            for name in {"client", "episode"} & case.body.keys():
                case.body[name] = self.known[f"{name}_id"]
            if "assessments" in case.body and "client" not in case.body:
                case.body["assessments"] = [self.known["assessment_id"]]

    def _call(self, case: Case[Any], found: Found) -> None:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = case.call(headers=headers)
        found.statuses[answer.status_code] += 1
        if any(canary in answer.text for canary in self.canaries):
            found.leaks.add(case.operation.label)
        about = f"{case.operation.label} {answer.status_code}"
        if str(answer.status_code) not in case.operation.definition.raw["responses"]:
            found.wrong[about] = "not told in the document, but by its default"
        try:
            case.validate_response(answer, headers=headers)
        except FailureGroup as failures:
            for failure in failures.exceptions:
                if meant(failure, case, answer.status_code):
                    continue
                found.wrong.setdefault(f"{about} {type(failure).__name__}", str(failure)[:600])


def meant(failure: Exception, case: Case[Any], status: int) -> bool:
    """Tell what a schema cannot say, and what the asking itself put right."""
    if isinstance(failure, RejectedPositiveData):
        return status in MEANT
    if isinstance(failure, AcceptedNegativeData):
        # The token is sent whatever was drawn; a trial answers with what would be refused.
        trial = case.operation.label == TRIAL and status == OK
        return trial or "was Authorization" in str(failure)
    return False
