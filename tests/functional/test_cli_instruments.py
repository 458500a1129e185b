"""`akva instruments`: the catalogue, and each definition in words."""

import pytest

import instruments
from tests.functional.scoring import akva


def test_the_catalogue_is_listed() -> None:
    listed = akva("instruments", "list", "--json").json

    assert list(instruments.ids()) == [one["id"] for one in listed]
    assert all(one["definition"].startswith("sha256:") for one in listed)


@pytest.mark.parametrize("name", instruments.ids())
def test_a_definition_is_shown_whole(name: str) -> None:
    shown, read = (
        akva("instruments", "show", name),
        akva("instruments", "show", name, "--json").json,
    )

    assert instruments.load(name).definition in shown.out
    assert instruments.load(name).definition == read["definition"]
    assert read["citations"]
    assert all(citation in shown.out for citation in read["citations"])
