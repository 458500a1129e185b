"""What can go wrong in akva.

AkvaError
├── InvalidRequest          the call's content is wrong; carries every Fault
├── InvalidHetu             not a personal identity code
├── NotFound                unknown here, or another provider's: the two look alike
├── NotAllowed              the caller's role may not do this
├── SamePerson              a second person is needed
├── Conflict                the state of things does not allow this
├── ReportRefused           the gate answered no; carries the refusal code
├── Unreadable              sealed bytes that cannot be opened, whatever the cause
├── SettingMissing          the environment lacks a setting
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


class InvalidHetu(AkvaError):
    pass


class NotFound(AkvaError):
    pass


class NotAllowed(AkvaError):
    pass


class SamePerson(AkvaError):
    pass


class Conflict(AkvaError):
    pass


class ReportRefused(AkvaError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreadable(AkvaError):
    pass


class SettingMissing(AkvaError):
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
