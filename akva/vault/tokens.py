"""Bearer tokens: 256 random bits, shown once, and a keyed digest by which one is known again.

A plain hash of so many bits could not be guessed either. Keyed, the digest has a second use: who
may write to the database but holds no key cannot add a token of his own making.
"""

import hmac
import re
from dataclasses import dataclass, field
from secrets import token_urlsafe

from akva.errors import NotAuthenticated
from akva.vault.derivation import derive

TOKEN_BYTES = 32
MARK = "akva_"  # so that a token is recognised where it was left lying
FORM = re.compile(MARK + r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Made:
    text: str = field(repr=False)
    digest: bytes = field(repr=False)


class Tokens:
    def __init__(self, *, record_master: bytes) -> None:
        self._key = derive(record_master, "akva/tokens/v1")

    def make(self) -> Made:
        """Make a token; its text is nowhere but in what is given back."""
        text = MARK + token_urlsafe(TOKEN_BYTES)
        return Made(text, self.digest(text))

    def digest(self, text: str) -> bytes:
        """Tell the digest; raises NotAuthenticated for what has not the form of a token."""
        if not FORM.fullmatch(text):
            raise NotAuthenticated("this needs a valid token")
        return hmac.digest(self._key, text.encode(), "sha256")
