"""Service lines: when they may be decided and what each must measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from akva.classifications.classification import table

REFUSED = "refused"  # also what is not listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """`measures` maps instrument → occasion → obligatory, allowed or refused."""

    code: str
    names: Mapping[str, str]
    group: str
    organiser: str
    measures: Mapping[str, Mapping[str, str]]
    decided_from: date
    decided_until: date | None = None

    def may_be_decided(self, on: date) -> bool:
        """Whether a decision of that day may rest on this service; half-open at the end."""
        return self.decided_from <= on and (self.decided_until is None or on < self.decided_until)

    def obligation(self, instrument: str, occasion: str) -> str:
        """`obligatory`, `allowed` or `refused`."""
        return self.measures.get(instrument, {}).get(occasion, REFUSED)


@cache
def load() -> Mapping[str, Service]:
    return MappingProxyType(
        {code: Service(code=code, **row) for code, row in table("services").items()}
    )
