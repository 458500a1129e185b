"""A report's fields are exactly these: no item answer, no alert, no goal text, no person."""

import json
from dataclasses import fields
from typing import Any

from akva.model.reports import Content
from akva.storage import reports
from akva.storage.reports import ReportRow
from akva.vault import keyfiles
from akva.vault.datakeys import Purpose
from akva.vault.envelope import Place
from akva.vault.opening import open_all
from tests.house import ENDED, House, reportable

CLEAR = {
    "id", "provider_id", "subject_id", "episode_id", "assessment_id", "purpose",
    "consent_event_id", "consent_epoch", "service", "instrument", "occasion", "answered_on",
    "accepted_at", "supersedes", "key_version", "sealed", "act_id",
}  # fmt: skip
SEALED = {
    "edition", "definition", "mode", "scored_elsewhere", "not_scored",
    "scales", "goals", "dimensions",
}  # fmt: skip
SCALE = {"value", "answered", "items", "rule", "reason", "flags", "bands"}
GOAL = {"weight", "level", "icf"}
DIMENSIONS = {"law_basis", "area", "age_class", "sex", "diagnosis"}


def sealed_contents(house: House) -> list[dict[str, Any]]:
    vault = keyfiles.read(house.settings.keys)
    found, _ = house.akva.database.read(
        lambda session, _: reports.of_round(
            session, ended_from=ENDED, ended_before=ENDED.replace(year=ENDED.year + 1)
        )
    )
    opened = []
    for one in found:
        key = vault.datakeys.unwrap(
            one.wrapped, owner=one.row.episode_id, purpose=Purpose.REGISTER, version=1
        )
        place = Place("reports", "sealed", one.row.id, one.row.provider_id, None)
        opened.append(json.loads(open_all([(one.row.sealed, key, place)])[0]))
    return opened


def test_a_report_says_what_is_listed_and_nothing_else(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    contents = sealed_contents(house)

    assert {field.name for field in fields(ReportRow)} == CLEAR
    assert [SEALED] * 4 == [set(content) for content in contents]
    assert SCALE == {key for c in contents for scale in c["scales"].values() for key in scale}
    assert GOAL == {key for content in contents for goal in content["goals"] for key in goal}
    assert DIMENSIONS == {key for content in contents for key in content["dimensions"]}


def test_what_was_sealed_is_read_back_field_by_field(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    start, goals, *_ = (Content.parse(content) for content in sealed_contents(house))

    assert 31 == start.scales["total"].value
    assert "severe" == start.scales["total"].bands["beck"]
    assert (2, -1, ("d640",)) == (
        goals.goals[0].weight,
        goals.goals[0].level,
        goals.goals[0].icf,
    )
    assert "30-39" == start.dimensions.age_class
