"""Who asks too often waits, whether or not anybody knows who it is."""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from akva.app import create_app
from akva.journal import journal
from tests.clocks import TickingClock
from tests.house import House, opened

ALLOWED = 3


@pytest.fixture
def house(sqlite_address: str, clock: TickingClock, tmp_path: Path) -> Iterator[House]:
    with opened(sqlite_address, clock, tmp_path) as house:
        yield house


@pytest.fixture
def client(house: House) -> FlaskClient:
    settings = replace(house.settings, rate=ALLOWED)
    return create_app(house.akva, settings, journal(StringIO()), seconds=float).test_client()


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        ("/healthz", None, 200),
        ("/v1/nothing", None, 404),
        ("/v1/clients/no-id", None, 404),
        ("/v1/log/proof/0", None, 401),
        ("/v1/log/proof/0", "akva_" + "x" * 43, 401),
    ],
)
def test_an_address_has_so_many_calls(
    client: FlaskClient, path: str, token: str | None, status: int
) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    answers = [client.get(path, headers=headers) for _ in range(ALLOWED + 1)]

    assert [*[status] * ALLOWED, 429] == [answer.status_code for answer in answers]
    assert ["2", "1", "0", "0"] == [answer.headers["RateLimit-Remaining"] for answer in answers]
    assert "20" == answers[-1].headers["Retry-After"]


def test_who_is_known_has_calls_of_its_own(house: House, client: FlaskClient) -> None:
    token = house.akva.access.issue(house.operator, house.recorder.id, days=1).text
    for _ in range(ALLOWED + 1):
        client.get("/healthz")

    answer = client.get("/healthz", headers={"Authorization": f"Bearer {token}"})

    assert 200 == answer.status_code
