"""Everything that is kept of a client is handed out, opened; the identity code is told of alone."""

import json

import pytest

from akva.errors import NotAllowed, NotFound
from akva.model.ids import new_id
from consent import REPORT_TO_KELA
from tests.house import ARCHIVE, GOAL, HETU, REFERENCE, SIGNER, House, a_course, bdi, reportable


def test_all_of_it_is_there(house: House) -> None:
    receipt = reportable(house)
    house.akva.intake.correct(house.recorder, receipt.assessment_ids[0], bdi(), "Väärä lomake")
    outcomes = house.akva.reporting.report(house.recorder, receipt.assessment_ids[1:])

    record = house.akva.intake.export(house.recorder, receipt.client_id)

    assert (receipt.client_id, True, REFERENCE) == (
        record.client.id,
        record.client.identified,
        record.client.reference,
    )
    assert [receipt.episode_id] == [one.id for one in record.episodes]
    assert 5 == len(record.assessments)
    assert ["asked", "granted", "verified"] == [one["kind"] for one in record.consents]
    assert [str(one.report_id) for one in outcomes] == [one["id"] for one in record.reports]


def test_what_was_sealed_is_opened_and_can_be_written_down(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    record = house.akva.intake.export(house.recorder, receipt.client_id)

    written = json.dumps([record.consents, record.reports], ensure_ascii=False)
    assert {SIGNER, ARCHIVE} <= {str(value) for value in record.consents[1]["evidence"].values()}
    assert GOAL in str([one.goals for one in record.assessments])
    assert HETU not in written


def test_of_a_report_whose_key_is_destroyed_no_content_is_left(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    house.akva.consents.withdraw(house.recorder, receipt.episode_id, REPORT_TO_KELA)

    record = house.akva.intake.export(house.recorder, receipt.client_id)

    assert [None] * 4 == [one["content"] for one in record.reports]
    assert all(one.result for one in record.assessments)


def test_of_who_was_only_registered_there_is_little(house: House) -> None:
    client_id = house.akva.intake.register(house.recorder, a_course(hetu=None).client)

    record = house.akva.intake.export(house.recorder, client_id)

    assert ((), (), (), ()) == (
        record.episodes,
        record.assessments,
        record.consents,
        record.reports,
    )
    assert record.client == house.akva.intake.client(house.recorder, client_id)
    assert not record.client.identified


def test_another_provider_s_client_is_as_unknown_as_none(house: House) -> None:
    receipt = house.akva.courses.submit(house.recorder, a_course())
    other = house.akva.courses.submit(house.stranger, a_course())

    for client_id in (receipt.client_id, new_id()):
        with pytest.raises(NotFound, match="no such client"):
            house.akva.intake.export(house.stranger, client_id)
    for read in (house.akva.intake.export, house.akva.intake.client):
        with pytest.raises(NotAllowed):
            read(house.verifier, receipt.client_id)
    theirs = house.akva.intake.export(house.stranger, other.client_id)
    assert [other.episode_id] == [one.id for one in theirs.episodes]


def test_nothing_personal_is_shown_by_the_values_themselves(house: House) -> None:
    receipt = reportable(house)

    shown = repr(house.akva.intake.export(house.recorder, receipt.client_id))

    assert not [word for word in (HETU, REFERENCE, GOAL, SIGNER, ARCHIVE, "1994") if word in shown]
