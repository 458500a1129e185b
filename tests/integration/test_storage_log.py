"""The log grows one leaf an act, in one order, at a cost that does not depend on how many."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from akva.errors import Conflict, LogBroken
from akva.model.ids import new_id
from akva.storage import ledger, log
from akva.storage.database import Database
from akva.storage.log import Appended
from akva.transparency import leaves, merkle, proofs
from tests.clocks import MORNING, TickingClock
from tests.stored import Sealed, add_client, add_provider, entry


def append(database: Database, count: int) -> list[Appended]:
    entries = [entry(new_id(), "access.disclosed") for _ in range(count)]
    return database.write(lambda session, now: log.append(session, now, entries))


def test_an_empty_log_has_the_empty_tree_s_root(database: Database) -> None:
    head = database.read(lambda session, _: log.head(session))

    assert (0, merkle.EMPTY_ROOT) == (head.size, head.root)


def test_each_entry_gets_the_next_index(database: Database) -> None:
    appended = append(database, 3) + append(database, 2)

    assert [0, 1, 2, 3, 4] == [one.index for one in appended]


def test_nothing_to_append_takes_no_lock(database: Database) -> None:
    assert [] == database.write(lambda session, now: log.append(session, now, []))


def test_a_leaf_says_what_it_was_told_and_commits_to_the_ciphertext(database: Database) -> None:
    act_id = new_id()
    logged = entry(act_id, "access.disclosed")
    [one] = database.write(lambda session, now: log.append(session, now, [logged]))

    [row] = database.read(lambda session, _: ledger.leaves(session, one.index, one.index + 1))
    [kept] = database.read(lambda session, _: ledger.payloads(session, one.index, one.index + 1))

    made = Sealed(one.index)
    expected = leaves.Leaf(
        index=one.index,
        at=MORNING,
        kind="access.disclosed",
        org="akva",
        tag=made.tag,
        commitment=made.commitment,
        payload_hash=sha256(kept.sealed).digest(),
    )
    assert expected == leaves.decode(row.leaf)
    assert (one.leaf_hash, "access.disclosed") == (merkle.leaf_hash(row.leaf), row.kind)


def test_the_head_is_the_root_over_all_leaves_however_they_came(database: Database) -> None:
    for count in (1, 2, 5, 1, 8, 3):
        append(database, count)

    head = database.read(lambda session, _: log.head(session))
    stored = database.read(lambda session, _: ledger.leaves(session, 0, 100))

    assert (20, merkle.root([row.leaf_hash for row in stored])) == (head.size, head.root)


def test_every_leaf_s_inclusion_is_proved_from_stored_nodes(database: Database) -> None:
    appended = append(database, 7) + append(database, 4)
    head = database.read(lambda session, _: log.head(session))

    def prove(session: Session, _: datetime) -> None:
        for one in appended:
            proof = proofs.inclusion(
                one.index, head.size, lambda level, at: ledger.node(session, level, at)
            )
            merkle.verify_inclusion(one.leaf_hash, one.index, head.size, proof, head.root)

    database.read(prove)


def test_a_missing_node_names_the_leaf_from_which_it_is_missing(database: Database) -> None:
    append(database, 3)

    with pytest.raises(LogBroken) as broken:
        database.read(lambda session, _: ledger.node(session, 1, 1))

    assert 2 == broken.value.index


def test_nodes_are_read_level_by_level(database: Database) -> None:
    appended = append(database, 6)

    found = database.read(lambda session, _: ledger.nodes(session, 1, 1, 3))

    hashes = [one.leaf_hash for one in appended]
    expected = {at: merkle.node_hash(hashes[2 * at], hashes[2 * at + 1]) for at in (1, 2)}
    assert expected == found


def test_payloads_name_the_client_whose_key_opens_them(database: Database) -> None:
    def write(session: Session, now: datetime) -> UUID:
        provider = add_provider(session, now, "prov-1")
        client_id = add_client(session, now, provider.id)
        log.append(session, now, [entry(new_id(), "access.disclosed", client_id)])
        return client_id

    client_id = database.write(write)
    rows = database.read(lambda session, _: ledger.payloads(session, 0, 10))

    assert [None, client_id] == [row.client_id for row in rows]


def test_time_never_runs_backwards_in_the_log(database: Database, clock: TickingClock) -> None:
    append(database, 1)
    clock.move(timedelta(seconds=-2))
    append(database, 1)  # a second early: it began before the other came to the head

    rows = database.read(lambda session, _: ledger.leaves(session, 0, 2))

    assert [MORNING, MORNING] == [leaves.decode(row.leaf).at for row in rows]


def test_a_clock_set_back_is_a_conflict(database: Database, clock: TickingClock) -> None:
    append(database, 1)
    clock.move(timedelta(minutes=-1))

    with pytest.raises(Conflict, match="clock was set back"):
        append(database, 1)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*said: Any) -> None:  # noqa: ANN401
        statements.append(said[2])

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_appending_costs_as_many_statements_for_fifty_entries_as_for_five(
    database: Database,
) -> None:
    append(database, 1)
    costs = []
    for count in (5, 50):
        with counted(database._writers) as statements:
            append(database, count)
        costs.append(len([each for each in statements if not each.startswith("BEGIN")]))

    assert [6, 6] == costs


def test_many_at_once_leave_no_gap_and_one_root(address: str) -> None:
    database = Database(address, TickingClock(tick=timedelta(milliseconds=1)))
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: append(database, 3), range(12)))

    head = database.read(lambda session, _: log.head(session))
    stored = database.read(lambda session, _: ledger.leaves(session, 0, 100))
    database.close()

    assert list(range(36)) == sorted(one.index for round_ in rounds for one in round_)
    assert head.root == merkle.root([row.leaf_hash for row in stored])


def test_a_transaction_undone_leaves_no_trace(database: Database) -> None:
    append(database, 1)
    before = database.read(lambda session, _: log.head(session))

    def fail(session: Session, now: datetime) -> None:
        log.append(session, now, [entry(new_id(), "access.disclosed")])
        raise Conflict("after all")

    with pytest.raises(Conflict):
        database.write(fail)

    assert before == database.read(lambda session, _: log.head(session))


def test_checkpoints_are_kept_once_by_size(database: Database) -> None:
    def keep(size: int, note: str) -> None:
        database.write(lambda session, _: ledger.add_checkpoint(session, size, note))

    keep(7, "seven")
    keep(3, "three")
    keep(7, "seven")  # signed by two at once
    with pytest.raises(Conflict):
        keep(7, "another history")

    rows = database.read(lambda session, _: ledger.checkpoints(session))
    assert [(3, "three"), (7, "seven")] == [(row.size, row.note) for row in rows]
