"""Runs the server: what may not be served is refused before anything listens."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
from functools import partial
from multiprocessing.synchronize import Event
from wsgiref.types import WSGIApplication

import click
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from akva import wiring
from akva.app import create_app
from akva.cli.terminal.refusals import Refusal, tried
from akva.errors import SettingInvalid
from akva.journal import journal
from akva.settings import Settings

HEAD_MS = 10_000  # for a request's head; the proxy in front has the same patience
PAUSE_SECONDS = 0.02
LOOPBACK = ("127.0.0.0/8", "::1")
FINISH_SECONDS = 30  # for calls that run when the server is told to stop


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, and let running calls finish.

    Raises SettingInvalid, KeysUnsafe or DatabaseNotReady before it listens.
    """
    refuse_unfit(settings)
    multiprocessing.set_start_method("spawn", force=True)  # a fork would share connections
    answering = multiprocessing.Event()
    threading.Thread(target=tell, args=(answering, settings), daemon=True).start()
    server_of(settings).serve(
        target_loader=partial(application, settings, answering), wrap_loader=False
    )


def refuse_unfit(settings: Settings) -> None:
    settings.check_served()
    with wiring.build(settings).database.closing() as database:
        database.check_served()
    refuse_taken(settings)


def refuse_taken(settings: Settings) -> None:
    """Raise SettingInvalid where another process listens: granian would share the port with it."""
    with socket.socket(family(settings)) as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken = isinstance(
            tried(partial(asked.bind, settings.address), refusing=(OSError,)), Refusal
        )
    if taken:
        raise SettingInvalid(
            f"cannot listen on {settings.listen}: another process does, or it is not this user's"
        )


def server_of(settings: Settings) -> MPServer:
    host, port = settings.address
    return MPServer(
        "akva",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_MS),
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,  # it would write paths and queries; the journal writes patterns
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_SECONDS,
    )


def application(settings: Settings, answering: Event) -> WSGIApplication:
    """Build the service and its door, once in each worker's process."""
    threading.Thread(target=end_with_the_first, daemon=True).start()
    app = create_app(wiring.build(settings), settings, journal(sys.stderr))
    # The peer is the proxy: who has no token is counted by the address that it was called from.
    called: WSGIApplication = wrap_wsgi_with_proxy_headers(app.wsgi_app, list(LOOPBACK))
    answering.set()
    return called


def end_with_the_first() -> None:
    """Stop this worker when the process that started it is gone, however it ended."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os.kill(os.getpid(), signal.SIGTERM)


def tell(answering: Event, settings: Settings) -> None:
    """Say one line when the first worker is ready and its port open, some moments later."""
    answering.wait()
    pause = threading.Event()
    while not is_open(settings):
        pause.wait(PAUSE_SECONDS)
    click.echo(f"akva answers on http://{settings.listen}")


def is_open(settings: Settings) -> bool:
    with socket.socket(family(settings)) as asked:
        return asked.connect_ex(settings.address) == 0


def family(settings: Settings) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in settings.address[0] else socket.AF_INET
