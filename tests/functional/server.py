"""The real program as a server: started as an operator starts it, and stopped by a signal."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from akva.settings import Settings
from tests.wire import HOST, Wire

PROGRAM = Path(sys.executable).with_name("akva")
STOPPED_WITHIN = 60  # seconds, else the test fails


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process: subprocess.Popen[str]
    said: tuple[str, ...]  # on stdout, until it answered
    errors: Path  # where its stderr goes

    def wire(self, token: str | None = None) -> Wire:
        return Wire(self.port, token)

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal to the first process and give its exit code."""
        self.process.send_signal(by)
        return self.process.wait(STOPPED_WITHIN)


@contextmanager
def started(folder: Path, *call: str, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run a command of `akva` that serves, until it says that it answers."""
    port, errors = free_port(), folder / "stderr"
    with (
        errors.open("w") as err,
        subprocess.Popen(
            [PROGRAM, *call, "--listen", f"{HOST}:{port}"],
            env={**os.environ, **(environ or {})},
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
            bufsize=1,
        ) as process,
    ):
        try:
            yield Server(port, process, tuple(until_it_answers(process, errors)), errors)
        finally:
            process.kill()


def until_it_answers(process: subprocess.Popen[str], errors: Path) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        yield line.rstrip("\n")
        if line.startswith("akva answers on "):
            return
    raise RuntimeError(f"it ended instead:\n{errors.read_text()}")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        port: int = asked.getsockname()[1]
    return port


def environ_of(folder: Path, **changes: str) -> dict[str, str]:
    """Say by the environment where an embedded service lies, and whatever else."""
    settings = Settings.in_folder(folder)
    return {"AKVA_DATABASE": settings.database, "AKVA_KEYS": str(settings.keys), **changes}
