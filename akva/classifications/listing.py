"""The classifications by name: those whose codes may stand in what is sent."""

from collections.abc import Mapping

from akva.classifications import classification, services
from akva.classifications.classification import Entry
from akva.classifications.services import Service

NAMES = ("services", "law_bases", "areas", "diagnoses", "end_reasons", "next_steps")


def entries(name: str) -> Mapping[str, Entry] | Mapping[str, Service]:
    """Read one of NAMES."""
    return services.load() if name == "services" else classification.read(name)
