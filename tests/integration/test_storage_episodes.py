"""Episodes and assessments: by provider, every version kept, coverage as whole numbers."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from akva.errors import Conflict
from akva.model.coverage import Coverage
from akva.model.ids import new_id
from akva.storage import assessments, episodes
from akva.storage.database import Database
from tests.consented import permitted_course
from tests.stored import ENDED_ON, add_client, add_correction, add_course, add_episode, add_provider


def test_an_episode_is_found_at_its_provider_alone(database: Database) -> None:
    course = database.write(add_course)
    other = database.write(lambda session, now: add_provider(session, now, "prov-2"))
    wanted = [course.episode_id, new_id()]

    found = database.read(
        lambda session, _: [
            episodes.find(session, course.provider.id, course.episode_id),
            *episodes.find_many(session, course.provider.id, wanted).values(),
            *episodes.of_client(session, course.provider.id, course.client_id),
        ]
    )
    elsewhere = database.read(
        lambda session, _: (
            episodes.find(session, other.id, course.episode_id),
            episodes.find_many(session, other.id, wanted),
            episodes.of_client(session, other.id, course.client_id),
        )
    )

    assert [course.episode_id] * 3 == [row.id for row in found if row]
    assert (None, {}, []) == elsewhere


def test_every_version_is_kept_the_one_that_counts_last(database: Database) -> None:
    course = database.write(add_course)
    second = database.write(lambda session, now: add_correction(session, now, course))

    def read(session: Session, _: datetime) -> list[int]:
        found = episodes.with_starts(session, course.provider.id, course.episode_id, "bdi-21")
        assert found is not None
        assert (course.episode_id, second) == (found[0].id, found[1][-1])
        return [row.version for row in found[1]]

    assert [1, 2] == database.read(read)


def test_a_version_is_written_once(database: Database) -> None:
    course = database.write(add_course)
    database.write(lambda session, now: add_correction(session, now, course))

    with pytest.raises(Conflict, match="corrected in between"):
        database.write(lambda session, now: add_correction(session, now, course))


def test_another_provider_s_assessments_and_episodes_are_not_there(database: Database) -> None:
    course = database.write(add_course)
    other = database.write(lambda session, now: add_provider(session, now, "prov-2"))

    found = database.read(
        lambda session, _: assessments.find(session, other.id, [course.assessment_id])
    )
    with_starts = database.read(
        lambda session, _: episodes.with_starts(session, other.id, course.episode_id, "bdi-21")
    )

    assert ([], None) == (found, with_starts)


def test_coverage_counts_each_episode_that_ended_in_the_round_once(database: Database) -> None:
    """Also one that was never asked, and none that ended outside the round."""

    def write(session: Session, now: datetime) -> None:
        permitted_course(session, now, "prov-1")
        course = add_course(session, now, "prov-2")
        client_id = add_client(session, now, course.provider.id)
        add_episode(session, now, course.provider.id, client_id=client_id)

    database.write(write)

    def count(session: Session, _: datetime) -> list[list[Coverage]]:
        return [
            episodes.coverage(session, ended_from=start, ended_before=start + timedelta(days=365))
            for start in (date(2026, 1, 1), ENDED_ON, ENDED_ON + timedelta(days=1))
        ]

    expected = [
        Coverage(service="AKSE", state="granted", episodes=1),
        Coverage(service="AKSE", state="not_asked", episodes=2),
    ]
    assert [expected, expected, []] == database.read(count)
