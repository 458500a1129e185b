"""The report's data as the tests know them, rendered once."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

from akva.classifications import services
from akva.demo.report import Followed, LogFacts, ReportData, render
from akva.words import LANGUAGES
from tests.unit.release_body import SERVICES, body

LEAF = "3f" * 32
COMMAND = "akva-verify bundle release --key 'log+3f2a91bc+AZ8v'"
REFUSALS = {"CONSENT_MISSING": 612, "CONSENT_REFUSED_BY_CLIENT": 1301, "IDENTITY_NEEDED": 3}


def data(**changes: Any) -> ReportData:  # noqa: ANN401 - any field of the data
    raw = body()
    statuses = Counter(cell["status"] for cell in raw["cells"])
    plain = ReportData(
        summary={
            "reports": 7321,
            "refusals": REFUSALS,
            "release": {
                "id": "0195c2d1-7a10-7cc3-9f51-3b6f0a2f4d11",
                "cells": len(raw["cells"]),
                "published": statuses["published"],
                "suppressed": statuses["suppressed"],
            },
        },
        body=raw,
        service_names={code: services.load()[code].names for code in SERVICES},
        log=LogFacts(
            origin="akva.example/log", size=25312, root="qg5m", exit_code=0, line="holds: all of it"
        ),
        followed=Followed(
            service="kiila",
            table="bdi-21/total",
            leaf_index=24988,
            leaf_hash=LEAF,
            command=COMMAND,
        ),
    )
    return replace(plain, **changes)


@cache
def html() -> str:
    return render(data())


def of_language(language: str, text: str | None = None) -> str:
    """Cut out the part in one language."""
    whole = html() if text is None else text
    parts = re.split(r'<div class="page page-(?:fi|sv|en)"', whole)
    return parts[1 + LANGUAGES.index(language)]
