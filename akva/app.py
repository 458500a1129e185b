"""Builds the application of the HTTP door from a service that is built already."""

from collections.abc import Callable
from time import monotonic

from flask import Flask

from akva.api import routes
from akva.api.document import printing
from akva.api.door.buckets import Buckets
from akva.api.door.dispatch import Door
from akva.journal import Journal
from akva.settings import Settings
from akva.wiring import Akva


def create_app(
    akva: Akva,
    settings: Settings,
    journal: Journal,
    *,
    seconds: Callable[[], float] = monotonic,
) -> Flask:
    """Make the application; it routes what stands in the table of operations and nothing else."""
    app = Flask("akva", static_folder=None)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    app.logger.disabled = True  # its lines would name paths; ours are the journal's
    door = Door(
        akva=akva,
        settings=settings,
        buckets=Buckets(per_minute=settings.rate, seconds=seconds),
        journal=journal,
        seconds=seconds,
        document=printing.printed(routes.OPERATIONS),
    )
    for operation in routes.OPERATIONS:
        app.add_url_rule(
            operation.path,
            endpoint=operation.name,
            view_func=door.through(operation),
            methods=[operation.method],
        )
    door.hang(app)
    return app
