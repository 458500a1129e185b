"""What a call's headers, query and body must say before any use case is asked."""

from io import BytesIO
from typing import Any

import pytest
from flask import Request
from marshmallow import Schema
from werkzeug.test import EnvironBuilder

from akva.api.door import bodies, headers, languages
from akva.api.operation import JSON, NOBODY, Answer, Gives, Operation, Query, Takes, Tenancy, etag
from akva.errors import (
    InvalidRequest,
    KeyMissing,
    MediaTypeRefused,
    NotAcceptable,
    NotJson,
    TooLarge,
    VersionMissing,
)

LIMIT = 100


def an_operation(method: str = "POST", **changes: Any) -> Operation:  # noqa: ANN401
    given: dict[str, Any] = {
        "name": "try",
        "method": method,
        "path": "/try",
        "view": Answer,
        "summary": "",
        "roles": NOBODY,
        "tenancy": Tenancy.NONE,
        "gives": {200: Gives(description="")},
        "takes": Takes(schema=Schema, examples={}, limit=LIMIT),
    }
    return Operation(**(given | changes))


def a_request(**given: Any) -> Request:  # noqa: ANN401
    return Request(EnvironBuilder(path="/try", **given).get_environ())


@pytest.mark.parametrize("key", ["a", "!" * 128, "01900000-0000-7000-8000-000000000001"])
def test_a_write_is_known_by_its_key_and_by_all_that_was_sent(key: str) -> None:
    call = a_request(method="POST", headers={"Idempotency-Key": key}, query_string="dry_run=true")

    once = headers.once(call, an_operation(), b"{}")

    assert once is not None
    assert (key, b"POST\n/try?dry_run=true\n\n{}") == (once.key, once.content)


@pytest.mark.parametrize("key", ["", " ", "a b", "!" * 129, "ä", "a\tb"])
def test_a_write_without_a_plain_key_is_refused(key: str) -> None:
    call = a_request(method="POST", headers={"Idempotency-Key": key})

    with pytest.raises(KeyMissing):
        headers.once(call, an_operation(), b"")


def test_a_read_needs_no_key() -> None:
    assert headers.once(a_request(), an_operation("GET"), b"") is None


def test_a_change_says_which_version_it_was_made_of() -> None:
    call = a_request(method="PATCH", headers={"If-Match": etag(7)})

    assert 7 == headers.version(call, an_operation("PATCH", versioned=True))


@pytest.mark.parametrize("said", ["", "7", 'W/"7"', '"0"', '"x"', "*", '"1", "2"', '"9999999999"'])
def test_a_change_of_no_version_is_refused(said: str) -> None:
    call = a_request(method="PATCH", headers={"If-Match": said})

    with pytest.raises(VersionMissing):
        headers.version(call, an_operation("PATCH", versioned=True))


def test_all_that_is_wrong_with_a_query_is_said_at_once() -> None:
    operation = an_operation(
        "GET",
        query={"after": Query(description=""), "year": Query(description="", needed=True)},
    )
    call = a_request(query_string="after=1&after=2&aftr=3&010594Y9032=4")

    with pytest.raises(InvalidRequest) as refused:
        headers.query(call, operation)

    assert [
        ("unknown-parameter", "?aftr"),
        ("unknown-parameter", "?"),
        ("duplicate-parameter", "?after"),
        ("parameter-missing", "?year"),
    ] == [(fault.code, fault.where) for fault in refused.value.faults]


@pytest.mark.parametrize("accept", ["text/csv", "image/*", "application/xml;q=0.9"])
def test_who_takes_nothing_of_what_is_given_is_told(accept: str) -> None:
    with pytest.raises(NotAcceptable):
        headers.refuse_unacceptable(a_request(headers={"Accept": accept}), an_operation())


@pytest.mark.parametrize("accept", [None, "", "*/*", "application/*", "text/html, */*;q=0.1"])
def test_who_takes_anything_gets_what_there_is(accept: str | None) -> None:
    given = {} if accept is None else {"Accept": accept}

    headers.refuse_unacceptable(a_request(headers=given), an_operation())


@pytest.mark.parametrize(
    "kind",
    ["text/csv", "text/plain", "application/x-www-form-urlencoded", "", f"{JSON}; charset=utf-16"],
)
def test_a_body_of_another_kind_is_not_read(kind: str) -> None:
    call = a_request(method="POST", content_type=kind, data=b"{}")

    with pytest.raises(MediaTypeRefused):
        bodies.sent(call, an_operation().takes)


@pytest.mark.parametrize("kind", [JSON, f"{JSON}; charset=UTF-8", "Application/JSON"])
def test_a_body_of_the_right_kind_is_read_whole(kind: str) -> None:
    call = a_request(method="POST", content_type=kind, data=b" " * LIMIT)

    assert b" " * LIMIT == bodies.sent(call, an_operation().takes)


class Unread(BytesIO):
    """A body that must not be touched."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("read before its size was looked at")


def a_stream(stream: BytesIO, **environ: object) -> Request:
    given = EnvironBuilder(path="/try", method="POST", content_type=JSON).get_environ()
    given.pop("CONTENT_LENGTH", None)
    return Request(given | {"wsgi.input": stream} | environ)


def test_a_body_that_announces_too_much_is_not_read() -> None:
    with pytest.raises(TooLarge):
        bodies.sent(a_stream(Unread(), CONTENT_LENGTH="1000000000"), an_operation().takes)


def test_a_body_that_announces_nothing_is_read_to_the_limit() -> None:
    call = a_stream(BytesIO(b" " * (LIMIT + 1)), **{"wsgi.input_terminated": True})

    with pytest.raises(TooLarge):
        bodies.sent(call, an_operation().takes)


def test_a_body_that_was_cut_short_is_told() -> None:
    with pytest.raises(NotJson):
        bodies.sent(a_stream(BytesIO(b'{"a": '), CONTENT_LENGTH="20"), an_operation().takes)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        (None, "fi"),
        ("sv", "sv"),
        ("en-GB, sv;q=0.5", "en"),
        ("de", "fi"),
        ("sv-FI;q=0.8, fi;q=0.2", "sv"),
        ("*", "fi"),
    ],
)
def test_words_come_in_the_language_liked_best_finnish_first(
    said: str | None, language: str
) -> None:
    given = {} if said is None else {"Accept-Language": said}

    assert language == languages.wanted(a_request(headers=given))
