"""An episode is changed as it was read: a change of an older version is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from uuid import UUID

import pytest

from akva.errors import InvalidRequest, NotFound, Stale
from akva.model.ids import new_id
from akva.service.submissions import EpisodeChange
from tests.house import ENDED, STARTED, House, a_course, reportable

ENDING = EpisodeChange(ended_on=ENDED, end_reason="as-planned")
SENDERS = 4


def running(house: House) -> UUID:
    """Open an episode that has not ended."""
    course = a_course(None)
    client = house.akva.intake.register(house.recorder, course.client)
    episode = replace(course.episode, ended_on=None, end_reason=None)
    return house.akva.intake.open(house.recorder, client, episode)


def test_a_change_is_read_back_with_the_next_version(house: House) -> None:
    episode_id = running(house)
    before = house.akva.intake.episode(house.recorder, episode_id)

    changed = house.akva.intake.amend(house.recorder, episode_id, ENDING, version=1)

    expected = replace(before, ended_on=ENDED, end_reason="as-planned", version=2)
    assert expected == changed == house.akva.intake.episode(house.recorder, episode_id)


def test_what_a_change_leaves_out_stays(house: House) -> None:
    episode_id = running(house)
    first = house.akva.intake.amend(house.recorder, episode_id, ENDING, version=1)

    second = house.akva.intake.amend(
        house.recorder, episode_id, EpisodeChange(ended_on=date(2025, 9, 2)), version=2
    )

    assert replace(first, ended_on=date(2025, 9, 2), version=3) == second


@pytest.mark.parametrize("version", [0, 2, -1])
def test_another_version_is_stale(house: House, version: int) -> None:
    episode_id = running(house)

    with pytest.raises(Stale):
        house.akva.intake.amend(house.recorder, episode_id, ENDING, version=version)

    assert 1 == house.akva.intake.episode(house.recorder, episode_id).version


def test_of_changes_at_one_moment_one_is_made(house: House) -> None:
    episode_id, together = running(house), Barrier(SENDERS)

    def change(day: int) -> bool:
        together.wait()
        ending = EpisodeChange(ended_on=date(2025, 9, day))
        try:
            house.akva.intake.amend(house.recorder, episode_id, ending, version=1)
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(SENDERS) as pool:
        made = list(pool.map(change, range(1, SENDERS + 1)))

    assert 1 == sum(made)
    assert 2 == house.akva.intake.episode(house.recorder, episode_id).version


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (EpisodeChange(ended_on=date(2024, 1, 1)), ("days-out-of-order", "/ended_on")),
        (EpisodeChange(ended_on=date(2030, 1, 1)), ("days-out-of-order", "/ended_on")),
        (EpisodeChange(end_reason="bored"), ("unknown-code", "/end_reason")),
        (EpisodeChange(next_step="holiday"), ("unknown-code", "/next_step")),
    ],
)
def test_a_change_that_means_nothing_is_refused(
    house: House, change: EpisodeChange, fault: tuple[str, str]
) -> None:
    episode_id = running(house)

    with pytest.raises(InvalidRequest) as refused:
        house.akva.intake.amend(house.recorder, episode_id, change, version=1)

    assert [fault] == [(one.code, one.where) for one in refused.value.faults]
    assert 1 == house.akva.intake.episode(house.recorder, episode_id).version


def test_another_provider_s_episode_is_as_unknown_as_none(house: House) -> None:
    amend = house.akva.intake.amend

    for episode_id in (running(house), new_id()):
        with pytest.raises(NotFound, match="no such episode"):
            amend(house.stranger, episode_id, ENDING, version=1)


def test_a_changed_episode_is_reported_and_opened_as_before(house: House) -> None:
    receipt = reportable(house)
    later = EpisodeChange(ended_on=date(2025, 9, 2))
    house.akva.intake.amend(house.recorder, receipt.episode_id, later, version=1)

    outcomes = house.akva.reporting.report(house.recorder, receipt.assessment_ids)

    assert all(one.report_id for one in outcomes)
    assert STARTED == house.akva.intake.episode(house.recorder, receipt.episode_id).started_on
    house.akva.auditing.verify()
