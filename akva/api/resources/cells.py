"""Cells: the stored figures of a release, picked by what stands in them, never aggregated."""

import json
from uuid import UUID

from akva.api.answers.releases import CellsSchema, CodebookSchema
from akva.api.operation import CSV, NOBODY, Answer, Asked, Gives, Operation, Query, Tenancy, page
from akva.api.parameters import AFTER, LIMIT, paged
from akva.formats import cells

WHICH = {
    "service": Query(description="Only this service, or `all`"),
    "table": Query(description="Only this table"),
    "class": Query(description="Only this class"),
    "status": Query(description="Only cells that are published, suppressed or not-collected"),
    "statistic": Query(description="Only this statistic; `n` is the cell's own count"),
}
MEANINGS = {
    "service": "code of the service, or `all`",
    "table": "what is counted or measured",
    "class": "class of the table",
    "status": "published, suppressed or not-collected",
    "statistic": "`n` for the cell's count, else the figure's name",
    "value": "the number; empty where it is not published",
    "lower": "lower end of the interval",
    "upper": "upper end of the interval",
    "confidence": "of the interval",
    "method": "how value and interval were computed",
    "n": "how many people the number rests on",
    "goals": "how many goals, of GAS alone",
}
STATUSES = {
    "published": "the number stands here",
    "suppressed": "hidden, because it or another could give a few people away",
    "not-collected": "there is no such number",
}


def chosen(asked: Asked, release_id: UUID) -> list[cells.Row]:
    found = asked.akva.releases.publication(asked.actor, release_id)
    return cells.chosen(cells.rows_of(found), asked.query)


def read(asked: Asked, release_id: UUID) -> Answer:
    items, after = paged(asked.query, chosen(asked, release_id))
    return Answer(body=page(map(cells.plain, items), after))


def table(asked: Asked, release_id: UUID) -> Answer:
    return Answer(body=cells.written(chosen(asked, release_id)))


def codebook(asked: Asked, release_id: UUID) -> Answer:
    body = json.loads(asked.akva.releases.publication(asked.actor, release_id).body)
    told = {
        "columns": [{"name": name, "meaning": MEANINGS[name]} for name in cells.COLUMNS],
        "statuses": STATUSES,
        **{part: body[part] for part in ("tables", "services", "policy", "definitions")},
    }
    return Answer(body=told)


OPERATIONS = (
    Operation(
        name="list_cells",
        method="GET",
        path="/v1/releases/<uuid:release_id>/cells",
        view=read,
        summary="Read a release's cells and figures, page by page",
        roles=NOBODY,
        tenancy=Tenancy.NONE,
        query={**WHICH, "limit": LIMIT, "after": AFTER},
        gives={200: Gives(description="A page of rows", schema=CellsSchema)},
        tag="releases",
    ),
    Operation(
        name="export_cells",
        method="GET",
        path="/v1/releases/<uuid:release_id>/cells.csv",
        view=table,
        summary="Read the same rows as csv: `pandas.read_csv` takes the address",
        roles=NOBODY,
        tenancy=Tenancy.NONE,
        query=WHICH,
        gives={200: Gives(description="csv with a head (RFC 4180)", media=CSV)},
        tag="releases",
    ),
    Operation(
        name="read_codebook",
        method="GET",
        path="/v1/releases/<uuid:release_id>/codebook",
        view=codebook,
        summary="What the columns, classes and symbols of a release mean",
        roles=NOBODY,
        tenancy=Tenancy.NONE,
        gives={200: Gives(description="The codebook", schema=CodebookSchema)},
        tag="releases",
    ),
)
