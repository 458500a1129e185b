"""Every operation of the HTTP door as it is called about somebody's things, and who may call it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.functional.sent import EPISODE

NOWHERE = "01900000-0000-7000-8000-00000000dead"
PROVIDER, VERIFIER, RESEARCHER, PUBLISHER, AUDITOR, OPERATOR = ROLES = (
    "provider",
    "consent-verifier",
    "researcher",
    "publisher",
    "auditor",
    "operator",
)
READERS = (PROVIDER, RESEARCHER, PUBLISHER, AUDITOR)
OF_PROVIDERS = ("client", "episode", "assessment", "grant", "report", "release")
NAMES = (*OF_PROVIDERS, "draft", "index", "instrument", "classification")
ABSENT = {"index": "999999999", "instrument": "nothing", "classification": "nothing"}
WORDS = ("instrument", "classification")  # any word may be one
MEASURE = {
    "instrument": "bdi-21",
    "occasion": "start",
    "answered_on": "2025-02-03",
    "not_scored": {"reason": "declined"},
}
WITNESSED = {
    "client": {"reference": "{fresh}", "birth_year": 1962, "sex": "unknown", "area": "08"},
    "episode": EPISODE,
    "consent": None,
    "assessments": [MEASURE],
}


@dataclass(frozen=True, slots=True)
class Line:
    """How an operation is called, with the names of ids in braces, and by which roles.

    None for `roles`: everybody, also without a token. `anybodys`: the roles that reach another
    provider's things too, or a release that is not for everybody.
    """

    path: str
    roles: tuple[str, ...] | None = (PROVIDER,)
    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    anybodys: tuple[str, ...] = ()

    @property
    def named_in_path(self) -> bool:
        return any(f"{{{name}}}" in self.path for name in NAMES)

    @property
    def which(self) -> tuple[str, ...]:
        """Tell whose things it may be called about."""
        said = f"{self.path} {self.body}"
        if any(f"{{{name}}}" in said for name in OF_PROVIDERS):
            return "own", "others", "unknown", "malformed"
        if any(f"{{{name}}}" in self.path for name in WORDS):
            return "own", "unknown"
        return ("own", "unknown", "malformed") if self.named_in_path else ("own",)

    @property
    def callers(self) -> tuple[str, ...]:
        """Tell who is let in."""
        return ("nobody", *ROLES) if self.roles is None else self.roles


def public(path: str) -> Line:
    return Line(path, None, anybodys=READERS)


NDJSON = {"Content-Type": "application/x-ndjson"}
LINES = {
    "add_client": Line("/v1/clients", status=201, body=WITNESSED["client"]),
    "read_client": Line("/v1/clients/{client}"),
    "export_client": Line("/v1/clients/{client}/export"),
    "add_episode": Line("/v1/episodes", status=201, body={**EPISODE, "client": "{client}"}),
    "read_episode": Line("/v1/episodes/{episode}"),
    "change_episode": Line(
        "/v1/episodes/{episode}", body={"end_reason": "interrupted"}, headers={"If-Match": '"1"'}
    ),
    "add_consent": Line(
        "/v1/consents",
        status=201,
        body={"episode": "{episode}", "asked_on": "2025-02-03", "answer": "asked"},
    ),
    "verify_consent": Line("/v1/consents/{grant}/verification", (VERIFIER,), 201),
    "withdraw_consent": Line("/v1/consents/{grant}/withdrawal", status=201, body={}),
    "list_consents": Line(
        "/v1/clients/{client}/consents", (PROVIDER, AUDITOR), anybodys=(AUDITOR,)
    ),
    "add_assessment": Line("/v1/assessments", status=201, body={**MEASURE, "episode": "{episode}"}),
    "read_assessment": Line("/v1/assessments/{assessment}"),
    "correct_assessment": Line(
        "/v1/assessments/{assessment}/corrections",
        status=201,
        body={**MEASURE, "reason": "another client's form"},
    ),
    "read_receipt": Line("/v1/receipts/{assessment}"),
    "add_reports": Line("/v1/reports", status=201, body={"assessments": ["{assessment}"]}),
    "add_batch": Line("/v1/batches", status=201, body=WITNESSED, headers=NDJSON),
    "list_programmes": public("/v1/programmes"),
    "draft_release": Line(
        "/v1/releases", (PUBLISHER,), 201, body={"programme": "akva-services", "year": 2025}
    ),
    "approve_release": Line(
        "/v1/releases/{draft}/approval", (PUBLISHER,), 201, body={"audience": "public"}
    ),
    "list_releases": public("/v1/releases"),
    "read_release": public("/v1/releases/{release}"),
    "list_cells": public("/v1/releases/{release}/cells?limit=5"),
    "export_cells": public("/v1/releases/{release}/cells.csv"),
    "read_codebook": public("/v1/releases/{release}/codebook"),
    "read_checkpoint": public("/v1/log/checkpoint"),
    "read_proof": Line("/v1/log/proof/{index}", (AUDITOR,)),
    "read_consistency": Line("/v1/log/consistency?from=1&to=2", (AUDITOR,)),
    "read_log_key": public("/v1/log/key"),
    "audit_report": Line("/v1/audit/reports/{report}", (AUDITOR,), anybodys=(AUDITOR,)),
    "list_instruments": public("/v1/instruments"),
    "read_instrument": public("/v1/instruments/{instrument}"),
    "list_classifications": public("/v1/classifications"),
    "read_classification": public("/v1/classifications/{classification}"),
    "read_meta": public("/v1/meta"),
    "read_openapi": public("/openapi.json"),
    "read_health": public("/healthz"),
    "read_readiness": public("/readyz"),
}
