"""Asks the whole door at random, as its own document describes it, with every check on.

Half of the calls name things that are there, so that they come further than an unknown id.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.core.failures import FailureGroup
from schemathesis.openapi.checks import RejectedPositiveData

# A schema cannot say what contradicts what; that such a call is refused is no fault.
MEANT = frozenset({400, 412, 422})


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

    def ask(self, cases: int) -> Found:
        """Ask every operation so many times."""
        found = Found()
        schema: Any = schemathesis.openapi.from_wsgi("/openapi.json", self.app)
        for operation in schema.get_all_operations():
            self._asking(operation.ok().as_strategy(), cases, found)()
        return found

    def _asking(self, drawn: Any, cases: int, found: Found) -> Callable[[], None]:  # noqa: ANN401
        @given(case=drawn)
        @settings(
            max_examples=cases,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def asking(case: Case[Any]) -> None:
            if found.cases % 2:
                self._name_known(case)
            self._call(case, found)

        return asking

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
        try:
            case.validate_response(answer, headers=headers)
        except FailureGroup as failures:
            for failure in failures.exceptions:
                if isinstance(failure, RejectedPositiveData) and answer.status_code in MEANT:
                    continue
                about = f"{case.operation.label} {answer.status_code}"
                found.wrong.setdefault(f"{about} {type(failure).__name__}", str(failure)[:600])
