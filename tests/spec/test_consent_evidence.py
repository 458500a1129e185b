"""A grant counts in writing alone, and once a second person saw what was written."""

from datetime import date
from typing import TypedDict

import pytest

from consent import Evidence
from tests.spec.consent_drawn import spec

UNWRITTEN = """
    day | event  | more
    ----+--------+----------
      1 | grant  | unwritten
      2 | verify |
"""


@pytest.mark.parametrize("day", [1, 2])
def test_a_spoken_yes_opens_nothing(day: int) -> None:
    spec(UNWRITTEN, on=day, expect="CONSENT_NOT_WRITTEN")


VERIFIED_BY_ITS_RECORDER = """
    day | event  | by
    ----+--------+------
      1 | grant  | Aino
      2 | verify | Aino
"""


def test_nobody_verifies_what_they_recorded_themselves() -> None:
    spec(VERIFIED_BY_ITS_RECORDER, on=2, expect="CONSENT_EVIDENCE_UNVERIFIED")


VERIFIED_BY_BOTH = """
    day | event  | by
    ----+--------+------
      1 | grant  | Aino
      2 | verify | Aino
      3 | verify | Eero
"""


@pytest.mark.parametrize(("day", "answer"), [(2, "CONSENT_EVIDENCE_UNVERIFIED"), (3, "permit")])
def test_a_second_person_mends_it(day: int, answer: str) -> None:
    spec(VERIFIED_BY_BOTH, on=day, expect=answer)


VERIFIED_LATE = """
    day | event  | dated
    ----+--------+------
      1 | grant  | 1
      6 | verify | 1
"""


@pytest.mark.parametrize(
    ("day", "known", "answer"),
    [
        (5, 5, "CONSENT_EVIDENCE_UNVERIFIED"),
        (6, 5, "CONSENT_EVIDENCE_UNVERIFIED"),
        (5, 6, "CONSENT_EVIDENCE_UNVERIFIED"),
        (6, 6, "permit"),
    ],
)
def test_a_verification_counts_from_its_recording(day: int, known: int, answer: str) -> None:
    spec(VERIFIED_LATE, on=day, known=known, expect=answer)


VERIFIED_FOR_ANOTHER_PURPOSE = """
    day | event  | more
    ----+--------+---------------------
      1 | grant  |
      2 | verify | for research-extract
"""


def test_a_verification_speaks_for_its_own_purpose() -> None:
    spec(VERIFIED_FOR_ANOTHER_PURPOSE, on=2, expect="CONSENT_EVIDENCE_UNVERIFIED")


class Paper(TypedDict, total=False):
    form_version: str | None
    signed_on: date | None
    signer: str | None
    document_hash: str | None
    archive_number: str | None


WHOLE = Paper(
    form_version="2021-1",
    signed_on=date(2026, 1, 5),
    signer="the client",
    document_hash="sha256:00",
    archive_number="A-17",
)


@pytest.mark.parametrize(
    "lacking",
    [
        {},
        {"document_hash": None},
        {"archive_number": None},
    ],
)
def test_either_the_documents_hash_or_its_archive_number_will_do(lacking: Paper) -> None:
    assert Evidence(**WHOLE | lacking).written


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        (Paper(form_version=None), ("form_version",)),
        (Paper(form_version="  "), ("form_version",)),
        (Paper(signed_on=None), ("signed_on",)),
        (Paper(signer=None), ("signer",)),
        (Paper(signer=""), ("signer",)),
        (
            Paper(document_hash=None, archive_number=" "),
            ("document_hash or archive_number",),
        ),
        (Paper(signer=None, signed_on=None), ("signed_on", "signer")),
    ],
)
def test_what_lacks_is_named(lacking: Paper, expected: tuple[str, ...]) -> None:
    evidence = Evidence(**WHOLE | lacking)

    assert (expected, False) == (evidence.missing, evidence.written)


def test_no_evidence_lacks_everything() -> None:
    expected = ("form_version", "signed_on", "signer", "document_hash or archive_number")

    assert expected == Evidence().missing


@pytest.mark.parametrize("canary", ["the client", "sha256:00", "A-17", "2026"])
def test_a_repr_shows_neither_signer_nor_document(canary: str) -> None:
    assert canary not in repr(Evidence(**WHOLE))
