"""Values on the command line, read without ever repeating what was typed."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import click

from akva.errors import InvalidRequest
from akva.formats import days

UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


class Id(click.ParamType[UUID]):
    name = "id"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> UUID:
        if not UUID_TEXT.fullmatch(str(value)):
            self.fail("this is not an id as AKVA prints them", param, ctx)
        return UUID(str(value))


class Day(click.ParamType[date]):
    name = "yyyy-mm-dd"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        day = value if isinstance(value, date) else days.day(value)
        if day is None:
            where = param.get_error_hint(ctx) if param else ""
            raise InvalidRequest(days.fault(where.strip("'")))
        return day


class Code(click.ParamType[str]):
    """A public short name, as it stands in the log."""

    name = "code"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", str(value), re.ASCII):
            self.fail("a code is of letters a to z, digits, dots and hyphens", param, ctx)
        return str(value)


class Whole(click.ParamType[int]):
    """A whole number from 0, of so many digits at most."""

    name = "number"

    def __init__(self, digits: int) -> None:
        self.digits = digits

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        if not re.fullmatch(rf"[0-9]{{1,{self.digits}}}", str(value), re.ASCII):
            self.fail("this is not such a whole number", param, ctx)
        return int(str(value))


class OneOf(click.Choice[str]):
    def __init__(self, choices: Iterable[str]) -> None:
        super().__init__([str(choice) for choice in choices])

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002 - not repeated on purpose
        return f"this is none of {', '.join(self.choices)}"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        return f"Choose one of {', '.join(self.choices)}"


ID, DAY, CODE, INDEX, YEAR = Id(), Day(), Code(), Whole(16), Whole(4)
