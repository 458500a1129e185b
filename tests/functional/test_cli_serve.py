"""`akva serve`: a real process that answers, and ends in order whatever ends it."""

import json
import os
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from akva.journal import KEYS
from tests.clocks import TickingClock
from tests.functional.sent import CLIENT
from tests.functional.server import Server, environ_of, started
from tests.functional.shell import Shell
from tests.house import opened
from tests.serving_role import as_server
from tests.wire import HOST, answer, keyed

CANARY = "KANARIA-010594Y9032"


def token_of(shell: Shell, who: str) -> str:
    issued = shell.json("token", "issue", shell.people[who], "--days", "1", by="operator")
    text: str = issued["token"]
    return text


def test_it_says_one_line_answers_and_ends_well(shell: Shell) -> None:
    with started(shell.folder, "serve", "--dir", str(shell.folder)) as server:
        health, ready = server.wire().get("/healthz"), server.wire().get("/readyz")
        code = server.end()

    assert (200, 200, 0) == (health.status, ready.status, code)
    assert (f"akva answers on http://{HOST}:{server.port}",) == server.said


def test_ctrl_c_ends_it_too(shell: Shell) -> None:
    with started(shell.folder, "serve", "--dir", str(shell.folder)) as server:
        code = server.end(signal.SIGINT)

    assert 0 == code


def test_a_call_that_runs_is_finished(shell: Shell) -> None:
    """The call is known to run, as the server has asked for its body."""
    body = json.dumps(CLIENT).encode()
    headers = {**keyed(), "Content-Length": str(len(body)), "Expect": "100-continue"}
    with started(shell.folder, "serve", "--dir", str(shell.folder)) as server:
        wire = server.wire(token_of(shell, "sender"))
        with wire.connect() as connection:
            connection.sendall(wire.head("POST", "/v1/clients", **headers))
            assert connection.recv(100).startswith(b"HTTP/1.1 100")
            server.process.terminate()
            until_refused(server.port)
            connection.sendall(body)
            made = answer(connection)
        code = server.end()

    assert (201, 0) == (made.status, code)


def until_refused(port: int) -> None:
    """Knock until nobody opens any more."""
    for _ in range(100_000):
        with socket.socket() as knocking:
            if knocking.connect_ex((HOST, port)):
                return
    raise TimeoutError("it goes on listening")


def test_the_journal_holds_listed_keys_and_nothing_of_a_call(shell: Shell) -> None:
    with started(shell.folder, "serve", "--dir", str(shell.folder)) as server:
        wire = server.wire(token_of(shell, "sender"))
        wire.get(f"/v1/clients/{CANARY}?hetu={CANARY}")
        wire.get(f"/{CANARY}", **{"User-Agent": CANARY, "X-Request-Id": CANARY})
        wire.call("POST", "/v1/clients", CANARY.encode(), keyed())
        server.end()

    errors = server.errors.read_text()
    lines = [json.loads(line) for line in errors.splitlines()]
    assert CANARY not in errors
    assert wire.token is not None
    assert wire.token not in errors
    assert 3 == len([line for line in lines if line["event"] == "call"])
    assert set() == set().union(*lines) - KEYS


def test_on_postgresql_several_processes_serve_as_the_role_that_may(
    postgresql_address: str, tmp_path: Path
) -> None:
    with opened(postgresql_address, TickingClock(), tmp_path) as house:
        keys = house.settings.keys
    environ = {
        "AKVA_DATABASE": as_server(postgresql_address),
        "AKVA_KEYS": str(keys),
        "AKVA_WORKERS": "2",
    }

    with started(tmp_path, "serve", environ=environ) as server:
        answers = {server.wire().get("/readyz").status for _ in range(20)}
        code = server.end()

    assert ({200}, 0) == (answers, code)


def test_who_has_no_token_is_counted_by_the_address_that_the_proxy_tells(shell: Shell) -> None:
    with started(shell.folder, "serve", environ=environ_of(shell.folder, AKVA_RATE="1")) as server:
        answers = [
            server.wire().get("/healthz", **{"X-Forwarded-For": caller}).status
            for caller in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
        ]

    assert [200, 429, 200] == answers


def test_a_process_that_dies_is_followed_by_another(shell: Shell) -> None:
    with started(shell.folder, "serve", "--dir", str(shell.folder)) as server:
        [worker] = workers(server.process.pid)
        os.kill(worker, signal.SIGKILL)
        followed = until_answered(server)
        code = server.end()

    assert (True, 0) == (followed, code)


def test_no_worker_outlives_the_first_process(shell: Shell) -> None:
    with started(shell.folder, "serve", "--dir", str(shell.folder)) as server:
        server.end(signal.SIGKILL)
        until_refused(server.port)


def workers(process_id: int) -> list[int]:
    """Find the processes that answer, among those that the first one started."""
    threads = Path(f"/proc/{process_id}/task").glob("*/children")
    children = [int(child) for file in threads for child in file.read_text().split()]
    return [one for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def until_answered(server: Server) -> bool:
    """Ask again and again; between two questions the first process may end."""
    for _ in range(300):
        try:
            if server.wire().get("/healthz").status == 200:
                return True
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                server.process.wait(0.1)
    return False
