"""A token from its issue to its end: recognised, expired, revoked, and held by the log."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from akva.errors import Conflict, InvalidRequest, LogBroken, NotAllowed, NotAuthenticated, NotFound
from akva.model.ids import new_id
from akva.service.callers.tokens import Issued
from akva.vault.tokens import Tokens
from tests.attacks import Raw, drop_trigger, run
from tests.clocks import TickingClock
from tests.house import House
from tests.integration.test_canaries import everything_stored

ONE_DAY = timedelta(days=1)
UNKNOWN = Tokens(record_master=bytes(32)).make().text


def issued(house: House, days: int = 1) -> Issued:
    return house.akva.access.issue(house.operator, house.recorder.id, days=days)


def test_who_sends_a_token_is_its_actor(house: House) -> None:
    token = issued(house)

    caller = house.akva.access.caller(token.text)

    assert (house.recorder, token.id) == (caller.actor, caller.token_id)


def test_a_token_lives_ninety_days_unless_told_otherwise(house: House) -> None:
    access = house.akva.access

    token = access.issue(house.operator, house.drafter.id)

    [line] = access.tokens(house.operator)
    assert timedelta(days=90) == token.expires_at - line.made_at
    assert (token.id, house.drafter.id, "valid") == (line.id, line.actor_id, line.state)
    assert (house.operator.id, None) == (line.made_by, line.revoked_at)


def expire(house: House, clock: TickingClock) -> str:
    token = issued(house)
    clock.move(ONE_DAY)
    return token.text


def revoke(house: House, _: TickingClock) -> str:
    token = issued(house)
    house.akva.access.revoke(house.operator, token.id)
    return token.text


@pytest.mark.parametrize(
    "make",
    [expire, revoke, lambda *_: UNKNOWN, lambda *_: "akva_x", lambda *_: ""],
    ids=["expired", "revoked", "unknown", "malformed", "empty"],
)
def test_every_token_that_is_not_valid_is_refused_in_the_same_words(
    house: House, clock: TickingClock, make: Callable[[House, TickingClock], str]
) -> None:
    text = make(house, clock)

    with pytest.raises(NotAuthenticated) as refused:
        house.akva.access.caller(text)

    assert "this needs a valid token" == str(refused.value)


def test_a_revoked_token_leaves_others_of_its_caller_alone(house: House) -> None:
    first, second = issued(house), issued(house)

    house.akva.access.revoke(house.operator, first.id)

    assert second.id == house.akva.access.caller(second.text).token_id


def test_a_list_tells_what_became_of_each(house: House, clock: TickingClock) -> None:
    issued(house)
    house.akva.access.revoke(house.operator, issued(house, days=5).id)
    issued(house, days=3)
    clock.move(ONE_DAY)

    states = [line.state for line in house.akva.access.tokens(house.operator)]

    assert ["expired", "revoked", "valid"] == states


@pytest.mark.parametrize("days", [-1, 0, 367, 10**9])
def test_a_lifetime_out_of_bounds_is_refused(house: House, days: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        issued(house, days)

    assert ["/days"] == [fault.where for fault in refused.value.faults]


def test_nobody_but_an_operator_deals_with_tokens(house: House) -> None:
    access, token = house.akva.access, issued(house)

    for actor in (house.recorder, house.verifier, house.drafter):
        with pytest.raises(NotAllowed):
            access.issue(actor, actor.id)
        with pytest.raises(NotAllowed):
            access.revoke(actor, token.id)
        with pytest.raises(NotAllowed):
            access.tokens(actor)


def test_what_is_unknown_is_not_found(house: House) -> None:
    access = house.akva.access

    with pytest.raises(NotFound):
        access.issue(house.operator, new_id())
    with pytest.raises(NotFound):
        access.revoke(house.operator, new_id())


def test_a_token_is_revoked_once(house: House) -> None:
    token = issued(house)
    house.akva.access.revoke(house.operator, token.id)

    with pytest.raises(Conflict):
        house.akva.access.revoke(house.operator, token.id)


def test_issue_and_revocation_are_an_entry_of_the_log_each(house: House) -> None:
    before = house.akva.auditing.verify().size

    house.akva.access.revoke(house.operator, issued(house).id)

    assert before + 2 == house.akva.auditing.verify().size


ANOTHER_S = "UPDATE tokens SET actor_id = made_by"
LONGER = "UPDATE tokens SET expires_at = revoked_at"
NOT_REVOKED = "UPDATE tokens SET revoked_at = NULL, revoke_act_id = NULL"
OTHER_BYTES = "UPDATE tokens SET digest = (SELECT root FROM log_head)"
FORGED = {ANOTHER_S: 8, LONGER: 8, OTHER_BYTES: 8, NOT_REVOKED: 9, "DELETE FROM tokens": 8}


@pytest.mark.parametrize("statement", FORGED)
def test_a_changed_token_is_found_by_verification(house: House, raw: Raw, statement: str) -> None:
    """The guards taken away, as somebody with the whole database could."""
    house.akva.access.revoke(house.operator, issued(house).id)
    delete = "no_delete" if isinstance(raw, sqlite3.Connection) else "append_only"
    for guard in ("revoke", delete):
        drop_trigger(raw, f"tokens_{guard}", "tokens")
    run(raw, statement)

    with pytest.raises(LogBroken) as broken:
        house.akva.auditing.verify()

    assert FORGED[statement] == broken.value.index


def test_the_text_is_nowhere_in_what_is_stored_or_shown(house: House, tmp_path: Path) -> None:
    token = issued(house)

    stored = everything_stored(house, tmp_path)
    shown = repr(token) + repr(house.akva.access.tokens(house.operator))

    assert token.text.encode() not in stored
    assert token.text.removeprefix("akva_").encode() not in stored
    assert token.text not in shown


def test_the_search_would_find_what_is_stored(house: House, tmp_path: Path) -> None:
    """Control: the token's id is stored in clear, and is found."""
    token = issued(house)

    stored = everything_stored(house, tmp_path)

    assert any(form.encode() in stored for form in (str(token.id), token.id.hex))
