"""Laws that hold of every history, whatever happened in it and in whatever order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from hypothesis import find, given
from hypothesis import strategies as st

from consent import (
    REPORT_TO_KELA,
    Asked,
    Event,
    Granted,
    History,
    Permit,
    Refuse,
    Refused,
    Scope,
    Verified,
    Withdrawn,
    admit,
    decide,
    state_of,
)
from tests.spec.consent_drawn import stored

START = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = [UUID(int=n) for n in (1, 2)]
PURPOSES = [REPORT_TO_KELA, "research-extract"]

# Few instants and few people, so that ties, equal recorders and reversed orders come up often.
instants = st.integers(0, 9).map(lambda n: START + timedelta(days=n))
ids = st.integers(1, 4).map(lambda n: UUID(int=n))
scopes = st.none() | st.sampled_from(["gas", "bdi-21"]).map(lambda name: Scope(instrument=name))
shared = {
    "id": st.uuids(),
    "purpose": st.sampled_from(PURPOSES),
    "valid_from": instants,
    "recorded_at": instants,
    "recorded_by": st.sampled_from(PEOPLE),
}
grants = st.builds(
    Granted,
    **shared | {"id": ids},
    written=st.integers(0, 4).map(bool),
    valid_to=st.none() | instants,
    instruments=st.none() | st.just(frozenset({"gas"})),
)
withdrawals = st.builds(Withdrawn, **shared)
asked = st.builds(Asked, **shared)
verified = st.builds(Verified, **shared, grant_id=ids)
events: st.SearchStrategy[Event] = st.one_of(
    grants, grants, verified, verified, asked, withdrawals, st.builds(Refused, **shared)
)


early = st.integers(0, 3).map(lambda n: START + timedelta(days=n))


@st.composite
def any_history(draw: st.DrawFn) -> History:
    """Draw any events at all, and more often than not an early whole and verified grant too."""
    found = draw(st.lists(events, max_size=5))
    if draw(st.integers(0, 3)):
        grant = replace(
            draw(grants),
            purpose=REPORT_TO_KELA,
            recorded_at=draw(early),
            recorded_by=PEOPLE[0],
            written=True,
        )
        check = Verified(
            id=draw(st.uuids()),
            purpose=REPORT_TO_KELA,
            valid_from=START,
            recorded_at=draw(early),
            recorded_by=PEOPLE[1],
            grant_id=grant.id,
        )
        found += [grant, check]
    return History(tuple({event.id: event for event in found}.values()))


histories = any_history()


def permits(history: History, *, at: datetime, known_at: datetime | None = None) -> bool:
    return isinstance(decide(history, REPORT_TO_KELA, at=at, known_at=known_at), Permit)


def with_events(history: History, *more: Event) -> History:
    return History((*history.events, *more))


@given(histories, withdrawals, instants, instants)
def test_adding_a_withdrawal_never_admits_more(
    history: History, withdrawal: Withdrawn, at: datetime, known_at: datetime
) -> None:
    withdrawn = with_events(history, withdrawal)

    assert permits(withdrawn, at=at, known_at=known_at) <= permits(
        history, at=at, known_at=known_at
    )


@given(histories, withdrawals, instants)
def test_after_a_withdrawal_only_a_grant_given_after_it_can_permit(
    history: History, withdrawal: Withdrawn, at: datetime
) -> None:
    withdrawal = replace(withdrawal, purpose=REPORT_TO_KELA, recorded_at=at)
    answer = decide(with_events(history, withdrawal), REPORT_TO_KELA, at=at)

    granted = {event.id: event for event in history.events if isinstance(event, Granted)}
    assert isinstance(answer, Refuse) or granted[answer.event_id].said_at >= withdrawal.said_at


@given(histories, events, instants, scopes)
def test_what_happens_to_another_purpose_changes_nothing(
    history: History, event: Event, at: datetime, scope: Scope | None
) -> None:
    elsewhere = with_events(history, replace(event, purpose="work-status-linkage"))

    assert decide(history, REPORT_TO_KELA, at=at, scope=scope) == decide(
        elsewhere, REPORT_TO_KELA, at=at, scope=scope
    )


@given(histories, asked, instants)
def test_asking_changes_no_permission(history: History, ask: Asked, at: datetime) -> None:
    assert permits(history, at=at) == permits(with_events(history, ask), at=at)


@given(st.data(), histories, instants, instants)
def test_the_order_of_the_tuple_is_irrelevant(
    data: st.DataObject, history: History, at: datetime, known_at: datetime
) -> None:
    shuffled = History(tuple(data.draw(st.permutations(history.events))))

    assert decide(history, REPORT_TO_KELA, at=at, known_at=known_at) == decide(
        shuffled, REPORT_TO_KELA, at=at, known_at=known_at
    )


@given(histories, instants, instants)
def test_knowing_more_later_never_makes_lawful_what_was_not(
    history: History, at: datetime, known_at: datetime
) -> None:
    assert permits(history, at=at, known_at=max(at, known_at)) <= permits(history, at=at)


@given(histories, instants)
def test_what_is_recorded_later_is_not_known_now(history: History, at: datetime) -> None:
    recorded = History(tuple(event for event in history.events if event.recorded_at <= at))

    assert decide(recorded, REPORT_TO_KELA, at=at) == decide(history, REPORT_TO_KELA, at=at)


@given(histories, instants)
def test_the_stored_state_answers_as_the_verdict_does(history: History, at: datetime) -> None:
    answer = decide(history, REPORT_TO_KELA, at=at)

    expected = answer.code if isinstance(answer, Refuse) else "permit"
    assert expected == stored(history, REPORT_TO_KELA, at=at)


@given(histories, instants)
def test_a_permit_names_the_event_of_the_stored_state(history: History, at: datetime) -> None:
    recorded = History(tuple(event for event in history.events if event.recorded_at <= at))
    answer = decide(recorded, REPORT_TO_KELA, at=at)

    expected = state_of(recorded, REPORT_TO_KELA).event_id if permits(recorded, at=at) else None
    assert expected == (answer.event_id if isinstance(answer, Permit) else None)


@given(histories, instants)
def test_a_permit_rests_on_a_whole_grant(history: History, at: datetime) -> None:
    """The rule once more, told from its end: every permitted instant has all of this."""
    answer = decide(history, REPORT_TO_KELA, at=at)

    assert isinstance(answer, Refuse) or any(
        isinstance(grant, Granted)
        and grant.id == answer.event_id
        and grant.written
        and max(grant.valid_from, grant.recorded_at) <= at
        and (grant.valid_to is None or at < grant.valid_to)
        and any(
            isinstance(check, Verified)
            and check.grant_id == grant.id
            and check.recorded_by != grant.recorded_by
            and check.recorded_at <= at
            for check in history.events
        )
        for grant in history.events
    )


@dataclass(frozen=True)
class Rows:
    rows: tuple[tuple[UUID, Scope], ...]

    def keys(self) -> Sequence[tuple[UUID, Scope]]:
        return self.rows

    def take(self, indices: Sequence[int]) -> Self:
        return type(self)(tuple(self.rows[index] for index in indices))


rows = st.lists(
    st.tuples(ids, st.sampled_from(["gas", "bdi-21"]).map(lambda name: Scope(instrument=name)))
).map(lambda found: Rows(tuple(found)))


@given(rows, st.dictionaries(ids, histories), instants)
def test_admit_lets_through_exactly_what_decide_permits(
    block: Rows, known: dict[UUID, History], at: datetime
) -> None:
    expected = tuple(
        (episode, scope)
        for episode, scope in block.rows
        if isinstance(
            decide(known.get(episode, History(())), REPORT_TO_KELA, at=at, scope=scope), Permit
        )
    )

    assert expected == admit(block, known, REPORT_TO_KELA, at=at).consented.block.rows


@given(rows, st.dictionaries(ids, histories), instants)
def test_every_row_is_either_let_through_or_refused(
    block: Rows, known: dict[UUID, History], at: datetime
) -> None:
    admission = admit(block, known, REPORT_TO_KELA, at=at)

    refused = [index for index, _ in admission.refused]
    passed = [row for index, row in enumerate(block.rows) if index not in refused]
    assert (passed, sorted(set(refused))) == (list(admission.consented.block.rows), refused)


def test_the_laws_are_not_empty() -> None:
    """Histories that permit, and such as a withdrawal closes, are among those drawn above."""
    find(
        st.tuples(histories, withdrawals, instants),
        lambda drawn: (
            permits(drawn[0], at=drawn[2])
            and not permits(with_events(drawn[0], drawn[1]), at=drawn[2])
        ),
    )
