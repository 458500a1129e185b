"""A small client of the HTTP door: one call on one connection, and the answer as it came."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from uuid import uuid4

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until a call that nobody answers fails
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Told:
    """What the server answered; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:  # noqa: ANN401 - parsed JSON
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """Tell the code of a problem, None of what is none."""
        problem = "problem+json" in self.headers.get("content-type", "")
        return self.json["code"] if problem else None


@dataclass(frozen=True, slots=True)
class Wire:
    """Calls a server on a port in somebody's name."""

    port: int
    token: str | None = field(default=None, repr=False)

    def get(self, path: str, **headers: str) -> Told:
        return self.call("GET", path, headers=headers)

    def post(self, path: str, value: object, *, key: str | None = None) -> Told:
        """Send a write, under a fresh key unless one is given."""
        return self.call("POST", path, json.dumps(value).encode(), keyed(key))

    def made(self, path: str, value: object) -> Any:  # noqa: ANN401 - parsed JSON
        """Send a write that must succeed, and read its answer."""
        told = self.post(path, value)
        assert told.status == 201, told.body
        return told.json

    def call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Told:
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {**self.bearer, **(headers or {})})
            return told(connection.getresponse())
        finally:
            connection.close()

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def head(self, method: str, path: str, **headers: str) -> bytes:
        """Write the head of a call as it goes over the wire, for sending by hand."""
        given = {"Host": HOST, **self.bearer, **headers}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {text}" for name, text in given.items())]
        return "\r\n".join([*lines, "", ""]).encode()

    def connect(self) -> socket.socket:
        return socket.create_connection((HOST, self.port), PATIENCE)


def keyed(key: str | None = None) -> dict[str, str]:
    """Give the headers of a write."""
    return {"Content-Type": JSON, "Idempotency-Key": key or str(uuid4())}


def told(response: HTTPResponse) -> Told:
    headers = {name.lower(): text for name, text in response.getheaders()}
    return Told(response.status, headers, response.read())


def answer(connection: socket.socket) -> Told:
    """Read the answer to what was sent by hand."""
    response = HTTPResponse(connection)
    response.begin()
    return told(response)
