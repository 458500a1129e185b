"""What readers and auditors fetch at the door: releases and their cells, the log, the catalogue."""

import csv
import json
from io import StringIO

import pytest

from akva.aggregation import programmes
from akva.formats import cells
from akva.transparency import tlogproof
from tests.functional.at_door import AtDoor
from tests.house import a_course

YEAR = 2025


@pytest.fixture
def release(door: AtDoor) -> str:
    """Publish a round to everybody; one person is in it, so that nearly all of it is hidden."""
    house = door.house
    house.akva.courses.submit(house.recorder, a_course())
    draft = house.akva.releases.draft(house.drafter, "akva-services", YEAR)
    house.akva.releases.approve(house.approver, draft.release_id, "public")
    return str(draft.release_id)


def test_a_release_is_drafted_by_one_and_approved_by_another(door: AtDoor) -> None:
    door.house.akva.courses.submit(door.house.recorder, a_course())

    drafted = door.post("/v1/releases", {"programme": "akva-services", "year": YEAR}, "drafter")
    path = f"/v1/releases/{drafted.json['id']}"
    own = door.post(f"{path}/approval", {"audience": "public"}, "drafter")
    before = door.get(path, by=None)
    approved = door.post(f"{path}/approval", {"audience": "public"}, "approver")
    after = door.get(path, by=None)

    assert [201, 403, 404, 201, 200] == [
        answer.status_code for answer in (drafted, own, before, approved, after)
    ]
    assert "same-person" == own.json["code"]
    assert drafted.json["digest"] == approved.json["digest"]


def test_an_unknown_programme_is_no_release(door: AtDoor) -> None:
    assert (
        404 == door.post("/v1/releases", {"programme": "no", "year": YEAR}, "drafter").status_code
    )


def test_the_programmes_are_told_as_declared(door: AtDoor) -> None:
    told = door.get("/v1/programmes", by=None).json["items"]

    assert programmes.ids() == [one["id"] for one in told]
    assert all(one["declared"]["policy"]["threshold"] >= 5 for one in told)


def test_what_is_public_needs_no_token(door: AtDoor, release: str) -> None:
    told = door.get("/v1/releases", by=None).json

    assert [release] == [one["id"] for one in told["items"]]
    assert told["next"] is None


def test_a_release_is_shown_with_what_proves_it(door: AtDoor, release: str) -> None:
    told = door.get(f"/v1/releases/{release}", by=None).json

    payload = json.loads(told["opening"]["payload"])
    assert release == payload["release"]
    assert told["log_index"] == told["opening"]["index"]
    assert YEAR == told["body"]["round"]["year"]


def test_pages_put_together_are_the_whole_list(door: AtDoor, release: str) -> None:
    path = f"/v1/releases/{release}/cells"
    pages = [door.get(f"{path}?limit=150", by=None).json]
    while pages[-1]["next"]:
        pages.append(door.get(f"{path}?limit=150&after={pages[-1]['next']}", by=None).json)
    found = [row for page in pages for row in page["items"]]

    whole = door.get(f"{path}.csv", by=None).text
    assert [row["status"] for row in csv.DictReader(StringIO(whole))] == [
        row["status"] for row in found
    ]
    assert len(found) > 150


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "after=0", "after=-1"])
def test_a_page_that_cannot_be_is_a_problem(door: AtDoor, release: str, query: str) -> None:
    answer = door.get(f"/v1/releases/{release}/cells?{query}", by=None)

    assert 422 == answer.status_code
    assert [f"?{query.partition('=')[0]}"] == [fault["where"] for fault in answer.json["errors"]]


def test_cells_are_picked_by_what_stands_in_them(door: AtDoor, release: str) -> None:
    path = f"/v1/releases/{release}/cells?service=kiila&statistic=n&limit=200"

    rows = door.get(path, by=None).json["items"]

    assert {("kiila", "n")} == {(row["service"], row["statistic"]) for row in rows}


def test_a_filter_that_nothing_fits_gives_nothing(door: AtDoor, release: str) -> None:
    assert [] == door.get(f"/v1/releases/{release}/cells?service=x", by=None).json["items"]


