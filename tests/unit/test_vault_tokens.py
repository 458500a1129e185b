"""A token cannot be guessed, told from its digest, or shown by accident."""

import hashlib
import re

import pytest

from akva.errors import NotAuthenticated
from akva.vault.tokens import Tokens

MASTER = bytes([1]) * 32


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(record_master=MASTER)


def test_a_token_is_256_bits_that_never_come_twice(tokens: Tokens) -> None:
    texts = {tokens.make().text for _ in range(1000)}

    assert 1000 == len(texts)
    assert [] == [text for text in texts if not re.fullmatch(r"akva_[A-Za-z0-9_-]{43}", text)]


def test_a_token_is_known_again_by_its_digest(tokens: Tokens) -> None:
    made = tokens.make()

    assert made.digest == Tokens(record_master=MASTER).digest(made.text)
    assert 32 == len(made.digest)


def test_the_digest_needs_the_key(tokens: Tokens) -> None:
    """Who writes to the database but has no key cannot add a token that would be recognised."""
    made = tokens.make()

    assert made.digest != Tokens(record_master=bytes(32)).digest(made.text)
    assert made.digest != hashlib.sha256(made.text.encode()).digest()


def test_neither_text_nor_digest_shows_in_a_repr(tokens: Tokens) -> None:
    made = tokens.make()

    assert "Made()" == repr(made)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "akva_",
        "akva_" + "a" * 42,
        "akva_" + "a" * 44,
        "AKVA_" + "a" * 43,
        "akva_" + "a" * 42 + "=",
        "akva_" + "a" * 42 + "ä",
        "akva_" + "a" * 42 + "\udcff",
        "akva_" + "a" * 43 + "\n",
        " akva_" + "a" * 43,
        "a" * 100_000,
    ],
)
def test_what_has_not_the_form_of_a_token_is_refused(tokens: Tokens, text: str) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        tokens.digest(text)

    assert "this needs a valid token" == str(refused.value)
