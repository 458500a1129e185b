"""Reads a request's body: its kind and its size are looked at before a byte is read."""

from flask import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from akva.api.operation import Takes
from akva.errors import Fault, MediaTypeRefused, NotJson, TooLarge

CHARSETS = {None, "utf-8", "utf8"}


def sent(request: Request, takes: Takes | None) -> bytes:
    """Give the body; raises MediaTypeRefused, TooLarge, NotJson where it was cut short."""
    if takes is None:
        return b""
    kind, charset = request.mimetype, request.mimetype_params.get("charset")
    if kind != takes.media or (charset and charset.lower()) not in CHARSETS:
        raise MediaTypeRefused(f"the body must be {takes.media} in UTF-8")
    announced = request.content_length
    if announced is not None and announced > takes.limit:
        raise TooLarge(f"the body may have {takes.limit} bytes")
    request.max_content_length = takes.limit + 1  # a body that says no length is cut off there
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise TooLarge(f"the body may have {takes.limit} bytes") from None
    except (ClientDisconnected, OSError):
        raise cut_short() from None
    if len(body) > takes.limit:
        raise TooLarge(f"the body may have {takes.limit} bytes")
    if announced is not None and len(body) < announced:
        raise cut_short()
    return body


def cut_short() -> NotJson:
    return NotJson(
        Fault("not-json", "", "the body ends before its announced length", "send it again")
    )
