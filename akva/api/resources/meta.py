"""What the door says of itself: that it lives, that it is ready, its limits and its document."""

from importlib.metadata import version
from typing import Any

from akva.aggregation import programmes
from akva.aggregation.programmes import Round
from akva.api.answers.meta import AliveSchema, MetaSchema
from akva.api.batching import MOST_LINES
from akva.api.operation import (
    JSON,
    KIB,
    MIB,
    NOBODY,
    Answer,
    Asked,
    Gives,
    Operation,
    Tenancy,
    View,
)
from akva.model.days import HELSINKI

ALIVE = {"status": "alive"}
READY = {"status": "ready"}


def alive(_: Asked) -> Answer:
    """Say that the process answers; no database is asked."""
    return Answer(body=ALIVE)


def ready(asked: Asked) -> Answer:
    asked.akva.database.check()
    return Answer(body=READY)


def meta(asked: Asked) -> Answer:
    told = {
        "name": "akva",
        "version": version("akva"),
        "contact": asked.settings.contact or None,
        "languages": ["fi", "sv", "en"],
        "limits": {
            "body_bytes": 256 * KIB,
            "batch_bytes": 32 * MIB,
            "batch_lines": MOST_LINES,
            "calls_a_minute": asked.settings.rate,
        },
        "policies": policies(),
        "calendar": calendar(),
        "log": {"verifier_key": asked.akva.auditing.verifier_key},
    }
    return Answer(body=told)


def calendar() -> dict[str, str]:
    frozen_from = Round(2025).frozen_from  # the same day whatever the year
    return {"time_zone": HELSINKI.key, "frozen_from": f"{frozen_from:%m-%d}"}


def policies() -> list[dict[str, Any]]:
    declared = map(programmes.load, programmes.ids())
    return [
        {"programme": one.id, "version": one.version, "threshold": one.policy.threshold}
        for one in declared
    ]


def openapi(asked: Asked) -> Answer:
    return Answer(body=asked.document)


def public(name: str, path: str, view: View, summary: str, gives: Gives) -> Operation:
    return Operation(
        name=name,
        method="GET",
        path=path,
        view=view,
        summary=summary,
        roles=NOBODY,
        tenancy=Tenancy.NONE,
        gives={200: gives},
        tag="meta",
    )


OPERATIONS = (
    public(
        "read_meta",
        "/v1/meta",
        meta,
        "Limits, languages, contact and the log's key",
        Gives(description="What the service says of itself", schema=MetaSchema),
    ),
    public(
        "read_openapi",
        "/openapi.json",
        openapi,
        "This document",
        Gives(description="OpenAPI 3.1", media=JSON),
    ),
    public(
        "read_health",
        "/healthz",
        alive,
        "Whether the process answers",
        Gives(description="It does", schema=AliveSchema),
    ),
    public(
        "read_readiness",
        "/readyz",
        ready,
        "Whether the database may be served",
        Gives(description="It may", schema=AliveSchema),
    ),
)
