"""The log: its signed head, the proofs of what stands in it, and the key to check them by."""

from akva.api.operation import TEXT, Answer, Asked, Gives, Operation, Query, Tenancy, public
from akva.api.parameters import whole
from akva.model.actors import Role

AUDITOR = frozenset({Role.AUDITOR})
SIZE = {"type": "string", "pattern": "^[1-9][0-9]{0,17}$"}


def checkpoint(asked: Asked) -> Answer:
    return Answer(body=asked.akva.auditing.checkpoint().encode())


def proof(asked: Asked, index: int) -> Answer:
    return Answer(body=asked.akva.auditing.proof(index).encode())


def consistency(asked: Asked) -> Answer:
    start, end = whole(asked.query, "from"), whole(asked.query, "to")
    return Answer(body=asked.akva.auditing.consistency(start, end).encode())


def key(asked: Asked) -> Answer:
    return Answer(body=f"{asked.akva.auditing.verifier_key}\n".encode())


OPERATIONS = (
    public(
        name="read_checkpoint",
        path="/v1/log/checkpoint",
        view=checkpoint,
        summary="The log's head, signed now",
        gives={200: Gives(description="A checkpoint (C2SP tlog-checkpoint)", media=TEXT)},
        tag="log",
    ),
    Operation(
        name="read_proof",
        method="GET",
        path="/v1/log/proof/<int:index>",
        view=proof,
        summary="Prove that an entry stands in the log",
        roles=AUDITOR,
        tenancy=Tenancy.NONE,
        gives={200: Gives(description="A tlog-proof (C2SP) that carries the leaf", media=TEXT)},
        tag="log",
    ),
    Operation(
        name="read_consistency",
        method="GET",
        path="/v1/log/consistency",
        view=consistency,
        summary="Prove that the log of one size begins the log of a later one",
        roles=AUDITOR,
        tenancy=Tenancy.NONE,
        query={
            "from": Query(description="The earlier size", schema=SIZE, needed=True),
            "to": Query(description="The later size", schema=SIZE, needed=True),
        },
        gives={200: Gives(description="The proof's hashes, one a line", media=TEXT)},
        tag="log",
    ),
    public(
        name="read_log_key",
        path="/v1/log/key",
        view=key,
        summary="The log's verifier key; trust it only if you have it from elsewhere too",
        gives={200: Gives(description="A verifier key (C2SP signed-note)", media=TEXT)},
        tag="log",
    ),
)
