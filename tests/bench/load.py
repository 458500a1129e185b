"""A closed loop: so many connections, each asking again as soon as it is answered.

It speaks HTTP over plain sockets from processes of its own, because what it spends is taken from
the server: the two share the processor. A connection is kept for as long as the server keeps it.
"""

import socket
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from statistics import quantiles
from time import perf_counter
from uuid import uuid4

PATIENCE = 60.0  # seconds for one answer


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, on how many connections; every request gets a key of its own.

    With `seconds` the bodies are sent again and again until the time is over; else each once.
    """

    port: int
    path: str
    token: str
    bodies: tuple[bytes, ...]
    connections: int
    seconds: float | None = None
    media: str = "application/json"
    expected: int = 201

    def of(self, connection: int) -> Iterable[bytes]:
        """Deal the bodies out to the connections."""
        own = self.bodies[connection :: self.connections]
        return own if self.seconds is None else cycle(own)

    def request(self, body: bytes) -> bytes:
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\nIdempotency-Key: {uuid4().hex}\r\n"
            f"Accept: application/json\r\nContent-Type: {self.media}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@dataclass(frozen=True, slots=True)
class Measured:
    per_second: float
    p50: float  # seconds
    p99: float
    asked: int


class Connection:
    """One connection, opened anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes, expected: int) -> None:
        """Send a request and read its whole answer; RuntimeError for another status."""
        opened = self._socket or socket.create_connection(("127.0.0.1", self._port), PATIENCE)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.sendall(request)
        head, _, body = read_head(opened)
        fields = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in head[1:])
        }
        left = int(fields[b"content-length"]) - len(body)
        while left > 0:
            part = receive(opened)
            body, left = body + part, left - len(part)
        closing = fields.get(b"connection", b"").lower() == b"close"
        self._socket = None if closing else opened
        if closing:
            opened.close()
        if int(head[0].split()[1]) != expected:
            raise RuntimeError(f"answered {head[0]!r}: {body[:500]!r}")

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()


def read_head(opened: socket.socket) -> tuple[list[bytes], bytes, bytes]:
    got = b""
    while b"\r\n\r\n" not in got:
        got += receive(opened)
    head, gap, body = got.partition(b"\r\n\r\n")
    return head.split(b"\r\n"), gap, body


def receive(opened: socket.socket) -> bytes:
    part = opened.recv(65_536)
    if not part:
        raise RuntimeError("the server hung up in the middle of an answer")
    return part


def one_connection(asking: Asking, nth: int) -> tuple[float, list[float]]:
    """Ask until time or bodies are over; give how long it took, and how long each answer took."""
    connection, took = Connection(asking.port), list[float]()
    began = perf_counter()
    for body in asking.of(nth):
        request, start = asking.request(body), perf_counter()
        connection.ask(request, asking.expected)
        took.append(perf_counter() - start)
        if asking.seconds is not None and perf_counter() - began > asking.seconds:
            break
    connection.close()
    return perf_counter() - began, took


def some_connections(asking: Asking, places: Sequence[int]) -> list[tuple[float, list[float]]]:
    with ThreadPoolExecutor(len(places)) as threads:
        return list(threads.map(partial(one_connection, asking), places))


def measure(processes: Executor, asking: Asking) -> Measured:
    """Ask on all connections at once, shared between two processes."""
    places = [list(range(half, asking.connections, 2)) for half in (0, 1)]
    jobs = [processes.submit(some_connections, asking, some) for some in places if some]
    runs = [run for job in jobs for run in job.result()]
    took = [one for _, answers in runs for one in answers]
    cuts = quantiles(took, n=100, method="inclusive")
    return Measured(
        per_second=sum(len(answers) / long for long, answers in runs),
        p50=cuts[49],
        p99=cuts[98],
        asked=len(took),
    )
