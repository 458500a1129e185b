"""Writes an answer by the schema declared for its status, or bytes as they are."""

import json
from functools import cache

from flask import Response
from marshmallow import Schema

from akva.api.operation import Answer, Operation


def response(operation: Operation, answer: Answer) -> Response:
    """Give the response; a status that the operation does not declare is a fault of ours."""
    gives = operation.gives[answer.status]
    if gives.schema is None:
        return Response(
            answer.body if isinstance(answer.body, bytes) else b"",
            answer.status,
            mimetype=gives.media,
            headers=dict(answer.headers),
        )
    plain = schema_of(gives.schema).dump(answer.body)
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False)
    return Response(text, answer.status, mimetype=gives.media, headers=dict(answer.headers))


@cache
def schema_of(kind: type[Schema]) -> Schema:
    """Build each schema once, when something is first shown by it."""
    return kind()
