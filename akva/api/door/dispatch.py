"""The way through the door: each step may raise, and every exception becomes a problem in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, g, request
from werkzeug.exceptions import HTTPException

from akva.api.door import bodies, callers, headers, languages, problems, shown
from akva.api.door.buckets import Allowance, Buckets
from akva.api.operation import Answer, Asked, Operation
from akva.errors import TooMany
from akva.journal import Journal
from akva.model.ids import new_id
from akva.settings import Settings
from akva.wiring import Akva


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What every call is given: the service, the settings, the allowances and the journal."""

    akva: Akva
    settings: Settings
    buckets: Buckets
    journal: Journal

    def through(self, operation: Operation) -> Callable[..., Response]:
        """Make the function that Flask calls for an operation."""

        def called(**ids: UUID | int | str) -> Response:
            return self._answer(operation, request, ids)

        return called

    def _answer(self, operation: Operation, call: Request, ids: dict[str, Any]) -> Response:
        caller = callers.known(call, self.akva)
        g.actor = caller.actor
        g.allowance = allowance = self.buckets.take(caller.name)
        if allowance.retry_after:
            raise TooMany("too many calls in a short time", retry_after=allowance.retry_after)
        callers.refuse_others(caller.actor, operation)
        headers.refuse_unacceptable(call, operation)
        query = headers.query(call, operation)
        version = headers.version(call, operation)
        body = bodies.sent(call, operation.takes)
        asked = Asked(
            akva=self.akva,
            settings=self.settings,
            actor=caller.actor,
            query=query,
            sent=body,
            once=headers.once(call, operation, body),
            version=version,
        )
        answer: Answer = operation.view(asked, **ids)
        g.log_index = answer.log_index
        return shown.response(operation, answer)


def begin() -> None:
    g.request_id, g.language = new_id(), languages.wanted(request)
    g.actor = g.allowance = g.log_index = g.code = None


def refused(error: Exception) -> Response:
    """Answer any exception of a call with its problem."""
    ours = problems.of_http(error) if isinstance(error, HTTPException) else error
    g.code = problems.found(ours).code
    return problems.response(ours, g.request_id, g.language)


def ended(answer: Response) -> Response:
    """Add what every answer says of itself."""
    answer.headers.update(headers.SECURITY)
    answer.headers["X-Request-Id"] = str(g.request_id)
    allowance: Allowance | None = g.allowance
    if allowance is not None:
        answer.headers.update(allowance.headers)
    return answer


def hang(app: Flask) -> None:
    """Hang the steps before and after every call into the application."""
    app.before_request(begin)
    app.register_error_handler(Exception, refused)
    app.after_request(ended)
