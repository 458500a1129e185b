"""A seeded, simulated cohort as plain values, calibrated to published facts."""

from akva.demo.cohort.courses import (
    Client,
    Cohort,
    Consent,
    Course,
    Goal,
    Measure,
    Person,
    Story,
)
from akva.demo.cohort.simulation import simulate

__all__ = [
    "Client",
    "Cohort",
    "Consent",
    "Course",
    "Goal",
    "Measure",
    "Person",
    "Story",
    "simulate",
]
