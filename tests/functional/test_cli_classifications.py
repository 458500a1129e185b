"""The codes that may be sent, as providers look them up."""

import json

import pytest

from akva.cli.main import main
from akva.cli.terminal.printing import written


def test_without_a_name_the_classifications_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classifications"], {}) == 0

    listed = capsys.readouterr().out.split()
    assert ["services", "law_bases", "areas", "diagnoses", "end_reasons", "next_steps"] == listed


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("areas", "01  Itä-Uusimaa / East Uusimaa, from 2023-01-01"),
        (
            "services",
            "kiila                Kiila-kuntoutus / Kiila rehabilitation, from 2016-01-01",
        ),
    ],
)
def test_a_code_stands_with_its_names_and_days(
    name: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["classifications", name], {}) == 0

    assert line in capsys.readouterr().out.splitlines()


def test_a_service_that_ends_says_until_when(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classifications", "services"], {}) == 0

    assert " until 2026-01-01" in capsys.readouterr().out


def test_as_json_everything_that_is_known_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classifications", "services", "--json"], {}) == 0

    kiila = json.loads(capsys.readouterr().out)["kiila"]
    assert ("2016-01-01", "obligatory") == (
        kiila["decided_from"],
        kiila["measures"]["bdi-21"]["start"],
    )


def test_what_has_no_form_in_json_is_never_printed_somehow() -> None:
    with pytest.raises(TypeError):
        written(b"bytes")
