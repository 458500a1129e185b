"""Age classes: from birth year to class, by the age reached in the year of the episode's start."""

from dataclasses import dataclass
from functools import cache

from akva.classifications.classification import table


@dataclass(frozen=True, slots=True)
class AgeClass:
    code: str
    lowest: int
    highest: int


@cache
def classes() -> tuple[AgeClass, ...]:
    return tuple(
        AgeClass(code, row["lowest"], row["highest"]) for code, row in table("age_classes").items()
    )


def age_class(birth_year: int, *, in_year: int) -> str | None:
    """Find the class's code, or None outside all of them."""
    age = in_year - birth_year
    return next((c.code for c in classes() if c.lowest <= age <= c.highest), None)
