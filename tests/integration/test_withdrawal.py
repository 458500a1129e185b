"""A withdrawal closes the register's copy for everybody and leaves the provider's record alone."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from akva.errors import NotFound, Unreadable
from akva.storage import reports
from akva.storage.reports import ReportRow
from akva.vault import keyfiles
from akva.vault.datakeys import Purpose
from akva.vault.envelope import Place
from akva.vault.opening import open_all
from consent import REPORT_TO_KELA
from tests.house import ENDED, HETU, House, a_course, reportable


def stored_reports(house: House) -> list[reports.Registered]:
    found, _ = house.akva.database.read(
        lambda session, _: reports.of_round(
            session, ended_from=ENDED, ended_before=ENDED.replace(year=ENDED.year + 1)
        )
    )
    return found


def place_of(row: ReportRow) -> Place:
    return Place("reports", "sealed", row.id, row.provider_id, None)


def test_before_a_withdrawal_the_register_opens_its_copy(house: House) -> None:
    """The negative control of the test below."""
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    vault = keyfiles.read(house.settings.keys)

    [one, *_] = stored_reports(house)
    key = vault.datakeys.unwrap(
        one.wrapped, owner=one.row.episode_id, purpose=Purpose.REGISTER, version=one.row.key_version
    )

    assert b'"scales"' in open_all([(one.row.sealed, key, place_of(one.row))])[0]


def test_after_a_withdrawal_no_key_of_the_house_opens_the_registers_copy(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    taken = stored_reports(house)
    house.akva.consents.withdraw(house.recorder, receipt.episode_id, REPORT_TO_KELA)
    vault = keyfiles.read(house.settings.keys)

    wrapped = house.akva.database.read(
        lambda session, _: (
            session.execute(text("SELECT wrapped FROM register_keys")).scalars().all()
        )
    )
    others = house.akva.database.read(
        lambda session, _: session.execute(
            text("SELECT purpose, version, wrapped FROM client_keys")
        ).all()
    )

    assert [] == stored_reports(house)
    assert [None] == wrapped
    for purpose, version, key in others:
        held = vault.datakeys.unwrap(
            key, owner=receipt.client_id, purpose=Purpose(purpose), version=version
        )
        with pytest.raises(Unreadable):
            open_all([(taken[0].row.sealed, held, place_of(taken[0].row))])


def test_after_a_withdrawal_the_wrapped_key_is_not_in_the_file_any_more(
    embedded: House, tmp_path: Path
) -> None:
    """What PostgreSQL's own journal keeps is told of in SECURITY.md."""
    receipt = reportable(embedded)
    embedded.akva.reporting.report(embedded.recorder, receipt.assessment_ids)
    wrapped = stored_reports(embedded)[0].wrapped
    everything = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert any(wrapped in content for content in everything)

    embedded.akva.consents.withdraw(embedded.recorder, receipt.episode_id, REPORT_TO_KELA)

    everything = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert not any(wrapped in content for content in everything)


def test_after_a_withdrawal_the_provider_still_reads_its_own_record(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    house.akva.consents.withdraw(house.recorder, receipt.episode_id, REPORT_TO_KELA)

    assessment = house.akva.intake.assessment(house.recorder, receipt.assessment_ids[0])

    assert "bdi-21" == assessment.instrument
    assert assessment.result is not None
    assert 31 == assessment.result["scores"]["total"]["value"]


def test_another_provider_does_not_read_it(house: House) -> None:
    receipt = reportable(house)

    with pytest.raises(NotFound):
        house.akva.intake.assessment(house.stranger, receipt.assessment_ids[0])


def test_withdrawing_one_episode_leaves_another_episodes_reports_readable(house: House) -> None:
    first, second = reportable(house), reportable(house)
    for receipt in (first, second):
        house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    house.akva.consents.withdraw(house.recorder, first.episode_id, REPORT_TO_KELA)

    assert {second.episode_id} == {one.row.episode_id for one in stored_reports(house)}


def test_withdrawing_for_the_client_closes_all_of_its_episodes(house: House) -> None:
    first, second = reportable(house), reportable(house)
    for receipt in (first, second):
        house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    house.akva.consents.withdraw_all(house.recorder, first.client_id, REPORT_TO_KELA)

    assert first.client_id == second.client_id
    assert [] == stored_reports(house)


def test_a_withdrawal_refuses_what_comes_after_it(house: House) -> None:
    receipt = reportable(house, a_course(hetu=HETU))
    house.akva.consents.withdraw(house.recorder, receipt.episode_id, REPORT_TO_KELA)

    outcomes = house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    assert {"CONSENT_WITHDRAWN"} == {outcome.code for outcome in outcomes}


def test_a_no_after_a_yes_closes_the_registers_copy_as_well(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    house.akva.consents.refuse(house.recorder, receipt.episode_id, REPORT_TO_KELA, on=ENDED)

    assert [] == stored_reports(house)


def test_a_reader_at_work_does_not_keep_a_withdrawal_from_its_receipt(embedded: House) -> None:
    receipt = reportable(embedded)
    embedded.akva.reporting.report(embedded.recorder, receipt.assessment_ids)
    reading = sqlite3.connect(embedded.settings.database.removeprefix("sqlite:///"))
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM reports").fetchone()

    [closed] = embedded.akva.consents.withdraw(
        embedded.recorder, receipt.episode_id, REPORT_TO_KELA
    )

    assert "withdrawn" == closed.state
    reading.close()
