"""Releases: drafted and approved by two publishers, read by whom they were published to."""

import json
from dataclasses import asdict
from uuid import UUID

from akva.aggregation import programmes
from akva.api.answers.releases import (
    ApprovedSchema,
    DraftedSchema,
    ProgrammesSchema,
    ReleaseSchema,
    ReleasesSchema,
)
from akva.api.operation import Answer, Asked, Gives, Operation, Takes, Tenancy, page, public
from akva.api.parameters import AFTER, LIMIT, paged
from akva.formats import submissions
from akva.formats.schemas.releases import ApprovalSchema, DraftSchema
from akva.model.actors import Role

PUBLISHER = frozenset({Role.PUBLISHER})


def list_programmes(_: Asked) -> Answer:
    declared = [programmes.load(name) for name in programmes.ids()]
    items = [
        {
            "id": one.id,
            "version": one.version,
            "declared": json.loads(json.dumps(asdict(one), default=str)),
        }
        for one in declared
    ]
    return Answer(body={"items": items})


def draft(asked: Asked) -> Answer:
    programme, year = submissions.draft(asked.sent)
    made = asked.akva.releases.draft(asked.who, programme, year, once=asked.once)
    return Answer(status=201, body=made, log_index=made.log_index)


def approve(asked: Asked, release_id: UUID) -> Answer:
    audience = submissions.approval(asked.sent)
    made = asked.akva.releases.approve(asked.who, release_id, audience, once=asked.once)
    return Answer(status=201, body=made, log_index=made.log_index)


def list_all(asked: Asked) -> Answer:
    items, after = paged(asked.query, asked.akva.releases.publications(asked.actor))
    return Answer(body=page(items, after))


def read(asked: Asked, release_id: UUID) -> Answer:
    found = asked.akva.releases.publication(asked.actor, release_id)
    told = asdict(found) | {
        "body": json.loads(found.body),
        "opening": json.loads(found.opening),
        "receipt": asked.akva.auditing.proof(found.log_index),
    }
    return Answer(body=told)


OPERATIONS = (
    public(
        name="list_programmes",
        path="/v1/programmes",
        view=list_programmes,
        summary="List what is published of whom, as declared before the data are seen",
        gives={200: Gives(description="The programmes", schema=ProgrammesSchema)},
        tag="releases",
    ),
    Operation(
        name="draft_release",
        method="POST",
        path="/v1/releases",
        view=draft,
        summary="Make a round's tables safe and freeze them, for another publisher to approve",
        roles=PUBLISHER,
        tenancy=Tenancy.NONE,
        takes=Takes(
            schema=DraftSchema, examples={"minimal": {"programme": "akva-services", "year": 2025}}
        ),
        gives={201: Gives(description="Frozen", schema=DraftedSchema)},
        tag="releases",
    ),
    Operation(
        name="approve_release",
        method="POST",
        path="/v1/releases/<uuid:release_id>/approval",
        view=approve,
        summary="Publish a draft that somebody else made; it never changes after that",
        roles=PUBLISHER,
        tenancy=Tenancy.NONE,
        takes=Takes(schema=ApprovalSchema, examples={"minimal": {"audience": "researchers"}}),
        gives={201: Gives(description="Published", schema=ApprovedSchema)},
        tag="releases",
    ),
    public(
        name="list_releases",
        path="/v1/releases",
        view=list_all,
        summary="List what is published to you; without a token, to everybody",
        query={"limit": LIMIT, "after": AFTER},
        gives={200: Gives(description="A page of releases", schema=ReleasesSchema)},
        tag="releases",
    ),
    public(
        name="read_release",
        path="/v1/releases/<uuid:release_id>",
        view=read,
        summary="Read a release with what lets anyone check it against the log",
        gives={200: Gives(description="The release", schema=ReleaseSchema)},
        tag="releases",
    ),
)
