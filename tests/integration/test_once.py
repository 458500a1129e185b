"""A write sent twice under one key is done once, also where both are sent at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select

from akva.errors import Conflict, KeyReused
from akva.model.actors import Provider
from akva.model.ids import new_id
from akva.service.call import Call
from akva.service.callers.people import add_provider
from akva.service.once import Once, Repeatable, write_once
from akva.storage.tables.record import idempotency, providers
from akva.vault.keyfiles import Vault
from tests.house import House

SENT = b"POST /clients {}"
ONCE = Once("k-1", SENT)
SENDERS = 6


@dataclass
class Step:
    """Sets up a provider, and counts how often it is done and how often told again."""

    done: list[UUID] = field(default_factory=list)
    told: list[UUID] = field(default_factory=list)

    @property
    def work(self) -> Repeatable[UUID]:
        return Repeatable(self.run, lambda result: result, self.again)

    def run(self, call: Call) -> UUID:
        made = Provider(id=new_id(), code=f"made-{len(self.done)}", name="Mallila")
        self.done.append(add_provider(call, made).id)
        return made.id

    def again(self, call: Call, result_id: UUID) -> UUID:
        self.told.append(result_id)
        same = select(providers.c.id).where(providers.c.id == result_id)
        found: UUID = call.session.scalars(same).one()
        return found


def send(house: House, step: Step, once: Once | None = ONCE) -> UUID:
    return write_once(house.akva.database, keys(house), house.operator, once, step.work)


def keys(house: House) -> Vault:
    return house.akva.access.vault


def claims(house: House) -> list[UUID]:
    return house.akva.database.read(
        lambda session, _: list(session.scalars(select(idempotency.c.result_id)))
    )


def test_without_a_key_every_call_is_done(house: House) -> None:
    step = Step()

    first, second = send(house, step, None), send(house, step, None)

    assert [first, second] == step.done
    assert [] == claims(house)


def test_the_second_of_two_gets_the_first_s_answer(house: House) -> None:
    step = Step()

    answers = [send(house, step) for _ in range(2)]

    assert step.done * 2 == answers
    assert step.done == step.told == claims(house)


def test_something_else_under_the_same_key_is_refused(house: House) -> None:
    step = Step()
    send(house, step)

    with pytest.raises(KeyReused):
        send(house, step, Once("k-1", SENT + b" "))

    assert 1 == len(step.done)


def test_what_stands_in_the_key_cannot_pass_for_content(house: House) -> None:
    step = Step()
    send(house, step, Once("k", b"1 x"))
    send(house, step, Once("k 1", b"x"))

    fingerprints = house.akva.database.read(
        lambda session, _: set(session.scalars(select(idempotency.c.fingerprint)))
    )

    assert 2 == len(fingerprints)


def test_another_caller_s_key_is_another(house: House) -> None:
    step = Step()
    send(house, step)

    write_once(house.akva.database, keys(house), house.drafter, ONCE, step.work)

    assert 2 == len(step.done)


def test_a_step_that_raises_leaves_no_claim(house: House) -> None:
    def fail(_: Call) -> UUID:
        raise Conflict("not now")

    step = Step()
    failing = Repeatable(fail, lambda result: result, step.again)
    with pytest.raises(Conflict):
        write_once(house.akva.database, keys(house), house.operator, ONCE, failing)

    answer = send(house, step)

    assert [answer] == step.done == claims(house)


def test_nobody_can_read_from_a_row_what_was_sent(house: House) -> None:
    """Equal content of two callers leaves two fingerprints, and neither is a plain hash."""
    step = Step()
    send(house, step)
    write_once(house.akva.database, keys(house), house.drafter, ONCE, step.work)

    found = house.akva.database.read(
        lambda session, _: set(session.scalars(select(idempotency.c.fingerprint)))
    )

    assert 2 == len(found)
    assert repr(ONCE) == "Once(key='k-1')"


def test_of_many_sent_at_one_moment_one_is_done(house: House) -> None:
    step, together = Step(), Barrier(SENDERS)

    def sender(_: int) -> UUID:
        together.wait()
        return send(house, step)

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(sender, range(SENDERS)))

    assert step.done * SENDERS == answers
    assert SENDERS - 1 == len(step.told)
    house.akva.auditing.verify()


def test_where_the_first_fails_one_of_the_waiting_does_it(house: House) -> None:
    """The claim of who rolled back is gone: exactly one other takes it over."""
    step, together = Step(), Barrier(SENDERS)
    failed: list[UUID] = []

    def first_fails(call: Call) -> UUID:
        if not failed:
            failed.append(new_id())
            raise Conflict("the first is stopped")
        return step.run(call)

    def sender(_: int) -> UUID | None:
        together.wait()
        work = Repeatable(first_fails, lambda result: result, step.again)
        try:
            return write_once(house.akva.database, keys(house), house.operator, ONCE, work)
        except Conflict:
            return None

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(sender, range(SENDERS)))

    assert 1 == len(step.done)
    assert {None, *step.done} == set(answers)


def test_without_the_claim_all_would_be_done(house: House) -> None:
    """Control of the race: the same calls without a key are as many writes."""
    step = Step()

    for _ in range(3):
        send(house, step, None)

    assert 3 == len(step.done)
