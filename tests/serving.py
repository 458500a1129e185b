"""The real `akva serve` on a database of a test: started, answering, and stopped by SIGTERM."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from select import select
from signal import SIGKILL
from typing import Any

from akva.model.actors import Actor, Role
from akva.settings import Settings
from akva.wiring import build
from tests.bench.bodies import identity
from tests.clocks import TickingClock
from tests.house import House, opened
from tests.serving_role import as_server
from tests.wire import HOST, Wire

PROGRAM = Path(sys.executable).with_name("akva")
BEFORE = datetime(2026, 6, 1, 9, tzinfo=UTC)  # what is there already was recorded in the past
READY, READY_WITHIN, STOPPED_WITHIN = b"answers on", 60, 60  # seconds, else the test fails
OFTEN = 1_000_000  # calls a minute: the allowance has tests of its own


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and the tokens of who may call, by what they do in the house."""

    port: int
    process: subprocess.Popen[bytes]
    tokens: Mapping[str, str]

    @property
    def base(self) -> str:
        return f"http://{HOST}:{self.port}"

    def wire(self, who: str | None = None) -> Wire:
        return Wire(self.port, self.tokens[who] if who else None)

    def stop(self) -> int:
        """Ask it to stop as an operator does, and give its exit code."""
        self.process.terminate()
        return self.process.wait(STOPPED_WITHIN)

    def kill(self) -> int:
        """End all its processes at once, as a loss of power does; give the exit code."""
        for one in family(self.process.pid):
            os.kill(one, SIGKILL)
        return self.process.wait(STOPPED_WITHIN)

    def peak_kib(self) -> int:
        """Tell the most memory that its processes have held, in sum; Linux alone."""
        return sum(peak(one) for one in family(self.process.pid))


def tokens_of(house: House) -> dict[str, str]:
    """Give everybody a token that is valid today, by the database's own clock.

    What is recorded after that by the house's clock would come before it: do that first.
    """
    people = people_of(house)
    akva = build(house.settings)
    tokens = {
        name: akva.access.issue(house.operator, one.id, days=1).text for name, one in people.items()
    }
    akva.database.close()
    return tokens


def people_of(house: House) -> dict[str, Actor]:
    add = house.akva.access.add_actor
    return {
        "recorder": house.recorder,
        "verifier": house.verifier,
        "stranger": house.stranger,
        "drafter": house.drafter,
        "approver": house.approver,
        "operator": house.operator,
        "researcher": add(house.operator, Role.RESEARCHER, "Kanaria Tutkija"),
        "auditor": add(house.operator, Role.AUDITOR, "Kanaria Tarkastaja"),
    }


@contextmanager
def opened_before(address: str, folder: Path) -> Iterator[House]:
    """Open a house whose record was begun in the past, so that a server's clock goes on."""
    with opened(address, TickingClock(BEFORE), folder) as house:
        yield house


@contextmanager
def serving(settings: Settings, tokens: Mapping[str, str]) -> Iterator[Served]:
    """Run `akva serve`; RuntimeError with what it said when it does not become ready."""
    port = free_port()
    environment = {
        **os.environ,
        "AKVA_DATABASE": as_server(settings.database),
        "AKVA_KEYS": str(settings.keys),
        "AKVA_RATE": str(OFTEN),
    }
    said = settings.keys.parent / f"served-{port}"
    with (
        said.open("wb") as out,
        subprocess.Popen(
            [PROGRAM, "serve", "--listen", f"{HOST}:{port}"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=out,
        ) as process,
    ):
        try:
            until_ready(process, said)
            yield Served(port, process, tokens)
        finally:
            end(process)


def until_ready(process: subprocess.Popen[bytes], said: Path) -> None:
    """Wait for the line that it prints when it answers, or for its end."""
    assert process.stdout is not None
    ready, _, _ = select([process.stdout], [], [], READY_WITHIN)
    if not ready or READY not in process.stdout.readline():
        raise RuntimeError(f"akva serve did not become ready:\n{said.read_text()}")


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        port: int = asked.getsockname()[1]
    return port


def family(process_id: int) -> list[int]:
    """Find a process and all that it started."""
    threads = Path(f"/proc/{process_id}/task").glob("*/children")
    started = [child for children in threads for child in read_ids(children)]
    return [process_id, *(one for child in started for one in family(child))]


def read_ids(path: Path) -> list[int]:
    return [int(one) for one in path.read_text().split()]


def peak(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1])


def a_person(nth: int) -> dict[str, Any]:
    """Give what tells the nth client: a report needs an identity code."""
    hetu = identity(nth)
    return {"hetu": hetu, "birth_year": 1900 + int(hetu[4:6]), "reference": f"R-{nth}"}
