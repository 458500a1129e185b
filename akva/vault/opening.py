"""Opening what was sealed, or saying nothing but that it cannot be opened."""

import hmac
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag

from akva.errors import Unreadable
from akva.vault.datakeys import UNREADABLE, DataKey
from akva.vault.envelope import BODY_STARTS, HEADER_BYTES, TAG_BYTES, Place


def open_all(sealed: Sequence[tuple[bytes, DataKey, Place]]) -> list[bytes]:
    """Open every envelope, in order; Unreadable, with one text for every cause, if one will not."""
    return [_open(envelope, key, place) for envelope, key, place in sealed]


def _open(envelope: bytes, key: DataKey, place: Place) -> bytes:
    # Version, key version and commitment in one comparison, before anything is decrypted.
    ours = hmac.compare_digest(envelope[:HEADER_BYTES], key.header)
    if not ours or len(envelope) < BODY_STARTS + TAG_BYTES:
        raise Unreadable(UNREADABLE)
    associated = place.before + key.associated + place.after
    try:
        return key.decrypt(envelope[HEADER_BYTES:BODY_STARTS], envelope[BODY_STARTS:], associated)
    except InvalidTag:
        raise Unreadable(UNREADABLE) from None
