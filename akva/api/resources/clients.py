"""Clients: registered, read, and handed out whole."""

from uuid import UUID

from akva.api.answers.clients import ClientIdSchema, ClientRecordSchema, ClientSchema
from akva.api.operation import Answer, Asked, Gives, Operation, Takes, Tenancy
from akva.formats import submissions
from akva.formats.schemas.clients import NewClientSchema
from akva.model.actors import Role

OWN = frozenset({Role.PROVIDER})


def add(asked: Asked) -> Answer:
    new = submissions.client(asked.sent)
    client_id = asked.akva.intake.register(asked.who, new, once=asked.once)
    return Answer(
        status=201, body={"id": client_id}, headers={"Location": f"/v1/clients/{client_id}"}
    )


def read(asked: Asked, client_id: UUID) -> Answer:
    return Answer(body=asked.akva.intake.client(asked.who, client_id))


def export(asked: Asked, client_id: UUID) -> Answer:
    """Hand out the record; the file's name tells the id alone."""
    named = f'attachment; filename="client-{client_id}.json"'
    return Answer(
        body=asked.akva.intake.export(asked.who, client_id),
        headers={"Content-Disposition": named},
    )


ADD = Operation(
    name="add_client",
    method="POST",
    path="/v1/clients",
    view=add,
    summary="Register a client in the provider's own record",
    roles=OWN,
    tenancy=Tenancy.OWN,
    takes=Takes(
        schema=NewClientSchema,
        examples={
            "minimal": {
                "reference": "A-2026-117",
                "birth_year": 1962,
                "sex": "unknown",
                "area": "08",
            },
            "identified": {
                "hetu": "131052-900W",
                "birth_year": 1952,
                "sex": "female",
                "area": "01",
            },
        },
    ),
    gives={201: Gives(description="Registered", schema=ClientIdSchema, headers=("Location",))},
    tag="clients",
)
READ = Operation(
    name="read_client",
    method="GET",
    path="/v1/clients/<uuid:client_id>",
    view=read,
    summary="Read a client; the identity code is never shown",
    roles=OWN,
    tenancy=Tenancy.OWN,
    gives={200: Gives(description="The client", schema=ClientSchema)},
    tag="clients",
)
EXPORT = Operation(
    name="export_client",
    method="GET",
    path="/v1/clients/<uuid:client_id>/export",
    view=export,
    summary="Hand out everything that is kept of a client, as a file",
    roles=OWN,
    tenancy=Tenancy.OWN,
    gives={
        200: Gives(
            description="The whole record",
            schema=ClientRecordSchema,
            headers=("Content-Disposition",),
        )
    },
    tag="clients",
)
OPERATIONS = (ADD, READ, EXPORT)
