"""A release's cells as rows: every cell once, every figure beside its cell, nothing reckoned."""

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

import pytest

from akva.formats import cells
from akva.model.publications import Publication
from tests.unit.release_body import body

HIDDEN = {"value", "lower", "upper", "confidence", "n", "goals"}


@pytest.fixture
def publication() -> Publication:
    return Publication(
        id=UUID(int=1),
        programme="akva-services",
        version=1,
        round="2025",
        audience="public",
        published_at=datetime(2026, 4, 1, tzinfo=UTC),
        log_index=7,
        body=json.dumps(body()).encode(),
        opening=b"{}",
    )


def test_every_cell_is_one_row_and_every_figure_another(publication: Publication) -> None:
    rows = cells.rows_of(publication)

    counted = Counter(row.statistic == cells.COUNT for row in rows)
    assert {True: len(body()["cells"]), False: len(body()["figures"])} == counted


def test_a_figure_stands_beside_its_own_cell(publication: Publication) -> None:
    rows = cells.rows_of(publication)

    stood = {
        (row.service, row.table, row.name, row.statistic): (row.value, row.lower, row.n)
        for row in rows
    }
    for figure in body()["figures"]:
        place = (*cells.place(figure), figure["statistic"])
        assert (figure["value"], figure.get("lower"), figure["n"]) == stood[place]


def test_a_hidden_cell_has_one_row_without_a_number(publication: Publication) -> None:
    hidden = [row for row in cells.rows_of(publication) if row.status == "suppressed"]

    assert sum(cell["status"] == "suppressed" for cell in body()["cells"]) == len(hidden)
    assert {None} == {cells.plain(row)[name] for row in hidden for name in HIDDEN}


@pytest.mark.parametrize("name", cells.FILTERS)
def test_a_filter_picks_the_rows_in_which_it_stands(publication: Publication, name: str) -> None:
    rows = cells.rows_of(publication)
    values = {cells.plain(row)[name] for row in rows}

    parts = [cells.chosen(rows, {name: value}) for value in values]

    assert len(rows) == sum(map(len, parts))
    assert all(
        {value} == {cells.plain(row)[name] for row in part}
        for value, part in zip(values, parts, strict=True)
    )


def test_a_filter_that_nothing_fits_gives_nothing(publication: Publication) -> None:
    rows = cells.rows_of(publication)

    assert [] == cells.chosen(rows, {"service": "all", "class": "nothing"})


def test_what_is_written_is_read_back(publication: Publication) -> None:
    rows = cells.rows_of(publication)

    read = list(csv.DictReader(StringIO(cells.written(rows).decode())))

    told = [{name: str(value) for name, value in plain(row).items()} for row in rows]
    assert told == read


def plain(row: cells.Row) -> dict[str, object]:
    return {name: "" if value is None else value for name, value in cells.plain(row).items()}


def test_a_text_that_a_spreadsheet_would_run_is_guarded_in_the_table() -> None:
    row = cells.Row(service="=x", table="@t", name="+c", status="-s", statistic="\tq")

    read = next(csv.DictReader(StringIO(cells.written([row]).decode())))

    assert {"'=x", "'@t", "'+c", "'-s", "'\tq"} <= set(read.values())


def test_a_number_below_nothing_is_no_text() -> None:
    row = cells.Row(service="all", table="t", name="c", status="published", statistic="n", value=-3)

    assert "-3" in cells.written([replace(row)]).decode()
