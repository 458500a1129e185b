"""What is sent to the HTTP door by mistake or to harm, and what each is answered."""

from dataclasses import dataclass, field
from typing import Any

from tests.wire import JSON

CLIENTS = "/v1/clients"
GOOD = '"birth_year": 1962, "sex": "unknown", "area": "08"'
CLIENT = f'{{"reference": "R-1", {GOOD}}}'.encode()
KIB = 1024
NOT_JSON = (("not-json", ""),)
NO_OBJECT = (("wrong-type", ""),)


@dataclass(frozen=True, slots=True)
class Bad:
    """A call and the problem that answers it: status, code, and the code and place of each fault.

    A header that is None is left out.
    """

    status: int
    code: str
    body: bytes = field(default=CLIENT, repr=False)
    faults: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str | None] = field(default_factory=dict)
    path: str = CLIENTS
    method: str = "POST"


def unreadable(body: bytes) -> Bad:
    return Bad(400, "not-json", body, NOT_JSON)


def invalid(text: str, *faults: tuple[str, str]) -> Bad:
    return Bad(422, "invalid-request", text.encode(), faults)


def typed(content_type: str | None, body: bytes = CLIENT) -> Bad:
    return Bad(415, "media-type-refused", body, headers={"Content-Type": content_type})


def number(text: str) -> Bad:
    return unreadable(CLIENT.replace(b"1962", text.encode()))


def asked(query: str, fault: str, where: str) -> Bad:
    return Bad(422, "invalid-request", faults=((fault, where),), path=f"{CLIENTS}?{query}")


def without(name: str, status: int, code: str, **call: Any) -> Bad:  # noqa: ANN401 - Bad's own
    return Bad(status, code, headers={name: None}, **call)


CORPUS = {
    "wrong types": invalid(
        '{"reference": 5, "birth_year": "1962", "sex": 1, "area": ["08"]}',
        *(("wrong-type", f"/{name}") for name in ("reference", "birth_year", "sex", "area")),
    ),
    "true for a number": invalid(
        CLIENT.decode().replace("1962", "true"), ("wrong-type", "/birth_year")
    ),
    "half a year": invalid(
        CLIENT.decode().replace("1962", "1962.5"), ("wrong-type", "/birth_year")
    ),
    "an array": invalid(f"[{CLIENT.decode()}]", *NO_OBJECT),
    "a text": invalid('"client"', *NO_OBJECT),
    "null": invalid("null", *NO_OBJECT),
    "nothing in an object": invalid(
        "{}", *(("field-missing", f"/{name}") for name in ("birth_year", "sex", "area"))
    ),
    "a key twice": invalid(
        f'{{"reference": "R-1", "reference": "R-2", {GOOD}}}', ("duplicate-key", "/reference")
    ),
    "an unknown field": invalid(
        f'{{"reference": "R-1", "colour": "red", {GOOD}}}', ("unknown-field", "/colour")
    ),
    "an identity code for a name": invalid(
        f'{{"reference": "R-1", "131052-900W": 1, {GOOD}}}', ("unknown-field", "")
    ),
    "a lone surrogate": invalid(
        f'{{"reference": "\\ud800", {GOOD}}}', ("wrong-type", "/reference")
    ),
    "a zero byte": invalid(f'{{"reference": "\\u0000", {GOOD}}}', ("wrong-type", "/reference")),
    "depth 20, the deepest that is read": invalid("[" * 20 + "]" * 20, *NO_OBJECT),
    "depth 21": unreadable(b"[" * 21 + b"]" * 21),
    "100,000 brackets": unreadable(b"[" * 100_000),
    "100,000 objects": unreadable(b'{"a":' * 50_000),
    "NaN": number("NaN"),
    "Infinity": number("Infinity"),
    "minus Infinity": number("-Infinity"),
    "1e999": number("1e999"),
    "5,000 digits": number("9" * 5_000),
    "a number with a zero in front": number("01962"),
    "an encoded surrogate": unreadable(CLIENT.replace(b"R-1", b"\xed\xa0\x80")),
    "half of it": unreadable(CLIENT[:30]),
    "something behind it": unreadable(CLIENT + b"{}"),
    "nothing": unreadable(b""),
    "csv": unreadable(b"reference,birth_year\nR-1,1962\n"),
    "utf-16 unsaid": unreadable(CLIENT.decode().encode("utf-16")),
    "latin-1 unsaid": unreadable('{"reference": "ä"}'.encode("latin-1")),
    "compressed": unreadable(b"\x1f\x8b\x08\x00" + CLIENT),
    "utf-16 said": typed(f"{JSON}; charset=utf-16", CLIENT.decode().encode("utf-16")),
    "latin-1 said": typed(f"{JSON}; charset=latin-1"),
    "csv said": typed("text/csv", b"reference,birth_year\nR-1,1962\n"),
    "a form": typed("application/x-www-form-urlencoded", b"reference=R-1&birth_year=1962"),
    "a form of parts": typed("multipart/form-data; boundary=x", b"--x--\r\n"),
    "lines of JSON": typed("application/x-ndjson"),
    "a kind unsaid": typed(None),
    "more than is taken": Bad(413, "too-large", b" " * (256 * KIB) + CLIENT),
    "an unknown parameter": asked("colour=red", "unknown-parameter", "?colour"),
    "an identity code for a parameter": asked("131052-900W=1", "unknown-parameter", "?"),
    "no key": without("Idempotency-Key", 400, "idempotency-key-missing"),
    "a key of 129 signs": Bad(
        400, "idempotency-key-missing", headers={"Idempotency-Key": "k" * 129}
    ),
    "a key with a blank": Bad(400, "idempotency-key-missing", headers={"Idempotency-Key": "a b"}),
    "no version": without(
        "If-Match", 428, "version-missing", method="PATCH", path="/v1/episodes/{episode}"
    ),
    "a version that is none": Bad(
        428,
        "version-missing",
        headers={"If-Match": "*"},
        method="PATCH",
        path="/v1/episodes/{episode}",
    ),
    "a way of answering that is none": Bad(406, "not-acceptable", headers={"Accept": "image/png"}),
    "a method that is none here": Bad(405, "method-not-allowed", method="DELETE"),
    "an address that is none": Bad(404, "not-found", path="/v1/persons"),
}
