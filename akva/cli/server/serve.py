"""`akva serve`: the HTTP door, answered by granian's processes and threads."""

from dataclasses import replace

import click

from akva.cli.terminal.groups import Command
from akva.cli.terminal.opening import settings, with_service

with_listen = click.option(
    "--listen", help="Address and port of this machine; else AKVA_LISTEN, else 127.0.0.1:8080."
)


@click.command(cls=Command, epilog="Example: akva serve --dir akva-data --listen 127.0.0.1:8080")
@with_listen
@with_service
def serve(listen: str | None) -> None:
    """Answer calls over HTTP.

    Until SIGTERM, which lets running calls finish. TLS ends in a proxy in front.
    """
    from akva.cli.server import running  # lazily: the whole service

    chosen = settings()
    running.run(replace(chosen, listen=listen) if listen else chosen)
