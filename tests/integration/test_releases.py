"""A release is frozen, approved by a second person, and read only after its bytes were checked."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from akva.errors import Conflict, InvalidRequest, LogBroken, NotAllowed, NotFound, SamePerson
from akva.service.register.drafting import Draft
from akva.vault.commitments import Opening, recommit
from tests.clocks import TickingClock
from tests.house import House, opened, reportable
from tests.integration.test_log_verify import change, disarm, flipped

Raw = sqlite3.Connection | psycopg.Connection
PROGRAMME, YEAR = "akva-services", 2025


def drafted(house: House) -> Draft:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    return house.akva.releases.draft(house.drafter, PROGRAMME, YEAR)


def test_what_a_second_person_approved_is_what_readers_get(house: House) -> None:
    draft = drafted(house)
    releases = house.akva.releases

    with pytest.raises(SamePerson):
        releases.approve(house.drafter, draft.release_id, "public")
    assert [] == releases.publications(None)
    approved = releases.approve(house.approver, draft.release_id, "public")
    [publication] = releases.publications(None)

    assert draft.digest == approved.digest == sha256(publication.body).hexdigest()
    assert draft.release.body == publication.body
    with pytest.raises(Conflict):
        releases.approve(house.approver, draft.release_id, "public")


def test_a_round_is_published_once(house: House) -> None:
    draft = drafted(house)
    again = house.akva.releases.draft(house.drafter, PROGRAMME, YEAR)
    house.akva.releases.approve(house.approver, draft.release_id, "public")

    with pytest.raises(Conflict, match="published already"):
        house.akva.releases.approve(house.approver, again.release_id, "public")


def test_what_is_for_researchers_is_not_for_everybody(house: House) -> None:
    draft = drafted(house)
    house.akva.releases.approve(house.approver, draft.release_id, "researchers")

    assert 1 == len(house.akva.releases.publications(house.drafter))
    assert [] == house.akva.releases.publications(house.verifier)
    with pytest.raises(NotFound):
        house.akva.releases.publication(None, draft.release_id)


def test_an_audience_that_is_none_is_refused(house: House) -> None:
    draft = drafted(house)

    with pytest.raises(InvalidRequest):
        house.akva.releases.approve(house.approver, draft.release_id, "everybody")


def test_only_publishers_draft(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.akva.releases.draft(house.recorder, PROGRAMME, YEAR)


@pytest.mark.parametrize("column", ["body", "digest"])
def test_published_bytes_that_were_changed_are_handed_to_nobody(
    house: House, raw: Raw, column: str
) -> None:
    draft = drafted(house)
    house.akva.releases.approve(house.approver, draft.release_id, "public")
    disarm(raw)
    change(raw, ("releases", column, "digest IS NOT NULL"), flipped)

    with pytest.raises(LogBroken, match="not those that were approved"):
        house.akva.releases.publications(None)


def test_frozen_bytes_that_were_changed_are_not_approved(house: House, raw: Raw) -> None:
    draft = drafted(house)
    disarm(raw)
    change(raw, ("releases", "body", "digest IS NOT NULL"), flipped)

    with pytest.raises(Conflict, match="not those that were drafted"):
        house.akva.releases.approve(house.approver, draft.release_id, "public")


def test_the_opening_lets_anyone_recompute_the_leaf_and_holds_no_count(house: House) -> None:
    """A count that the audit has not seen would be one equation more for an attacker."""
    draft = drafted(house)
    house.akva.releases.approve(house.approver, draft.release_id, "public")
    publication = house.akva.releases.publication(None, draft.release_id)

    said = json.loads(publication.opening)
    opening = Opening(bytes.fromhex(said["secret"]), said["payload"].encode())
    payload = json.loads(said["payload"])

    assert json.loads(said["leaf"])["c"] == recommit(opening).hex()
    assert publication.log_index == said["index"]
    assert draft.digest == payload["digest"]
    assert {
        "release",
        "digest",
        "programme",
        "version",
        "round",
        "reports_root",
        "audience",
    } == set(payload)


@pytest.fixture
def in_march(sqlite_address: str, tmp_path: Path) -> Iterator[House]:
    with opened(sqlite_address, TickingClock(datetime(2026, 3, 31, 9, tzinfo=UTC)), tmp_path) as it:
        yield it


def test_a_round_is_not_drafted_before_its_deadline_has_passed(in_march: House) -> None:
    with pytest.raises(Conflict, match="open until 31 March 2026"):
        in_march.akva.releases.draft(in_march.drafter, PROGRAMME, YEAR)
