"""A leaf's three secrets: exactly as documented, told apart by nobody without the key."""

import hmac
import json
from collections.abc import Callable, Mapping
from os import urandom
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from akva.errors import Unreadable
from akva.vault.commitments import Opening, commit, recommit, reveal
from akva.vault.datakeys import UNREADABLE, DataKey, Purpose

SECRET = bytes(range(32))
KEY = DataKey(Purpose.AUDIT, 1, SECRET)
PAYLOAD: Mapping[str, str | int | bool] = {"total": 21, "instrument": "bdi-21", "first": True}
CANONICAL = b'{"first":true,"instrument":"bdi-21","total":21}'


def mac(key: bytes, content: bytes) -> bytes:
    return hmac.new(key, content, "sha256").digest()


def test_the_tag_is_the_clients_event_counter_under_the_audit_key() -> None:
    expected = mac(SECRET, b"akva/tag/v1\0" + b"\0\0\0\0\0\0\0\x07")

    assert expected == commit(KEY, 7, PAYLOAD, 3).tag


def test_without_a_client_the_tag_is_over_the_index() -> None:
    expected = mac(SECRET, b"akva/index-tag/v1\0" + b"\0\0\0\0\0\0\0\x03")

    assert expected == commit(KEY, None, PAYLOAD, 3).tag


def test_a_counter_and_an_index_of_one_value_have_different_tags() -> None:
    assert commit(KEY, 3, PAYLOAD, 3).tag != commit(KEY, None, PAYLOAD, 3).tag


def test_ciphertext_and_commitment_are_as_documented() -> None:
    """Taken apart with the bare cipher: r and payload, bound to the index."""
    committed = commit(KEY, 0, PAYLOAD, 3)
    sealed = committed.ciphertext
    bound = b"akva/payload/v1\0" + (3).to_bytes(8, "big")

    plain = AESGCM(SECRET).decrypt(sealed[19:31], sealed[31:], bound)

    assert (KEY.header, CANONICAL) == (sealed[:19], plain[32:])
    assert mac(plain[:32], b"akva/commit/v1\0" + CANONICAL) == committed.commitment


def test_what_is_revealed_recomputes_the_commitment() -> None:
    committed = commit(KEY, 0, PAYLOAD, 3)

    opening = reveal(KEY, 3, committed.ciphertext)

    assert (CANONICAL, committed.commitment) == (opening.payload, recommit(opening))


def test_a_payload_with_another_secret_does_not_recompute_it() -> None:
    committed = commit(KEY, 0, PAYLOAD, 3)

    assert committed.commitment != recommit(Opening(urandom(32), CANONICAL))


ATTACKS: dict[str, Callable[[bytes], tuple[DataKey, int, bytes]]] = {
    "another leaf's place": lambda sealed: (KEY, 4, sealed),
    "another client's key": lambda sealed: (DataKey(Purpose.AUDIT, 1, urandom(32)), 3, sealed),
    "a later key": lambda sealed: (DataKey(Purpose.AUDIT, 2, SECRET), 3, sealed),
    "nothing": lambda _: (KEY, 3, b""),
    "a header alone": lambda sealed: (KEY, 3, sealed[:19]),
    "cut short": lambda sealed: (KEY, 3, sealed[:-1]),
    "too short for a secret": lambda _: (KEY, 3, too_short()),
    "a turned bit": lambda sealed: (KEY, 3, sealed[:-1] + bytes([sealed[-1] ^ 1])),
}


def too_short() -> bytes:
    nonce = bytes(12)
    body = KEY.encrypt(nonce, b"no secret", b"akva/payload/v1\0" + (3).to_bytes(8))
    return KEY.header + nonce + body


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_elsewhere_or_changed_it_is_not_revealed(
    attack: Callable[[bytes], tuple[DataKey, int, bytes]],
) -> None:
    with pytest.raises(Unreadable) as caught:
        reveal(*attack(commit(KEY, 0, PAYLOAD, 3).ciphertext))

    assert ((UNREADABLE,), None) == (caught.value.args, caught.value.__cause__)


TOTALS = range(64)  # every total of a 21-item inventory


def dictionary(secret: bytes) -> dict[bytes, int]:
    """Every commitment there could be, for who knows the secret."""
    return {recommit(Opening(secret, b'{"total":%d}' % total)): total for total in TOTALS}


def test_a_dictionary_of_every_total_finds_no_commitment() -> None:
    commitments = [commit(KEY, n, {"total": n}, n).commitment for n in TOTALS]

    for guess in (b"", bytes(32), SECRET):
        assert set() == dictionary(guess).keys() & set(commitments)


def test_with_the_secret_the_same_dictionary_finds_them_all() -> None:
    """The negative control: it is the secret alone that stops the attack."""
    found = []
    for total in TOTALS:
        committed = commit(KEY, total, {"total": total}, total)
        secret = reveal(KEY, total, committed.ciphertext).secret
        found.append(dictionary(secret)[committed.commitment])

    assert list(TOTALS) == found


def test_the_same_payload_is_never_committed_alike() -> None:
    committed = [commit(KEY, n, PAYLOAD, n) for n in range(1_000)]

    assert [1_000] * 3 == [
        len({getattr(one, name) for one in committed})
        for name in ("tag", "commitment", "ciphertext")
    ]


values = st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()
names = st.text(st.characters(max_codepoint=127))


@given(st.dictionaries(names, values))
def test_every_payload_is_revealed_in_canonical_form(payload: dict[str, str | int | bool]) -> None:
    opening = reveal(KEY, 1, commit(KEY, 1, payload, 1).ciphertext)

    read = json.loads(opening.payload)
    assert opening.payload == reveal(KEY, 2, commit(KEY, 2, read, 2).ciphertext).payload
    assert sorted(payload) == list(read)


def test_one_text_in_two_spellings_is_one_payload() -> None:
    composed, decomposed = ({"name": text} for text in ("\u00e4", "a\u0308"))

    assert {'{"name":"ä"}'.encode()} == {
        reveal(KEY, 1, commit(KEY, 1, payload, 1).ciphertext).payload
        for payload in (composed, decomposed)
    }


@pytest.mark.parametrize(
    "payload",
    [
        {"mean": 21.0},
        {"missing": None},
        {"list": [1]},
        {"big": 2**53},
        {"small": -(2**53)},
        {"ä": 1},
        {1: 1},
        {"half a pair": "\ud800"},
    ],
)
def test_what_has_no_canonical_form_is_refused(payload: Any) -> None:  # noqa: ANN401 - any wrong one
    with pytest.raises(ValueError, match=r"payload|surrogates"):
        commit(KEY, 0, payload, 0)


def test_a_refusal_shows_no_value() -> None:
    with pytest.raises(ValueError, match="payload") as caught:
        commit(KEY, 0, {"goal": 3.25}, 0)  # type: ignore[dict-item]  # the attack

    assert "3.25" not in str(caught.value)
