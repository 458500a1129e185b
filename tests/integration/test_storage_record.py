"""Who calls, who is measured, and the keys and numbers of each: by provider."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from akva.errors import Conflict, NotFound
from akva.model.actors import Actor, Provider, Role
from akva.model.ids import new_id
from akva.storage import clients, keys
from akva.storage.callers import actors
from akva.storage.clients import ClientRow
from akva.storage.database import Database
from tests.clocks import TickingClock
from tests.stored import SEALED, add_actor, add_course, add_provider


def test_a_provider_is_found_by_its_code(database: Database) -> None:
    provider = database.write(lambda session, now: add_provider(session, now, "prov-1"))

    found = database.read(lambda session, _: actors.find_provider(session, "prov-1"))

    assert (provider, None) == (
        found,
        database.read(lambda session, _: actors.find_provider(session, "prov-2")),
    )


def test_a_provider_s_code_is_its_own(database: Database) -> None:
    database.write(lambda session, now: add_provider(session, now, "prov-1"))

    with pytest.raises(Conflict):
        database.write(lambda session, now: add_provider(session, now, "prov-1"))


def test_an_actor_bears_its_provider_s_code(database: Database) -> None:
    course = database.write(add_course)
    auditor = database.write(lambda session, now: add_actor(session, now, Role.AUDITOR))

    ids = (course.recorder, auditor, new_id())
    found = database.read(lambda session, _: [actors.find_actor(session, id_) for id_ in ids])

    provider_id = course.provider.id
    assert found == [
        Actor(id=course.recorder, role=Role.PROVIDER, provider_id=provider_id, org="prov-1"),
        Actor(id=auditor, role=Role.AUDITOR, provider_id=None, org="akva"),
        None,
    ]


@pytest.mark.parametrize(
    ("role", "with_provider"), [(Role.PROVIDER, False), (Role.RESEARCHER, True)]
)
def test_a_role_and_a_provider_that_do_not_agree_are_refused(
    database: Database, role: Role, *, with_provider: bool
) -> None:
    course = database.write(add_course)
    provider_id = course.provider.id if with_provider else None

    with pytest.raises(IntegrityError):
        database.write(lambda session, now: add_actor(session, now, role, provider_id))


def test_the_first_operator_is_noticed(database: Database) -> None:
    before = database.read(lambda session, _: actors.any_operator(session))
    database.write(lambda session, now: add_actor(session, now, Role.OPERATOR))

    after = database.read(lambda session, _: actors.any_operator(session))

    assert (False, True) == (before, after)


def client_of(provider: Provider, **indexes: bytes | None) -> ClientRow:
    return ClientRow(
        id=new_id(),
        provider_id=provider.id,
        identity_index=indexes.get("identity"),
        reference_index=indexes.get("reference"),
        sealed=SEALED,
    )


def test_a_client_is_found_at_its_provider_alone(database: Database) -> None:
    course = database.write(add_course)
    other = database.write(lambda session, now: add_provider(session, now, "prov-2"))

    def find(session: Session, provider_id: UUID) -> ClientRow | None:
        return clients.find(session, provider_id, course.client_id)

    mine = database.read(lambda session, _: find(session, course.provider.id))

    assert mine is not None
    assert (course.client_id, 1) == (mine.id, mine.row_version)
    assert database.read(lambda session, _: find(session, other.id)) is None


@pytest.mark.parametrize("index", ["identity", "reference"])
def test_a_client_is_registered_once_at_a_provider(database: Database, index: str) -> None:
    provider = database.write(lambda session, now: add_provider(session, now, "prov-1"))
    other = database.write(lambda session, now: add_provider(session, now, "prov-2"))

    def register(at: Provider) -> None:
        row = client_of(at, **{index: b"the same"})
        database.write(lambda session, now: clients.add(session, row, now))

    register(provider)
    register(other)  # another provider knows nothing of the first

    with pytest.raises(Conflict, match="registered already"):
        register(provider)


def test_a_client_is_found_by_either_index_at_its_provider_alone(database: Database) -> None:
    provider = database.write(lambda session, now: add_provider(session, now, "prov-1"))
    other = database.write(lambda session, now: add_provider(session, now, "prov-2"))
    row = client_of(provider, identity=b"identity", reference=b"reference")
    database.write(lambda session, now: clients.add(session, row, now))

    def search(session: Session, _: datetime) -> list[ClientRow | None]:
        return [
            clients.by_index(session, at.id, identity=identity, reference=reference)
            for at in (provider, other)
            for identity, reference in ((b"identity", None), (None, b"reference"), (None, None))
        ]

    assert [row, row, None, None, None, None] == database.read(search)


def test_two_indexes_that_name_two_clients_are_a_conflict(database: Database) -> None:
    provider = database.write(lambda session, now: add_provider(session, now, "prov-1"))
    one, two = client_of(provider, identity=b"one"), client_of(provider, reference=b"two")
    database.write(lambda session, now: clients.add(session, one, now))
    database.write(lambda session, now: clients.add(session, two, now))

    with pytest.raises(Conflict, match="two different clients"):
        database.read(
            lambda session, _: clients.by_index(
                session, provider.id, identity=b"one", reference=b"two"
            )
        )


def test_a_client_who_could_not_be_found_again_is_not_kept(database: Database) -> None:
    provider = database.write(lambda session, now: add_provider(session, now, "prov-1"))

    with pytest.raises(IntegrityError):
        database.write(lambda session, now: clients.add(session, client_of(provider), now))


def test_the_newest_key_of_each_purpose_is_given(database: Database) -> None:
    course = database.write(add_course)
    newer = keys.KeyRow(
        client_id=course.client_id,
        provider_id=course.provider.id,
        purpose="record",
        version=2,
        wrapped=b"newer",
    )
    database.write(lambda session, now: keys.add(session, [newer], now))

    found = database.read(lambda session, _: keys.of_client(session, course.client_id))

    assert newer == found["record"]
    assert {"audit": 1, "record": 2} == {purpose: row.version for purpose, row in found.items()}


def take(session: Session, _: datetime, *, client_id: UUID, count: int) -> int:
    return keys.take_numbers(session, client_id, count)


def test_event_numbers_follow_each_other(database: Database) -> None:
    course = database.write(add_course)
    client_id = course.client_id

    firsts = [
        database.write(partial(take, client_id=client_id, count=count)) for count in (2, 1, 3)
    ]
    rows, first = database.write(lambda session, _: keys.draw(session, client_id, 1))

    assert [0, 2, 3, 6] == [*firsts, first]
    assert {"record", "audit"} == {row.purpose for row in rows}


def test_a_new_client_s_first_numbers_are_taken_with_its_keys(database: Database) -> None:
    course = database.write(add_course)
    more = keys.KeyRow(
        client_id=course.client_id,
        provider_id=course.provider.id,
        purpose="audit",
        version=2,
        wrapped=SEALED,
    )
    database.write(lambda session, now: keys.add(session, [more], now, numbers=5))

    first = database.write(lambda session, _: keys.take_numbers(session, course.client_id, 1))

    assert 5 == first


def test_an_unknown_client_has_no_numbers(database: Database) -> None:
    with pytest.raises(NotFound):
        database.write(lambda session, _: keys.take_numbers(session, new_id(), 1))


def test_no_number_is_given_twice_to_callers_at_once(address: str) -> None:
    database = Database(address, TickingClock(tick=timedelta(milliseconds=1)))
    course = database.write(add_course)

    def block(count: int) -> range:
        first = database.write(partial(take, client_id=course.client_id, count=count))
        return range(first, first + count)

    with ThreadPoolExecutor(4) as pool:
        taken = sorted(n for numbers in pool.map(block, [1, 2, 3] * 8) for n in numbers)
    database.close()

    assert list(range(48)) == taken
