"""The HTTP door of a real service, with a token for everybody who works there."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from akva.app import create_app
from akva.journal import journal
from akva.model.actors import Role
from tests.clocks import TickingClock
from tests.house import House, opened

NOWHERE = "01900000-0000-7000-8000-00000000dead"
DAYS = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered."""

    status_code: int
    headers: Headers
    mimetype: str | None
    text: str = field(repr=False)

    @property
    def json(self) -> Any:  # noqa: ANN401 - parsed JSON
        return json.loads(self.text)


def told(answer: TestResponse) -> Told:
    return Told(answer.status_code, answer.headers, answer.mimetype, answer.text)


@dataclass(frozen=True, slots=True)
class AtDoor:
    """Calls with a token, and with a new key for each write unless one is given."""

    house: House
    client: FlaskClient
    tokens: Mapping[str, str]
    keys: Iterator[int] = field(default_factory=count)

    def get(self, path: str, by: str | None = "recorder", **headers: str) -> Told:
        return told(self.client.get(path, headers=self._headers(by, headers)))

    def post(
        self, path: str, body: object = None, by: str | None = "recorder", **headers: str
    ) -> Told:
        return self.send("POST", path, body, by, **headers)

    def send(
        self, method: str, path: str, body: object, by: str | None = "recorder", **headers: str
    ) -> Told:
        """Send JSON; bytes go out as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {"Idempotency_Key": f"key-{next(self.keys)}", **headers}
        kind = named.pop("Content_Type", "application/json")
        headers = self._headers(by, named)
        return told(
            self.client.open(path, method=method, data=data, content_type=kind, headers=headers)
        )

    def _headers(self, by: str | None, given: Mapping[str, str]) -> dict[str, str]:
        headers = {"Accept-Language": "en"}
        if by is not None:
            headers["Authorization"] = f"Bearer {self.tokens[by]}"
        return headers | {name.replace("_", "-"): value for name, value in given.items()}

    def made(self, path: str, body: object) -> dict[str, Any]:
        """Send what must be accepted, and give the answer."""
        answer = self.post(path, body)
        assert 201 == answer.status_code, answer.text
        made: dict[str, Any] = answer.json
        return made


@contextmanager
def standing(address: str, clock: TickingClock, folder: Path) -> Iterator[AtDoor]:
    """Open a service with its door; times of calls come from the same clock as everything."""
    with opened(address, clock, folder) as house:
        access = house.akva.access
        auditor = access.add_actor(house.operator, Role.AUDITOR, "Kanaria Tarkastaja")
        people = {
            "operator": house.operator,
            "recorder": house.recorder,
            "verifier": house.verifier,
            "stranger": house.stranger,
            "drafter": house.drafter,
            "approver": house.approver,
            "auditor": auditor,
        }
        tokens = {
            name: access.issue(house.operator, one.id, days=DAYS).text
            for name, one in people.items()
        }
        app = create_app(house.akva, house.settings, journal(StringIO()))
        yield AtDoor(house, app.test_client(), tokens)


def problem(answer: Told) -> tuple[int, str, list[tuple[str, str]]]:
    """Give what a problem says: status, code, and each fault with its place."""
    assert "application/problem+json" == answer.mimetype, answer.text
    said = answer.json
    return answer.status_code, said["code"], [(one["code"], one["where"]) for one in said["errors"]]
