"""The Finnish personal identity code (henkilötunnus)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu as stdnum_hetu

from akva.errors import InvalidHetu

SHAPE = re.compile(r"[0-9]{6}[-+YXWVUABCDEF][0-9]{3}[0-9A-Y]", re.ASCII)
CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)


@dataclass(frozen=True, slots=True)
class Hetu:
    """A code that passed every check; neither `repr` nor any message shows it.

    The separator is part of the identity: 010594-9032 and 010594Y9032 are two people.
    """

    text: str = field(repr=False)

    @classmethod
    def parse(cls, text: str, *, on: date | None = None) -> Self:
        """Accept the canonical form alone: upper case, no blanks; raises InvalidHetu.

        With `on`, a birth after that day is refused too. The check digits are python-stdnum's,
        whose own cleaning is too lenient for an identity, hence the shape first.
        """
        if not SHAPE.fullmatch(text):
            raise InvalidHetu("a personal identity code has the form DDMMYYCZZZQ")
        try:
            stdnum_hetu.validate(text, allow_temporary=True)
        except ValidationError:
            raise InvalidHetu("the check character, date or number does not hold") from None
        code = cls(text)
        if on is not None and code.born_on > on:
            raise InvalidHetu("the date of birth lies in the future")
        return code

    @property
    def born_on(self) -> date:
        century = CENTURIES[self.text[6]]
        return date(century + int(self.text[4:6]), int(self.text[2:4]), int(self.text[:2]))
