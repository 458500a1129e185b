"""From the use case on, a file is entered once: what these lists say is how a value travels."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from akva.model.episodes import Occasion
from tests.clocks import TickingClock
from tests.house import GRANTED, House, a_course, bdi, opened, reportable
from tests.walking import files_entered

DOOR = 3  # the use case, its transaction, and the use case again within it

ASSESSMENT = """
    akva/storage/episodes.py
    akva/service/record/meaning.py
    akva/classifications/services.py
    akva/storage/keys.py
    akva/storage/register_keys.py
    akva/vault/datakeys.py
    akva/service/record/reading.py
    akva/service/record/scoring.py
    instruments/instrument.py
    instruments/response.py
    instruments/plan.py
    instruments/scored.py
    akva/service/record/writing.py
    akva/vault/sealing.py
    akva/storage/assessments.py
    akva/storage/log.py
    akva/vault/commitments.py
    akva/transparency/leaves.py
    akva/transparency/growth.py
    akva/transparency/merkle.py
"""
REPORT = """
    akva/storage/assessments.py
    akva/storage/consents.py
    consent/gate.py
    consent/decision.py
    akva/storage/keys.py
    akva/storage/register_keys.py
    akva/vault/datakeys.py
    akva/service/register/disclosing.py
    akva/storage/episodes.py
    akva/storage/clients.py
    akva/vault/opening.py
    akva/vault/indexes.py
    akva/storage/subjects.py
    akva/service/register/content.py
    akva/classifications/ages.py
    akva/vault/sealing.py
    akva/storage/reports.py
    akva/storage/log.py
    akva/vault/commitments.py
    akva/transparency/leaves.py
    akva/transparency/growth.py
    akva/transparency/merkle.py
"""

RELEASE = """
    akva/storage/ledger/tree.py
    akva/storage/reports.py
    akva/storage/episodes.py
    akva/vault/datakeys.py
    akva/vault/opening.py
    akva/storage/consents.py
    consent/gate.py
    consent/decision.py
    akva/aggregation/
    akva/transparency/merkle.py
    akva/storage/releases.py
    akva/storage/log.py
    akva/vault/commitments.py
    akva/transparency/leaves.py
    akva/transparency/growth.py
    akva/transparency/merkle.py
"""
# What the room of figures asks while it tabulates: it goes scale by scale and row by row.
ASKED = ("akva/classifications/", "instruments/")


@pytest.fixture
def house(sqlite_address: str, clock: TickingClock, tmp_path: Path) -> Iterator[House]:
    with opened(sqlite_address, clock, tmp_path) as house:
        yield house


def twice(path: list[str]) -> list[str]:
    return [file for file, times in Counter(path).items() if times > 1]


def test_an_assessment_enters_each_file_once(house: House) -> None:
    receipt = reportable(house, a_course(GRANTED, bdi()))

    path = files_entered(
        lambda: house.akva.intake.record(house.recorder, receipt.episode_id, bdi(Occasion.END))
    )

    assert [] == twice(path[DOOR:])
    assert ASSESSMENT.split() == path[DOOR:]


def test_a_report_enters_each_file_once(house: House) -> None:
    earlier, receipt = (reportable(house, a_course(GRANTED, bdi())) for _ in range(2))
    house.akva.reporting.report(house.recorder, earlier.assessment_ids)  # data files are read once

    path = files_entered(
        lambda: house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    )

    assert [] == twice(path[DOOR:])
    assert REPORT.split() == path[DOOR:]


def test_a_release_passes_each_room_once(house: House) -> None:
    """Within aggregation the tables are made scale by scale; outside it each file comes once.

    But for `merkle`: a release commits to a tree of its own before the log grows by a leaf.
    """
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    house.akva.releases.draft(house.drafter, "akva-services", 2025)  # data files are read once

    path = files_entered(
        lambda: house.akva.releases.draft(house.drafter, "akva-services", 2025), asked=ASKED
    )
    rooms = [
        "akva/aggregation/" if file.startswith("akva/aggregation/") else file
        for file in path[path.index("akva/service/register/drafting.py") + 1 :]
    ]
    stations = [room for room, _ in groupby(rooms)]

    assert RELEASE.split() == stations
    assert ["akva/transparency/merkle.py"] == twice(stations)
