"""Nothing personal lies in clear: not in the database, its journal, or the log's leaves."""

import json
from pathlib import Path

import pytest

from akva.errors import InvalidRequest
from consent import REPORT_TO_KELA
from tests.house import (
    ARCHIVE,
    BDI,
    GOAL,
    HETU,
    REFERENCE,
    SIGNER,
    STAFF,
    House,
    a_course,
    bdi,
    gas,
    reportable,
)

CANARIES = {
    "identity code": HETU,
    "reference": REFERENCE,
    "goal text": GOAL,
    "signer": SIGNER,
    "archive number": ARCHIVE,
    **{f"staff {nth}": name for nth, name in enumerate(STAFF)},
    "answers as JSON": json.dumps(BDI, sort_keys=True)[1:-1],
    "answers as compact JSON": json.dumps(BDI, sort_keys=True, separators=(",", ":"))[1:-1],
    "answers as csv": ",".join(str(value) for value in BDI.values()),
    "answers as csv with semicolons": ";".join(str(value) for value in BDI.values()),
}


def everything_stored(house: House, folder: Path) -> bytes:
    """Read the database's files, or a dump of it with every column as text."""
    if house.settings.database.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    with house.akva.database._readers.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("SELECT table_name FROM information_schema.tables WHERE table_schema='public'")
        parts = []
        for (table,) in raw.fetchall():
            raw.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - names of our tables
            parts += [row[0] for row in raw.fetchall()]
    text = "\n".join(parts)
    # A bytea is printed in hex: what would hide there is looked for as bytes too.
    blobs = [part for part in text.replace(")", ",").replace('"', "").split(",") if "\\x" in part]
    return text.encode() + b"".join(bytes.fromhex(b.split("\\x")[1]) for b in blobs)


def busy(house: House) -> None:
    receipt = reportable(house)
    house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    house.akva.auditing.checkpoint()
    other = reportable(house)
    house.akva.reporting.report(house.recorder, other.assessment_ids)
    house.akva.consents.withdraw(house.recorder, other.episode_id, REPORT_TO_KELA)


def test_no_canary_is_in_what_is_stored(house: House, tmp_path: Path) -> None:
    busy(house)
    stored = everything_stored(house, tmp_path)

    assert [] == [name for name, canary in CANARIES.items() if canary.encode() in stored]


def test_the_search_would_find_a_canary_that_lay_open(house: House, tmp_path: Path) -> None:
    """The negative control: a provider's public name is stored in clear, and is found."""
    busy(house)

    assert b"Mallila" in everything_stored(house, tmp_path)


def test_no_canary_is_in_a_leaf_or_an_export(house: House) -> None:
    busy(house)
    exported = house.akva.auditing.export()
    handed_out = b"\n".join(exported.leaves) + "".join(exported.checkpoints.values()).encode()

    assert [] == [name for name, canary in CANARIES.items() if canary.encode() in handed_out]


def test_no_canary_is_in_what_a_refusal_says(house: House) -> None:
    """A message or a repr of an error shows no identifier, no answer and no goal."""
    wrong = bdi(answers={**BDI, "q1": 7, REFERENCE: 1})

    with pytest.raises(InvalidRequest) as refused:
        house.akva.courses.submit(house.recorder, a_course(None, wrong, gas(), hetu=HETU[:-1]))

    said = str(refused.value) + repr(refused.value) + repr(refused.value.faults)
    assert [] == [name for name, canary in CANARIES.items() if canary in said]
