"""What the door says of itself: that it lives, that it is ready, its limits and its document."""

from importlib.metadata import version
from typing import Any

from akva.aggregation import programmes
from akva.aggregation.programmes import Round
from akva.api.answers.meta import AliveSchema, MetaSchema
from akva.api.batching import MOST_LINES
from akva.api.operation import BATCH_BYTES, BODY_BYTES, JSON, Answer, Asked, Gives, public
from akva.model.days import HELSINKI
from akva.words import LANGUAGES

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
        "languages": LANGUAGES,
        "limits": {
            "body_bytes": BODY_BYTES,
            "batch_bytes": BATCH_BYTES,
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


OPERATIONS = (
    public(
        name="read_meta",
        path="/v1/meta",
        view=meta,
        summary="Limits, languages, contact and the log's key",
        gives={200: Gives(description="What the service says of itself", schema=MetaSchema)},
        tag="meta",
    ),
    public(
        name="read_openapi",
        path="/openapi.json",
        view=openapi,
        summary="This document",
        gives={200: Gives(description="OpenAPI 3.1", media=JSON)},
        tag="meta",
    ),
    public(
        name="read_health",
        path="/healthz",
        view=alive,
        summary="Whether the process answers",
        gives={200: Gives(description="It does", schema=AliveSchema)},
        tag="meta",
    ),
    public(
        name="read_readiness",
        path="/readyz",
        view=ready,
        summary="Whether the database may be served",
        gives={200: Gives(description="It may", schema=AliveSchema)},
        tag="meta",
    ),
)
