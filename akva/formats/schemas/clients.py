"""A client as a provider sends it."""

from typing import Any

from akva.formats.schemas.fields import Choice, Text, WholeNumber
from akva.formats.schemas.sent import Sent
from akva.model.clients import Sex
from akva.service.submissions import NewClient


class NewClientSchema(Sent[NewClient]):
    hetu = Text()
    reference = Text()
    birth_year = WholeNumber(required=True)
    sex = Choice(Sex, required=True)
    area = Text(required=True)

    def made(self, found: dict[str, Any]) -> NewClient:
        return NewClient(**found)
