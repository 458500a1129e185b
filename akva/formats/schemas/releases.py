"""A round that is to be drafted, and who may read what is approved."""

from enum import StrEnum
from typing import Any

from akva.formats.schemas.fields import Choice, Text, WholeNumber
from akva.formats.schemas.sent import Sent

FIRST_YEAR, LAST_YEAR = 2000, 9999


class Audience(StrEnum):
    RESEARCHERS = "researchers"
    PUBLIC = "public"


class DraftSchema(Sent[tuple[str, int]]):
    programme = Text(required=True)
    year = WholeNumber(required=True, least=FIRST_YEAR, most=LAST_YEAR)

    def made(self, found: dict[str, Any]) -> tuple[str, int]:
        return found["programme"], found["year"]


class ApprovalSchema(Sent[str]):
    audience = Choice(Audience, required=True)

    def made(self, found: dict[str, Any]) -> str:
        return str(found["audience"])
