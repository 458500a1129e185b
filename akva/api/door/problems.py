"""Turns exceptions into problems (RFC 9457): code, status, every fault, in the reader's words."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.exceptions import NotFound as HTTPNotFound

from akva.api.door import languages
from akva.api.operation import PROBLEM
from akva.errors import (
    AkvaError,
    InvalidRequest,
    MethodRefused,
    NotAuthenticated,
    NotFound,
    TooMany,
)
from akva.problems.table import PROBLEMS, Problem, problem_of

OURS_FROM = 500


def of_http(error: HTTPException) -> AkvaError:
    """Read a failure of routing as one of ours."""
    if isinstance(error, MethodNotAllowed):
        return MethodRefused(", ".join(sorted(error.valid_methods or ())))
    if isinstance(error, HTTPNotFound):
        return NotFound("there is no such address")
    return AkvaError("nobody foresaw this")


def found(error: Exception) -> Problem:
    """Find what the table says; of what nobody foresaw it says a fault of ours."""
    return problem_of(error) or PROBLEMS[AkvaError]


def response(error: Exception, request_id: UUID, language: str) -> Response:
    """Write the problem; a fault of ours goes out without details."""
    problem = found(error)
    told = problem.status < OURS_FROM
    body: dict[str, Any] = {
        "type": problem.type,
        "title": languages.title(language, problem),
        "status": problem.status,
        "code": problem.code,
        "detail": languages.detail(language, problem, str(error) if told else ""),
        "next_step": languages.next_step(language, problem),
        "instance": request_id.urn,
        "errors": [languages.fault(language, fault) for fault in faults_of(error)],
    }
    answer = Response(json.dumps(body, ensure_ascii=False), problem.status, mimetype=PROBLEM)
    answer.headers.update({"Content-Language": language, **headers(error)})
    return answer


def faults_of(error: Exception) -> tuple[Any, ...]:
    return error.faults if isinstance(error, InvalidRequest) else ()


def headers(error: Exception) -> Mapping[str, str]:
    match error:
        case MethodRefused():
            return {"Allow": error.allow}
        case TooMany():
            return {"Retry-After": str(error.retry_after)}
        case NotAuthenticated():
            return {"WWW-Authenticate": 'Bearer realm="akva"'}
        case _:
            return {}
