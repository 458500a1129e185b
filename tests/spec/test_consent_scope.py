"""A grant speaks for its own purpose and its own instruments."""

import pytest

from consent import REPORT_TO_KELA
from consent.purposes import FIELDS, listed
from tests.spec.consent_drawn import spec

TWO_PURPOSES = """
    day | event    | more
    ----+----------+---------------------
      1 | grant    |
      2 | verify   |
      3 | grant    | for research-extract
      4 | verify   | for research-extract
      6 | withdraw | for research-extract
"""


@pytest.mark.parametrize(
    ("purpose", "answer"),
    [
        (REPORT_TO_KELA, "permit"),
        ("research-extract", "CONSENT_WITHDRAWN"),
        ("work-status-linkage", "CONSENT_MISSING"),
    ],
)
def test_purposes_are_never_bundled(purpose: str, answer: str) -> None:
    spec(TWO_PURPOSES, on=6, purpose=purpose, expect=answer)


UNLISTED = """
    day | event  | more
    ----+--------+--------------
      1 | grant  | for marketing
      2 | verify | for marketing
"""


@pytest.mark.parametrize("purpose", ["marketing", "Report-To-Kela", "report-to-kela-2"])
def test_a_purpose_that_is_not_listed_is_refused(purpose: str) -> None:
    table = UNLISTED.replace("marketing", purpose)

    spec(table, on=2, purpose=purpose, expect="CONSENT_SCOPE_PURPOSE")


SOME_INSTRUMENTS = """
    day | event  | more
    ----+--------+----------------
      1 | grant  | only bdi-21 gas
      2 | verify |
"""


@pytest.mark.parametrize(
    ("instrument", "answer"),
    [
        ("bdi-21", "permit"),
        ("gas", "permit"),
        ("whoqol-bref", "CONSENT_SCOPE_INSTRUMENT"),
    ],
)
def test_a_grant_covers_the_instruments_it_names(instrument: str, answer: str) -> None:
    spec(SOME_INSTRUMENTS, on=2, instrument=instrument, expect=answer)


ALL_INSTRUMENTS = """
    day | event
    ----+-------
      1 | grant
      2 | verify
"""


def test_a_grant_that_names_none_covers_all() -> None:
    spec(ALL_INSTRUMENTS, on=2, instrument="whoqol-bref", expect="permit")


def test_the_listed_purposes() -> None:
    expected = ["report-to-kela", "research-extract", "work-status-linkage"]

    assert expected == list(listed())


@pytest.mark.parametrize("purpose", listed().values(), ids=listed())
def test_each_purpose_tells_the_legal_basis_apart_from_the_permission(purpose: object) -> None:
    texts = {name: getattr(purpose, name).text for name in FIELDS}

    assert texts["legal_basis"] != texts["permission"]


@pytest.mark.parametrize("purpose", listed().values(), ids=listed())
@pytest.mark.parametrize("field", FIELDS)
def test_each_statement_says_how_well_it_is_known(purpose: object, field: str) -> None:
    assert getattr(purpose, field).status in {"published", "inferred", "open"}
