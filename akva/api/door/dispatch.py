"""The way through the door: each step may raise; one place turns what was raised into a problem."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, g, request
from werkzeug.exceptions import HTTPException

from akva.api.door import answering, bodies, callers, headers, languages, problems
from akva.api.door.buckets import Allowance, Buckets
from akva.api.operation import Answer, Asked, Operation
from akva.errors import TooMany
from akva.journal import Journal
from akva.model.actors import Actor
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
    seconds: Callable[[], float]
    document: bytes

    def hang(self, app: Flask) -> None:
        """Hang the steps before and after every call into the application."""
        app.before_request(self._begin)
        app.register_error_handler(Exception, self._refuse)
        app.after_request(self._end)

    def through(self, operation: Operation) -> Callable[..., Response]:
        """Make the function that Flask calls for an operation."""

        def called(**ids: UUID | int | str) -> Response:
            return self._answer(operation, request, ids)

        return called

    def _answer(self, operation: Operation, call: Request, ids: dict[str, Any]) -> Response:
        caller = callers.known(call, self.akva)
        g.actor, g.allowance = caller.actor, self.buckets.take(caller.name)
        if refused := too_many(g.allowance):
            raise refused
        callers.refuse_others(caller.actor, operation)
        headers.refuse_unacceptable(call, operation)
        query, version = headers.query(call, operation), headers.version(call, operation)
        body = bodies.sent(call, operation.takes)
        asked = Asked(
            akva=self.akva,
            settings=self.settings,
            actor=caller.actor,
            query=query,
            sent=body,
            once=headers.once(call, operation, body),
            version=version,
            language=g.language,
            document=self.document,
        )
        answer: Answer = operation.view(asked, **ids)
        g.log_index = answer.log_index
        return answering.response(operation, answer)

    def _begin(self) -> None:
        g.request_id, g.language, g.began = new_id(), languages.wanted(request), self.seconds()
        g.actor = g.allowance = g.log_index = g.code = None

    def _refuse(self, error: Exception) -> Response:
        """Answer any exception of a call with its problem."""
        ours = problems.of_http(error) if isinstance(error, HTTPException) else error
        if g.allowance is None:  # nobody was recognised, or there is no such address
            g.allowance = self.buckets.take(request.remote_addr or "")
            ours = too_many(g.allowance) or ours
        g.code = problems.found(ours).code
        if problems.found(ours).status >= problems.OURS_FROM:
            self.journal.told("fault", request=g.request_id, code=g.code, place=place_of(error))
        return problems.response(ours, g.request_id, g.language)

    def _end(self, answer: Response) -> Response:
        """Add what every answer says of itself, and tell the journal."""
        answer.headers.update(headers.SECURITY)
        answer.headers["X-Request-Id"] = str(g.request_id)
        allowance: Allowance | None = g.allowance
        if allowance is not None:
            answer.headers.update(allowance.headers)
        actor: Actor | None = g.actor
        self.journal.told(
            "call",
            request=g.request_id,
            method=request.method if request.url_rule else None,
            route=request.url_rule.rule if request.url_rule else None,
            status=answer.status_code,
            ms=round(1000 * (self.seconds() - g.began)),
            actor=actor.id if actor else None,
            provider=actor.provider_id if actor else None,
            code=g.code,
            log_index=g.log_index,
        )
        return answer


def too_many(allowance: Allowance) -> TooMany | None:
    if not allowance.retry_after:
        return None
    return TooMany("too many calls in a short time", retry_after=allowance.retry_after)


def place_of(error: Exception) -> str:
    """Tell what was raised, and in which line of which module; what it said is not repeated."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return type(error).__name__
    return f"{type(error).__name__} {frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}"
