"""Who calls: a bearer token, looked up at every call, so that a revoked one is dead at once."""

from dataclasses import dataclass

from flask import Request

from akva.api.operation import Operation
from akva.errors import NotAllowed, NotAuthenticated
from akva.model.actors import Actor
from akva.wiring import Akva

SCHEME = "bearer"


@dataclass(frozen=True, slots=True)
class Known:
    """`name` is what the allowance is counted by: the token, or the address of who has none."""

    actor: Actor | None
    name: str


def known(request: Request, akva: Akva) -> Known:
    """Find who calls; raises NotAuthenticated for a token that is not, or no longer, valid."""
    given = request.authorization
    if given is None and "Authorization" not in request.headers:
        return Known(None, request.remote_addr or "")
    if given is None or given.type != SCHEME or not given.token:
        raise NotAuthenticated("this needs a valid token")
    caller = akva.access.caller(given.token)
    return Known(caller.actor, str(caller.token_id))


def refuse_others(actor: Actor | None, operation: Operation) -> None:
    """Raise NotAuthenticated or NotAllowed unless the table of operations lets this caller in."""
    if operation.public:
        return
    if actor is None:
        raise NotAuthenticated("this needs a valid token")
    if actor.role not in operation.roles:
        raise NotAllowed(f"this needs the role {' or '.join(sorted(operation.roles))}")
