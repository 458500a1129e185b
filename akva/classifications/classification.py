"""Reads one dated classification: code → names in three languages and the days it is valid."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Valid in [valid_from, valid_until)."""

    code: str
    names: Mapping[str, str]
    valid_from: date
    valid_until: date | None = None

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


def table(name: str) -> dict[str, dict[str, Any]]:
    """Read the raw content of a data file, code by code."""
    return tomllib.loads(files(__package__).joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def read(name: str) -> Mapping[str, Entry]:
    """Read a classification: areas, law_bases, diagnoses, end_reasons or next_steps."""
    return MappingProxyType({code: Entry(code=code, **row) for code, row in table(name).items()})
