"""Permissions: what a client was asked, said, signed and took back; and when who knew it."""

from uuid import UUID

from akva.api.answers.consents import ConsentReceiptSchema, TimelineSchema, WithdrawnSchema
from akva.api.operation import Answer, Asked, Gives, Operation, Takes, Tenancy
from akva.api.parameters import instant, instant_of
from akva.formats import submissions
from akva.formats.schemas.consents import (
    NewConsent,
    NewConsentSchema,
    Said,
    Scope,
    WithdrawalSchema,
)
from akva.model.actors import Role
from akva.service.consents import ConsentReceipt

OWN = frozenset({Role.PROVIDER})


def add(asked: Asked) -> Answer:
    return filed(answered(asked, submissions.consent(asked.sent)))


def answered(asked: Asked, new: NewConsent) -> ConsentReceipt:
    """Record the answer by the use case of its kind."""
    consents, about = asked.akva.consents, (new.episode, new.purpose)
    if new.evidence is not None:
        return consents.grant(asked.who, *about, new.evidence, once=asked.once)
    record = consents.refuse if new.answer is Said.REFUSED else consents.ask
    return record(asked.who, *about, on=new.asked_on, once=asked.once)


def verify(asked: Asked, consent_id: UUID) -> Answer:
    return filed(asked.akva.consents.verify(asked.who, consent_id, once=asked.once))


def withdraw(asked: Asked, consent_id: UUID) -> Answer:
    """Withdraw by any event of the episode: what is named closes at once and for good."""
    scope, consents = submissions.withdrawal(asked.sent), asked.akva.consents
    event = consents.event(asked.who, consent_id)
    if scope is Scope.CLIENT:
        closed = consents.withdraw_all(asked.who, event.client_id, event.purpose, once=asked.once)
    else:
        closed = consents.withdraw(asked.who, event.episode_id, event.purpose, once=asked.once)
    return Answer(status=201, body={"withdrawn": closed}, log_index=closed[-1].log_index)


def timeline(asked: Asked, client_id: UUID) -> Answer:
    known = asked.akva.consents.timeline(
        asked.who,
        client_id,
        as_valid=instant(asked.query, "as_valid"),
        as_known=instant(asked.query, "as_known"),
    )
    return Answer(body=known)


def filed(receipt: ConsentReceipt) -> Answer:
    return Answer(status=201, body=receipt, log_index=receipt.log_index)


ADD = Operation(
    name="add_consent",
    method="POST",
    path="/v1/consents",
    view=add,
    summary="Record that a client was asked, said yes in writing, or said no",
    roles=OWN,
    tenancy=Tenancy.OWN,
    takes=Takes(
        schema=NewConsentSchema,
        examples={
            "minimal": {
                "episode": "01900000-0000-7000-8000-000000000002",
                "asked_on": "2026-02-03",
                "answer": "asked",
            },
            "granted": {
                "episode": "01900000-0000-7000-8000-000000000002",
                "asked_on": "2026-02-03",
                "answer": "granted",
                "evidence": {
                    "form_version": "KU-2026-1",
                    "signed_on": "2026-02-03",
                    "signer": "Maija Esimerkki",
                    "archive_number": "AR-2026-17",
                },
            },
        },
    ),
    gives={201: Gives(description="Recorded", schema=ConsentReceiptSchema)},
    tag="consents",
)
VERIFY = Operation(
    name="verify_consent",
    method="POST",
    path="/v1/consents/<uuid:consent_id>/verification",
    view=verify,
    summary="Confirm signature, date and form version of a permission somebody else recorded",
    roles=frozenset({Role.VERIFIER}),
    tenancy=Tenancy.OWN,
    gives={201: Gives(description="Verified", schema=ConsentReceiptSchema)},
    tag="consents",
)
WITHDRAW = Operation(
    name="withdraw_consent",
    method="POST",
    path="/v1/consents/<uuid:consent_id>/withdrawal",
    view=withdraw,
    summary="Withdraw the permission of one episode, or of all of its client's",
    roles=OWN,
    tenancy=Tenancy.OWN,
    takes=Takes(
        schema=WithdrawalSchema,
        examples={"minimal": {}, "client": {"scope": "client"}},
    ),
    gives={201: Gives(description="Withdrawn", schema=WithdrawnSchema)},
    tag="consents",
)
TIMELINE = Operation(
    name="list_consents",
    method="GET",
    path="/v1/clients/<uuid:client_id>/consents",
    view=timeline,
    summary="Tell what was said of permission, as it was valid and as it was known at an instant",
    roles=frozenset({Role.PROVIDER, Role.AUDITOR}),
    tenancy=Tenancy.OWN,
    query={
        "as_valid": instant_of("Judge at this instant; now, if it is absent"),
        "as_known": instant_of("Leave out what was recorded later; nothing, if it is absent"),
    },
    gives={200: Gives(description="Events and verdicts", schema=TimelineSchema)},
    tag="consents",
)
OPERATIONS = (ADD, VERIFY, WITHDRAW, TIMELINE)
