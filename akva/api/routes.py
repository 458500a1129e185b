"""The table of operations, whole: what is not in it does not exist, and nobody may call it."""

from akva.api.operation import Operation
from akva.api.resources import (
    assessments,
    audit,
    batches,
    catalogue,
    cells,
    clients,
    consents,
    episodes,
    log,
    meta,
    releases,
    reports,
)

OPERATIONS: tuple[Operation, ...] = (
    *clients.OPERATIONS,
    *episodes.OPERATIONS,
    *consents.OPERATIONS,
    *assessments.OPERATIONS,
    *reports.OPERATIONS,
    *batches.OPERATIONS,
    *releases.OPERATIONS,
    *cells.OPERATIONS,
    *log.OPERATIONS,
    *audit.OPERATIONS,
    *catalogue.OPERATIONS,
    *meta.OPERATIONS,
)
