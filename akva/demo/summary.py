"""Counts the walk: the numbers of summary.json, from the cohort and the service's own answers."""

from base64 import b64encode
from collections import Counter
from typing import Any

from akva.demo.cohort import Cohort, Story
from akva.demo.folder import ORIGIN
from akva.demo.walk import Walked
from akva.service.fsck import LogState

# Every episode stands in one of four. A paper that lacks something or that nobody verified was
# still granted by the client; that it opens nothing shows among the refusals.
STATES = {
    Story.NEVER_ASKED: "not_asked",
    Story.REFUSED: "refused",
    Story.GRANTED: "granted",
    Story.INCOMPLETE: "granted",
    Story.UNVERIFIED: "granted",
    Story.WITHDRAWN_BEFORE: "withdrawn",
    Story.WITHDRAWN_AFTER: "withdrawn",
}


def summarise(cohort: Cohort, walked: Walked, log: LogState, *, verified: bool) -> dict[str, Any]:
    """Give everything but the seconds."""
    cells = walked.draft.release.counts
    measures = [measure for course in cohort.courses for measure in course.measures]
    consents = Counter(STATES[course.consent.story] for course in cohort.courses)
    return {
        "clients": len(cohort.clients),
        "episodes": len(cohort.courses),
        "assessments": len(measures),
        "not_scored": sum(measure.not_scored is not None for measure in measures),
        "consents": {name: consents[name] for name in sorted(set(STATES.values()))},
        "reports": walked.tally.reports,
        "refusals": dict(sorted(walked.tally.refusals.items())),
        "release": {
            "id": str(walked.draft.release_id),
            "cells": cells["cells"],
            "published": cells.get("published", 0),
            "suppressed": cells.get("suppressed", 0),
            "not_collected": cells.get("not-collected", 0),
            "audit": "passed",
        },
        "log": {"origin": ORIGIN, "size": log.size, "root": b64encode(log.root).decode()},
        "verified": verified,
    }