def test_a_filter_that_there_is_not_is_refused(door: AtDoor, release: str) -> None:
    answer = door.get(f"/v1/releases/{release}/cells?age=30", by=None)

    assert (422, "unknown-parameter") == (answer.status_code, answer.json["errors"][0]["code"])


def test_what_is_hidden_has_its_status_and_no_number(door: AtDoor, release: str) -> None:
    table = csv.DictReader(StringIO(door.get(f"/v1/releases/{release}/cells.csv", by=None).text))

    hidden = [row for row in table if row["status"] == "suppressed"]

    assert hidden
    assert {""} == {row[name] for row in hidden for name in ("value", "n", "lower", "upper")}


def test_the_codebook_tells_every_column_and_status(door: AtDoor, release: str) -> None:
    told = door.get(f"/v1/releases/{release}/codebook", by=None).json
    table = csv.DictReader(StringIO(door.get(f"/v1/releases/{release}/cells.csv", by=None).text))

    assert list(table.fieldnames or ()) == [column["name"] for column in told["columns"]]
    assert {row["status"] for row in table} <= set(told["statuses"])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert f"'{text}" == cells.guarded(text)


@pytest.mark.parametrize("value", [None, -1.5, 3, "bdi-21/total", "all"])
def test_anything_else_is_left_as_it_is(value: object) -> None:
    assert value == cells.guarded(value)


def test_the_log_is_proven_to_an_auditor(door: AtDoor, release: str) -> None:
    checkpoint = door.get("/v1/log/checkpoint", by=None).text
    proof = tlogproof.decode(door.get("/v1/log/proof/0", by="auditor").text)
    size = int(checkpoint.splitlines()[1])
    grown = door.get(f"/v1/log/consistency?from=1&to={size}", by="auditor")

    assert release
    assert (0, checkpoint) == (proof.index, proof.checkpoint_note)
    assert 200 == grown.status_code


@pytest.mark.parametrize("path", ["proof/999999", "consistency?from=5&to=2"])
def test_a_proof_of_what_is_not_there_is_a_problem(door: AtDoor, path: str) -> None:
    assert door.get(f"/v1/log/{path}", by="auditor").status_code in {404, 422}


def test_the_key_of_the_log_is_told(door: AtDoor) -> None:
    key = door.house.akva.auditing.verifier_key

    assert f"{key}\n" == door.get("/v1/log/key", by=None).text
    assert key == door.get("/v1/meta", by=None).json["log"]["verifier_key"]


def test_the_catalogue_leads_to_every_definition(door: AtDoor) -> None:
    listed = door.get("/v1/instruments", by=None).json["items"]

    told = [door.get(f"/v1/instruments/{one['id']}", by=None).json for one in listed]

    assert [one["id"] for one in listed] == [one["id"] for one in told]
    assert all(one["definition"].startswith("sha256:") for one in told)
    assert all(one["contents"]["citations"] for one in told)


def test_every_edition_is_told_by_its_own_hash(door: AtDoor) -> None:
    listed = door.get("/v1/instruments", by=None).json["items"]

    told = [
        (edition, door.get(f"/v1/instruments/{one['id']}?edition={edition}", by=None).json)
        for one in listed
        for edition in one["editions"]
    ]

    assert [edition for edition, _ in told] == [one["edition"] for _, one in told]
    assert len(told) == len({one["definition"] for _, one in told})


def test_the_classifications_lead_to_their_codes(door: AtDoor) -> None:
    names = door.get("/v1/classifications", by=None).json["items"]

    told = [door.get(f"/v1/classifications/{name}", by=None).json for name in names]

    assert all(one["items"] for one in told)
    assert all({"fi", "sv", "en"} == set(row["names"]) for one in told for row in one["items"])


@pytest.mark.parametrize(
    "path", ["instruments/nothing", "instruments/bdi-21?edition=0", "classifications/nothing"]
)
def test_what_the_catalogue_has_not_is_not_found(door: AtDoor, path: str) -> None:
    assert 404 == door.get(f"/v1/{path}", by=None).status_code


def test_the_service_says_that_it_lives_and_that_it_is_ready(door: AtDoor) -> None:
    assert ["alive", "ready"] == [
        door.get(path, by=None).json["status"] for path in ("/healthz", "/readyz")
    ]
