"""Programmes: what is published of whom, declared before the data are seen; and their rounds."""

from akva.aggregation.programmes.programme import (
    ATTAINMENT,
    CHANGE,
    Bands,
    Decimals,
    Policy,
    Programme,
    Round,
    Scale,
)
from akva.aggregation.programmes.reading import ids, load, read

__all__ = [
    "ATTAINMENT",
    "CHANGE",
    "Bands",
    "Decimals",
    "Policy",
    "Programme",
    "Round",
    "Scale",
    "ids",
    "load",
    "read",
]
