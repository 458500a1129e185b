"""Starts a server as its user would, waits until it answers, and counts what it spends."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE, STEP = 200, 0.1  # tries, seconds
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where it listens, and the first of its processes."""

    port: int
    process_id: int

    def spent(self) -> float:
        """Tell the seconds of processor that the server's processes have used; Linux alone."""
        parents, seconds = dict[int, int](), dict[int, float]()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:  # ended meanwhile
                continue
            parents[int(stat.parent.name)] = int(fields[1])
            seconds[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / TICKS
        ours = {self.process_id}
        while grown := {one for one, parent in parents.items() if parent in ours} - ours:
            ours |= grown
        return sum(seconds.get(one, 0.0) for one in ours)


@contextmanager
def serving(command: Sequence[str], environment: Mapping[str, str], port: int) -> Iterator[Served]:
    """Run a program of this environment that listens on a port; RuntimeError when it does not."""
    program = Path(sys.executable).with_name(command[0])
    with subprocess.Popen(
        [program, *command[1:]],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            until_it_listens(process, port)
            yield Served(port, process.pid)
        finally:
            process.terminate()


def until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(PATIENCE):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            try:
                process.wait(STEP)
            except subprocess.TimeoutExpired:
                continue
            break
        else:
            return
    raise RuntimeError(f"nothing listens on {port}: {process.args!r}")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port
