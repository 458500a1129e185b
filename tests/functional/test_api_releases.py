"""A release taken over HTTP is proven, read and understood with nothing else at hand."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from akva.aggregation import programmes
from akva.aggregation.figures import of_goals, of_pairs
from akva.aggregation.pairing import Course, Outcome
from akva.aggregation.tabulation import Cell
from tests.functional.at_door import AtDoor
from tests.house import ENDED, a_course
from tests.verifying import asking

YEAR = 2025
PROGRAMME = "akva-services"
CELL = Cell("all", "bdi-21/total", "paired")
COURSE = Course(
    episode_id=UUID(int=1), subject_id=UUID(int=2), service="kiila", last_on=ENDED, measured={}
)


@pytest.fixture
def release(door: AtDoor) -> str:
    house = door.house
    house.akva.courses.submit(house.recorder, a_course())
    draft = house.akva.releases.draft(house.drafter, PROGRAMME, YEAR)
    house.akva.releases.approve(house.approver, draft.release_id, "public")
    return f"/v1/releases/{draft.release_id}"


def keep(door: AtDoor, release: str, folder: Path) -> Path:
    """Keep an answer as the files that `akva-verify bundle` takes, with nothing but JSON."""
    told = door.get(release, by=None).json
    folder.mkdir()
    body = json.dumps(told["body"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (folder / "release.json").write_bytes(body.encode())
    (folder / "opening.json").write_text(json.dumps(told["opening"]))
    (folder / "release.tlog-proof").write_text(told["receipt"])
    return folder


def test_whoever_has_the_log_s_key_proves_a_release_without_a_token(
    door: AtDoor, release: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = asking(capsys, door.get("/v1/log/key", by=None).text.strip())

    code, said = ask("bundle", keep(door, release, tmp_path / "release"))

    assert (0, "holds") == (code, said.partition(":")[0])


def test_a_number_that_was_changed_on_the_way_is_refuted(
    door: AtDoor, release: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = asking(capsys, door.get("/v1/log/key", by=None).text.strip())
    folder = keep(door, release, tmp_path / "release")
    text = (folder / "release.json").read_text()
    (folder / "release.json").write_text(text.replace('"threshold":10', '"threshold":3'))

    code, said = ask("bundle", folder)

    assert '"threshold":10' in text
    assert (1, "refuted") == (code, said.partition(":")[0])


def test_the_codebook_tells_every_statistic_that_there_can_be(door: AtDoor, release: str) -> None:
    programme = programmes.load(PROGRAMME)
    outcomes = [
        Outcome(course=COURSE, name="paired", pair=(20.0 + one, 10.0 - one), levels=(0, 1))
        for one in range(12)
    ]
    computed = [*of_pairs(CELL, outcomes, programme), *of_goals(CELL, outcomes, programme)]

    told = door.get(f"{release}/codebook", by=None).json

    assert {"n", *(figure.statistic for figure in computed)} == set(told["statistics"])


def test_the_codebook_tells_policy_rounding_and_what_no_figure_says(
    door: AtDoor, release: str
) -> None:
    told = door.get(f"{release}/codebook", by=None).json

    declared = programmes.load(PROGRAMME)
    assert declared.policy.threshold == told["policy"]["threshold"]
    assert declared.decimals.mean == told["rounding"]["decimals"]["mean"]
    assert "change-not-effect" == told["note"]


def test_a_release_for_researchers_is_none_to_others(door: AtDoor) -> None:
    house = door.house
    house.akva.courses.submit(house.recorder, a_course())
    draft = house.akva.releases.draft(house.drafter, PROGRAMME, YEAR)
    house.akva.releases.approve(house.approver, draft.release_id, "researchers")
    path = f"/v1/releases/{draft.release_id}"
    parts = ("", "/cells", "/cells.csv", "/codebook")

    assert {404} == {door.get(path + part, by=None).status_code for part in parts}
    assert {404} == {door.get(path + part, by="verifier").status_code for part in parts}
    assert {200} == {door.get(path + part, by="auditor").status_code for part in parts}
    assert [] == door.get("/v1/releases", by=None).json["items"]
