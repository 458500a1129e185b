"""What can go wrong in akva.

AkvaError
├── InvalidRequest          the call's content is wrong; carries every Fault
│   └── NotJson             not one JSON value in UTF-8, or cut short
├── InvalidHetu             not a personal identity code
├── NotAuthenticated        nobody known: no token, or one unknown, expired or revoked
├── NotFound                unknown here, or another provider's: the two look alike
├── NotAllowed              the caller's role may not do this
├── SamePerson              a second person is needed
├── Conflict                the state of things does not allow this
├── KeyMissing              a write without its key, by which a second sending is known
├── KeyReused               that key came before with something else
├── VersionMissing          a change that does not say which version it is of
├── Stale                   a change of a version that is no longer the newest
├── MediaTypeRefused        the body is of another type than this takes
├── NotAcceptable           no answer in the form asked for
├── TooLarge                more was sent than is taken at once
├── TooMany                 calls came too quickly; carries the seconds to wait
├── MethodRefused           this address knows other methods; carries them
├── ReportRefused           the gate answered no; carries the refusal code
├── Unreadable              sealed bytes that cannot be opened, whatever the cause
├── SettingMissing          the environment lacks a setting
├── SettingInvalid          a setting cannot be what it is
├── KeysUnsafe              a key file is missing or open to others
├── DatabaseNotReady        not migrated, or its guards are off
├── InvalidProof            a Merkle proof, note or checkpoint that does not hold
├── LogBroken               the stored log contradicts itself; names the index
├── ForkDetected            the log would contradict a checkpoint signed before
└── AuditFailed             a release whose hidden cells can be derived
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent: a stable code, where, why, and what to do next."""

    code: str
    where: str
    why: str
    next_step: str


class AkvaError(Exception):
    """The root of the tree above."""


class InvalidRequest(AkvaError):
    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.why}" for fault in faults))
        self.faults = faults


class NotJson(InvalidRequest):
    pass


class InvalidHetu(AkvaError):
    pass


class NotAuthenticated(AkvaError):
    pass


class NotFound(AkvaError):
    pass


class NotAllowed(AkvaError):
    pass


class SamePerson(AkvaError):
    pass


class Conflict(AkvaError):
    pass


class KeyMissing(AkvaError):
    pass


class KeyReused(AkvaError):
    pass


class VersionMissing(AkvaError):
    pass


class Stale(AkvaError):
    pass


class MediaTypeRefused(AkvaError):
    pass


class NotAcceptable(AkvaError):
    pass


class TooLarge(AkvaError):
    pass


class TooMany(AkvaError):
    def __init__(self, why: str, *, retry_after: int) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class MethodRefused(AkvaError):
    def __init__(self, allow: str) -> None:
        super().__init__(f"this address takes {allow}")
        self.allow = allow


class ReportRefused(AkvaError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreadable(AkvaError):
    pass


class SettingMissing(AkvaError):
    pass


class SettingInvalid(AkvaError):
    pass


class KeysUnsafe(AkvaError):
    pass


class DatabaseNotReady(AkvaError):
    pass


class InvalidProof(AkvaError):
    pass


class LogBroken(AkvaError):
    def __init__(self, index: int, why: str) -> None:
        super().__init__(f"log entry {index}: {why}")
        self.index = index


class ForkDetected(AkvaError):
    pass


class AuditFailed(AkvaError):
    pass
