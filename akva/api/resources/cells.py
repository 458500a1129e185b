"""Cells: the stored figures of a release, picked by what stands in them, never aggregated."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from akva.aggregation import programmes
from akva.api.answers.releases import CellsSchema, CodebookSchema
from akva.api.operation import CSV, Answer, Asked, Gives, Query, page, public
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
    "n": "how many the number rests on: episodes; in the row `all` what the table's unit says",
    "goals": "how many goals, of GAS alone",
}
STATUSES = {
    "published": "the number stands here",
    "suppressed": "hidden, because it or another could give a few people away",
    "not-collected": "there is no such number",
}


STATISTICS = {
    "n": "the cell's count",
    "mean_start": "mean of the scores at the start",
    "sd_start": "their standard deviation",
    "mean_end": "mean of the scores at the end",
    "sd_end": "their standard deviation",
    "mean_change": "mean of end minus start, in points of the scale; see the polarity",
    "srm": "standardised response mean: mean change by the standard deviation of the change",
    "share_at_least_expected": "share of goals at the expected level or above",
    "share_of_clients_all_at_least_expected": "share of clients all of whose goals are there",
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
        "statistics": STATISTICS,
        "rounding": {"way": "half to even", "decimals": decimals_of(body["programme"])},
        **{part: body[part] for part in ("tables", "services", "policy", "definitions", "note")},
    }
    return Answer(body=told)


def decimals_of(programme: Mapping[str, Any]) -> dict[str, int] | None:
    """Give the decimals of the version that a release was made by, while it is declared."""
    if programme["id"] not in programmes.ids():
        return None
    declared = programmes.load(programme["id"])
    return asdict(declared.decimals) if declared.version == programme["version"] else None


OPERATIONS = (
    public(
        name="list_cells",
        path="/v1/releases/<uuid:release_id>/cells",
        view=read,
        summary="Read a release's cells and figures, page by page",
        query={**WHICH, "limit": LIMIT, "after": AFTER},
        gives={200: Gives(description="A page of rows", schema=CellsSchema)},
        tag="releases",
    ),
    public(
        name="export_cells",
        path="/v1/releases/<uuid:release_id>/cells.csv",
        view=table,
        summary="Read the same rows as csv: `pandas.read_csv` takes the address",
        query=WHICH,
        gives={200: Gives(description="csv with a head (RFC 4180)", media=CSV)},
        tag="releases",
    ),
    public(
        name="read_codebook",
        path="/v1/releases/<uuid:release_id>/codebook",
        view=codebook,
        summary="What the columns, classes and symbols of a release mean",
        gives={200: Gives(description="The codebook", schema=CodebookSchema)},
        tag="releases",
    ),
)
