"""`akva score` with spreadsheets: csv as they write it, and what people read."""

from pathlib import Path

import pytest

from tests.functional.scoring import BDI, PHQ_HEAD, akva, csv, lines, ndjson


def test_csv_takes_what_spreadsheets_write(tmp_path: Path) -> None:
    """Semicolons, a byte order mark, capitals, blanks, 2.0 and 2,0, and columns of others' own."""
    head = "﻿name;ID;" + ";".join(f"Q{item}" for item in range(1, 10))
    path = csv(tmp_path, head, "\udcff;a;0;1;2.0;2,0; 3 ;0;0;0;", "x;b;0;0;0;0;0;0;0;0;0")

    done = akva("score", "phq-9", path)

    first, second = lines(done)
    assert 0 == done.code
    assert ["a", "b"] == [first["id"], second["id"]]
    assert (8, None) == (
        first["scores"]["total"]["answered"],
        first["scores"]["total"]["value"],
    )
    assert 0 == second["scores"]["total"]["value"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("0,0,0,0,0,0,0,0,0,0", "too-many-cells"),
        ('0,0,"0"0,0,0,0,0,0,0', "not-csv"),
        ("0,0,4,0,0,0,0,0,0", "value-out-of-range"),
        ("0,0,yes,0,0,0,0,0,0", "value-out-of-range"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_by_itself(
    tmp_path: Path, row: str, code: str
) -> None:
    done = akva("score", "phq-9", csv(tmp_path, PHQ_HEAD, row, "0,0,0"))

    first, second = lines(done)
    assert (3, code) == (done.code, first["problem"]["code"])
    assert (None, 3) == (second["problem"], second["scores"]["total"]["answered"])


def test_columns_are_mapped_and_values_read_as_missing(tmp_path: Path) -> None:
    path = csv(tmp_path, "SEQN,DPQ010,DPQ020,q2", "7,1.0,7.0,3", "8,9,1,3")
    names = ("--map", "q1=DPQ010", "--map", "Q2=DPQ020", "--id", "SEQN", "--missing", "7,9")

    first, second = lines(akva("score", "phq-9", path, *names))

    assert ["7", "8"] == [first["id"], second["id"]]
    assert [1, 1] == [line["scores"]["total"]["answered"] for line in (first, second)]


def test_goals_in_json_and_in_csv_score_alike(tmp_path: Path) -> None:
    sent = [{"weight": 2, "baseline": -1, "attained": 1, "icf": ["b152"]}, {"attained": -1}]
    head = "id,goal1_weight,goal1_baseline,goal1_attained,goal1_icf,goal2_attained,goal3_attained"

    rows = csv(
        tmp_path, head, "g,2,-1,+1,b152,\N{MINUS SIGN}1,", 'h,"1,5",,0,,,', "i,,,,,,", "j,x,,0,,,"
    )
    done = akva("score", "gas", rows)
    (from_json,) = lines(akva("score", "gas", ndjson(tmp_path, {"id": "g", "goals": sent})))

    first, second, third, fourth = lines(done)
    assert from_json == first
    assert 50 == second["scores"]["t"]["value"]
    assert "goals-miscounted" == third["problem"]["code"]
    assert "weight-not-positive" == fourth["problem"]["code"]


def test_csv_out_has_a_column_for_everything(tmp_path: Path) -> None:
    path = ndjson(tmp_path, {"id": "a", "answers": BDI}, {"id": "b", "answers": {"q1": 9}})

    done = akva("score", "bdi-21", path, "--format", "csv")

    head, first, second = (line.split(",") for line in done.out.splitlines()[:3])
    row = dict(zip(head, first, strict=True))
    assert ("21.0", "moderate", "item-9", "") == (
        row["total"],
        row["total_beck"],
        row["alerts"],
        row["problem"],
    )
    assert "value-out-of-range" in second


def test_csv_out_has_the_goals_extras(tmp_path: Path) -> None:
    path = ndjson(tmp_path, {"goals": [{"attained": 0}]})

    head, first = akva("score", "gas", path, "--format", "csv").out.splitlines()

    row = dict(zip(head.split(","), first.split(","), strict=True))
    assert ("1", "30.0") == (row["goals"], row["t_lowest"])


def test_a_table_is_for_reading(tmp_path: Path) -> None:
    path = ndjson(tmp_path, {"answers": BDI}, {"answers": {}}, {"id": "c", "answers": {"q1": 9}})

    done = akva("score", "bdi-21", path, "--format", "table")

    words = [line.split() for line in done.out.splitlines()]
    assert [
        ["id", "total", "bands,", "alerts,", "problem"],
        ["21.0", "moderate,", "item-9"],
        ["items-missing", "item-9-blank"],
        ["c", "value-out-of-range", "/answers/q1"],
    ] == words


def test_blocks_follow_each_other_in_order(tmp_path: Path) -> None:
    path = csv(
        tmp_path, f"id,{PHQ_HEAD}", *(f"{number},0,0,0,0,0,0,0,0,0" for number in range(9000))
    )

    done = akva("score", "phq-9", path)

    assert [str(number) for number in range(9000)] == [line["id"] for line in lines(done)]
