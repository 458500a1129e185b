"""The catalogue: the instruments that are scored, and the codes that may be sent."""

import json
from collections.abc import Mapping
from dataclasses import asdict

import instruments
from akva.api.answers.catalogue import (
    ClassificationSchema,
    ClassificationsSchema,
    InstrumentSchema,
    InstrumentsSchema,
)
from akva.api.operation import NOBODY, Answer, Asked, Gives, Operation, Query, Tenancy, View
from akva.classifications import classification, services
from akva.classifications.classification import Entry
from akva.classifications.services import Service
from akva.errors import NotFound

NO_QUERY: Mapping[str, Query] = {}
CLASSIFICATIONS = ("services", "law_bases", "areas", "diagnoses", "end_reasons", "next_steps")


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
    return Answer(body={"items": CLASSIFICATIONS})


def read_classification(_: Asked, name: str) -> Answer:
    if name not in CLASSIFICATIONS:
        raise NotFound("no such classification")
    found = services.load() if name == "services" else classification.read(name)
    return Answer(body={"name": name, "items": [entry(one) for one in found.values()]})


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


def public(
    name: str,
    path: str,
    view: View,
    summary: str,
    gives: Gives,
    query: Mapping[str, Query] = NO_QUERY,
) -> Operation:
    return Operation(
        name=name,
        method="GET",
        path=path,
        view=view,
        summary=summary,
        roles=NOBODY,
        tenancy=Tenancy.NONE,
        query=query,
        gives={200: gives},
        tag="catalogue",
    )


OPERATIONS = (
    public(
        "list_instruments",
        "/v1/instruments",
        list_instruments,
        "List the instruments that can be scored",
        Gives(description="The instruments", schema=InstrumentsSchema),
    ),
    public(
        "read_instrument",
        "/v1/instruments/<instrument>",
        read_instrument,
        "Read one definition: items, scales, rules, bands, sources",
        Gives(description="The definition", schema=InstrumentSchema),
        {"edition": Query(description="An edition other than the current one")},
    ),
    public(
        "list_classifications",
        "/v1/classifications",
        list_classifications,
        "List the classifications",
        Gives(description="Their names", schema=ClassificationsSchema),
    ),
    public(
        "read_classification",
        "/v1/classifications/<name>",
        read_classification,
        "Read one classification: its codes, names and days of validity",
        Gives(description="The codes", schema=ClassificationSchema),
    ),
)
