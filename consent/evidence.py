"""The written evidence of a grant, and what it takes to be whole."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Who signed which form when, and where the paper can be found; only the form version shows."""

    form_version: str | None = None
    signed_on: date | None = field(default=None, repr=False)
    signer: str | None = field(default=None, repr=False)
    document_hash: str | None = field(default=None, repr=False)
    archive_number: str | None = field(default=None, repr=False)  # the provider's own archive

    @property
    def missing(self) -> tuple[str, ...]:
        """Name what lacks; blanks are nothing."""
        found = {
            "form_version": _present(self.form_version),
            "signed_on": self.signed_on is not None,
            "signer": _present(self.signer),
            "document_hash or archive_number": _present(self.document_hash)
            or _present(self.archive_number),
        }
        return tuple(name for name, there in found.items() if not there)

    @property
    def written(self) -> bool:
        return not self.missing


def _present(text: str | None) -> bool:
    return text is not None and bool(text.strip())
