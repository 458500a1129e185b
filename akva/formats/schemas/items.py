"""Vectors whose names the sender chooses, each read in one loop: items' codes, scales' scores."""

from collections.abc import Mapping
from typing import Any

from akva.formats.schemas.faults import NAME, NAMELESS, PLAIN, refusal, twice, wrong
from akva.formats.schemas.fields import (
    FILLED,
    LARGEST,
    SOMETHING,
    SURROGATE,
    Number,
    Own,
    finite,
    whole,
)

LONGEST_CODE = 40  # signs
CODE = f"an option's code: a whole number, or a text of at most {LONGEST_CODE} signs"
NAMES = {"pattern": f"^{PLAIN}$"}


class Items(Own):
    """Item id -> the code of an option, or null for an item left blank."""

    what = "an object"
    shape: Mapping[str, Any] = {
        "type": "object",
        "propertyNames": NAMES,
        "additionalProperties": {
            "type": ["integer", "string", "null"],
            "minimum": -LARGEST,
            "maximum": LARGEST,
            "minLength": 1,
            "maxLength": LONGEST_CODE,
            "pattern": SOMETHING,
        },
    }

    def read(self, value: object) -> dict[str, int | str | None]:
        """Read all codes; raises ValidationError with the faults of all."""
        if not isinstance(value, dict):
            raise refusal(wrong(self.what))
        found, faults, is_name = dict(value), [*twice(value)], NAME.fullmatch
        for name, sent in value.items():
            if not is_name(name):
                faults.append(NAMELESS)
            elif sent is not None and (type(sent) is not int or abs(sent) > LARGEST):
                found[name] = code = code_of(sent)  # rare: most codes are small whole numbers
                if code is None:
                    faults.append(wrong(CODE, f"/{name}"))
        if faults:
            raise refusal(*faults)
        return found


def code_of(sent: object) -> int | str | None:
    """Read a code that is no plain whole number; None for what is none."""
    if isinstance(sent, str):
        is_code = (
            len(sent) <= LONGEST_CODE and FILLED.fullmatch(sent) and not SURROGATE.search(sent)
        )
        return sent if is_code else None
    number = whole(sent)
    return number if number is not None and abs(number) <= LARGEST else None


class Scores(Own):
    """Scale id -> the score that the sender computed himself."""

    what = "an object"
    shape: Mapping[str, Any] = {
        "type": "object",
        "propertyNames": NAMES,
        "additionalProperties": Number.shape,
    }

    def read(self, value: object) -> dict[str, float]:
        """Read all scores; raises ValidationError with the faults of all."""
        if not isinstance(value, dict):
            raise refusal(wrong(self.what))
        faults = [
            *(NAMELESS for name in value if not NAME.fullmatch(name)),
            *twice(value),
            *(
                wrong(Number.what, f"/{name}")
                for name, score in value.items()
                if NAME.fullmatch(name) and finite(score) is None
            ),
        ]
        if faults:
            raise refusal(*faults)
        return {name: float(score) for name, score in value.items()}
