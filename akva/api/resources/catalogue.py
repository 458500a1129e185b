"""The catalogue: the instruments that are scored, and the codes that may be sent."""

import json
from dataclasses import asdict

import instruments
from akva.api.answers.catalogue import (
    ClassificationSchema,
    ClassificationsSchema,
    InstrumentSchema,
    InstrumentsSchema,
)
from akva.api.operation import Answer, Asked, Gives, Query, public
from akva.classifications import listing
from akva.classifications.classification import Entry
from akva.classifications.services import Service
from akva.errors import NotFound


def list_instruments(_: Asked) -> Answer:
    items = [{"id": name, "editions": instruments.editions(name)} for name in instruments.ids()]
    return Answer(body={"items": items})


def read_instrument(asked: Asked, instrument: str) -> Answer:
    edition = asked.query.get("edition")
    if instrument not in instruments.ids():
        raise NotFound("no such instrument")
    if edition is not None and edition not in instruments.editions(instrument):
        raise NotFound("no such edition of the instrument")
    one = instruments.load(instrument, edition)
    told = {
        "id": one.id,
        "edition": one.edition,
        "definition": one.definition,
        "contents": json.loads(json.dumps(asdict(one.contents), default=dict)),
    }
    return Answer(body=told)


def list_classifications(_: Asked) -> Answer:
    return Answer(body={"items": listing.NAMES})


def read_classification(_: Asked, name: str) -> Answer:
    if name not in listing.NAMES:
        raise NotFound("no such classification")
    found = listing.entries(name).values()
    return Answer(body={"name": name, "items": [entry(one) for one in found]})


def entry(one: Entry | Service) -> Entry:
    """Show a service as the code that it is; what it must measure stands in its own file."""
    if isinstance(one, Entry):
        return one
    return Entry(
        code=one.code,
        names=one.names,
        valid_from=one.decided_from,
        valid_until=one.decided_until,
    )


OPERATIONS = (
    public(
        name="list_instruments",
        path="/v1/instruments",
        view=list_instruments,
        summary="List the instruments that can be scored",
        gives={200: Gives(description="The instruments", schema=InstrumentsSchema)},
        tag="catalogue",
    ),
    public(
        name="read_instrument",
        path="/v1/instruments/<instrument>",
        view=read_instrument,
        summary="Read one definition: items, scales, rules, bands, sources",
        query={"edition": Query(description="An edition other than the current one")},
        gives={200: Gives(description="The definition", schema=InstrumentSchema)},
        tag="catalogue",
    ),
    public(
        name="list_classifications",
        path="/v1/classifications",
        view=list_classifications,
        summary="List the classifications",
        gives={200: Gives(description="Their names", schema=ClassificationsSchema)},
        tag="catalogue",
    ),
    public(
        name="read_classification",
        path="/v1/classifications/<name>",
        view=read_classification,
        summary="Read one classification: its codes, names and days of validity",
        gives={200: Gives(description="The codes", schema=ClassificationSchema)},
        tag="catalogue",
    ),
)
