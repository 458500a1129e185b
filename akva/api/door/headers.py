"""What a call's headers and query must say, and what every answer's headers say."""

import re
from collections.abc import Mapping

from flask import Request

from akva.api.operation import Operation
from akva.errors import Fault, InvalidRequest, KeyMissing, NotAcceptable, VersionMissing
from akva.formats.schemas.faults import NAME
from akva.service.once import Once

KEY = re.compile(r"[\x21-\x7e]{1,128}", re.ASCII)
VERSION = re.compile(r'"([1-9][0-9]{0,8})"', re.ASCII)

SECURITY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


def once(request: Request, operation: Operation, body: bytes) -> Once | None:
    """Read the key under which a write is done once; raises KeyMissing."""
    if not operation.writes:
        return None
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise KeyMissing("a write needs an Idempotency-Key of 1 to 128 visible characters")
    said = "\n".join((operation.method, request.full_path, request.headers.get("If-Match", "")))
    return Once(key, said.encode() + b"\n" + body)


def version(request: Request, operation: Operation) -> int | None:
    """Read the version that a change was made of; raises VersionMissing."""
    if not operation.versioned:
        return None
    found = VERSION.fullmatch(request.headers.get("If-Match", ""))
    if found is None:
        raise VersionMissing("a change needs If-Match with the ETag that was read")
    return int(found[1])


def query(request: Request, operation: Operation) -> Mapping[str, str]:
    """Read the query; raises InvalidRequest for what is unknown, doubled or lacking."""
    given = request.args.to_dict(flat=False)
    faults = [
        *(strange(name, operation) for name in given if name not in operation.query),
        *(
            Fault("duplicate-parameter", f"?{name}", "this stands twice", "give it once")
            for name, values in given.items()
            if name in operation.query and len(values) > 1
        ),
        *(
            Fault("parameter-missing", f"?{name}", "this parameter is needed", "add it")
            for name, parameter in operation.query.items()
            if parameter.needed and name not in given
        ),
    ]
    if faults:
        raise InvalidRequest(*faults)
    return {name: values[0] for name, values in given.items()}


def strange(name: str, operation: Operation) -> Fault:
    known = ", ".join(operation.query) or "none"
    where = f"?{name}" if NAME.fullmatch(name) else "?"
    return Fault(
        "unknown-parameter", where, "there is no such parameter", f"those known here: {known}"
    )


def refuse_unacceptable(request: Request, operation: Operation) -> None:
    """Raise NotAcceptable where the caller takes none of what the operation gives."""
    accepted = request.accept_mimetypes
    if accepted and accepted.best_match(operation.media) is None:
        raise NotAcceptable(f"this gives {' or '.join(operation.media)}")
