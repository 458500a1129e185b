"""The headers of calls and answers, as the document describes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from akva.words import LANGUAGES

TEXT = {"type": "string"}
NUMBER = {"type": "integer", "minimum": 0}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each write; sent again, it gives the first result",
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that was read",
    "schema": {"type": "string", "pattern": '^"[1-9][0-9]{0,8}"$'},
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "Of the words of a problem: fi, sv or en; Finnish without it",
    "schema": TEXT,
}
ALWAYS = ("X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
MEANINGS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "X-Request-Id": ("Names this call in the journal", {"type": "string", "format": "uuid"}),
    "RateLimit-Limit": ("How many calls may be made in one go", NUMBER),
    "RateLimit-Remaining": ("How many are left", NUMBER),
    "RateLimit-Reset": ("Seconds until all may be made again", NUMBER),
    "Retry-After": ("Seconds until one more may be made", NUMBER),
    "Content-Language": ("Of the words", {"type": "string", "enum": [*LANGUAGES]}),
    "Location": ("Where what was made is read", TEXT),
    "ETag": ("The version; If-Match of a change", TEXT),
    "Content-Disposition": ("A name to keep it under", TEXT),
    "Allow": ("The methods of this address", TEXT),
    "WWW-Authenticate": ("The scheme by which to say who calls", TEXT),
}
OF_PROBLEMS: Mapping[int | None, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    429: ("Retry-After",),
}


def components() -> dict[str, dict[str, Any]]:
    """Describe every header once, for the answers to refer to."""
    return {
        name: {"description": meaning, "schema": dict(schema)}
        for name, (meaning, schema) in MEANINGS.items()
    }


def of_answer(names: Iterable[str]) -> dict[str, str]:
    """Refer to the headers of an answer, those of every answer among them."""
    return {name: name for name in (*ALWAYS, *names)}
