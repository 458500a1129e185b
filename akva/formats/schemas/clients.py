"""A client as a provider sends it."""

from typing import Any

from akva.formats.schemas.fields import Choice, Text, WholeNumber
from akva.formats.schemas.sent import Sent
from akva.model.clients import Sex
from akva.service.submissions import NewClient


class NewClientSchema(Sent[NewClient]):
    hetu = Text(tells="Personal identity code. Without it nothing can be reported.")
    reference = Text(tells="The provider's own reference; needed where there is no hetu.")
    birth_year = WholeNumber(required=True)
    sex = Choice(Sex, required=True)
    area = Text(required=True, tells="Code of the wellbeing area.")

    def made(self, found: dict[str, Any]) -> NewClient:
        return NewClient(**found)
