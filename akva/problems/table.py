"""The table: which code, status and next step each exception has on the outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import instruments
from akva import errors
from consent import ConsentError

NO, WRONG_CALL, OURS = 1, 2, 70  # exit codes


@dataclass(frozen=True, slots=True)
class Problem:
    """`next_step` is one plain English sentence; `words` holds it in three languages by code."""

    code: str
    status: int
    exit_code: int
    next_step: str

    @property
    def type(self) -> str:
        """Give the problem's address, relative: the deployment's own stands before it."""
        return f"/problems/{self.code}"


PROBLEMS: Mapping[type[Exception], Problem] = MappingProxyType(
    {
        errors.InvalidRequest: Problem(
            "invalid-request", 422, WRONG_CALL, "Mend what is listed and send it again."
        ),
        errors.NotJson: Problem("not-json", 400, WRONG_CALL, "Send one JSON object in UTF-8."),
        errors.InvalidHetu: Problem(
            "invalid-hetu", 422, WRONG_CALL, "Check the code against the client's document."
        ),
        errors.NotAuthenticated: Problem(
            "not-authenticated", 401, WRONG_CALL, "Send a valid token, or ask an operator for one."
        ),
        errors.NotFound: Problem("not-found", 404, WRONG_CALL, "Check the id."),
        errors.NotAllowed: Problem(
            "not-allowed", 403, WRONG_CALL, "Ask somebody who has the role, or an operator."
        ),
        errors.SamePerson: Problem(
            "same-person", 403, WRONG_CALL, "Ask a second person to do this step."
        ),
        errors.Conflict: Problem("conflict", 409, NO, "Look at the present state and decide anew."),
        errors.KeyMissing: Problem(
            "idempotency-key-missing",
            400,
            WRONG_CALL,
            "Send a new Idempotency-Key with each write.",
        ),
        errors.KeyReused: Problem(
            "idempotency-key-reused", 409, NO, "Use a new key for a new request."
        ),
        errors.VersionMissing: Problem(
            "version-missing", 428, WRONG_CALL, "Read it and send its ETag in If-Match."
        ),
        errors.Stale: Problem(
            "stale-version", 412, NO, "Read it again and make the change in that."
        ),
        errors.MediaTypeRefused: Problem(
            "media-type-refused", 415, WRONG_CALL, "Send the content type that the document names."
        ),
        errors.NotAcceptable: Problem(
            "not-acceptable", 406, WRONG_CALL, "Ask for a form that the document names."
        ),
        errors.TooLarge: Problem("too-large", 413, WRONG_CALL, "Split it into smaller parts."),
        errors.TooMany: Problem(
            "too-many-requests", 429, NO, "Wait the seconds of Retry-After and send again."
        ),
        errors.MethodRefused: Problem(
            "method-not-allowed", 405, WRONG_CALL, "The Allow header names the methods it knows."
        ),
        errors.ReportRefused: Problem(
            "report-refused", 409, NO, "See the refusal code; the permission has changed."
        ),
        errors.Unreadable: Problem(
            "unreadable", 410, NO, "If it was not withdrawn or erased, run `akva log verify`."
        ),
        errors.SettingMissing: Problem(
            "setting-missing", 500, WRONG_CALL, "Set it; deploy/env.sample says how."
        ),
        errors.SettingInvalid: Problem(
            "setting-invalid", 500, WRONG_CALL, "Correct it; deploy/env.sample says how."
        ),
        errors.KeysUnsafe: Problem(
            "keys-unsafe", 500, OURS, "Run `akva init`, or mend the files' owner and mode."
        ),
        errors.DatabaseNotReady: Problem(
            "database-not-ready", 503, OURS, "Run `akva migrate`, then try again."
        ),
        errors.InvalidProof: Problem(
            "invalid-proof", 422, NO, "Fetch the proof again; if it still fails, tell an auditor."
        ),
        errors.LogBroken: Problem(
            "log-broken", 500, NO, "Stop writing, keep the files as they are, tell an auditor."
        ),
        errors.ForkDetected: Problem(
            "fork-detected", 500, NO, "The database is older than what was signed; do not sign."
        ),
        errors.AuditFailed: Problem(
            "audit-failed", 409, NO, "Collapse classes in the programme and draft the round anew."
        ),
        instruments.InstrumentError: Problem(
            "invalid-assessment", 422, WRONG_CALL, "See `akva instruments show` for the instrument."
        ),
        ConsentError: Problem(
            "invalid-consent", 422, WRONG_CALL, "See consent/purposes.toml for the purposes."
        ),
        errors.AkvaError: Problem("fault", 500, OURS, "Tell the operator."),
    }
)


def problem_of(error: Exception) -> Problem | None:
    """Find the nearest line for an exception, or None for one that is not ours."""
    return next((PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS), None)
