"""The coverage count: how many episodes of a service stand where with consent, in whole numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """`state` is a consent state's name, or `not_asked`; nothing else of these episodes passes."""

    service: str
    state: str
    episodes: int
