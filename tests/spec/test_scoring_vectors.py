"""Every shipped instrument answers its vectors, and each vector says whose number it is."""

import pytest

import instruments
from tests.vectors import scoring

CASES = [(name, case) for name in scoring.names() for case in scoring.document(name)["cases"]]


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}: {case['id']}" for name, case in CASES]
)
def test_a_vector_is_answered(name: str, case: scoring.Case) -> None:
    instrument = instruments.load(name)

    disagreements = scoring.disagreements(instrument, case)

    assert [] == disagreements


@pytest.mark.parametrize("name", instruments.ids())
def test_no_definition_stands_without_vectors_of_known_origin(name: str) -> None:
    document = scoring.document(name)

    origins = {case["source"] for case in document["cases"]}

    assert origins
    assert origins <= document["sources"].keys()
    assert all(source["what"].strip() for source in document["sources"].values())


@pytest.mark.parametrize("name", instruments.ids())
def test_a_released_definition_never_changes(name: str) -> None:
    """Another content is another version; the vectors hold the hash of each that was released."""
    document = scoring.document(name)

    instrument = instruments.load(name, document["edition"])

    assert document["definition"] == instrument.definition


def test_no_vector_file_stands_without_a_definition() -> None:
    assert list(instruments.ids()) == scoring.names()


@pytest.mark.parametrize("name", instruments.ids())
def test_no_edition_or_version_of_an_instrument_stands_twice(name: str) -> None:
    loaded = [instruments.load(name, edition) for edition in instruments.editions(name)]

    assert len({one.edition for one in loaded}) == len(loaded)
    assert len({one.contents.version for one in loaded}) == len(loaded)
