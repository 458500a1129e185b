"""A programme's file: strict, and every fault named by file and key."""

from datetime import date
from importlib.resources import files

import pytest

import instruments
from akva.aggregation import programmes
from akva.aggregation.programmes import Programme, Round
from akva.errors import InvalidRequest, NotFound
from consent import REPORT_TO_KELA

NAME = "akva-services.toml"
TEXT = files(programmes).joinpath(NAME).read_text("utf-8")


def faults(text: str, name: str = NAME) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as caught:
        programmes.read(text, name)
    return [(fault.where, fault.why) for fault in caught.value.faults]


def programme() -> Programme:
    return programmes.load("akva-services")


def test_the_programme_declares_the_threshold_of_ten() -> None:
    assert (10, 3) == (programme().policy.threshold, programme().policy.least_in_share)


def test_the_programme_counts_what_was_reported_for_its_purpose() -> None:
    assert REPORT_TO_KELA == programme().purpose


def test_every_declared_scale_rule_and_band_exists() -> None:
    for scale in programme().scales:
        contents = instruments.load(scale.instrument, scale.edition).contents
        assert scale.scale in {each.id for each in contents.scales}
        assert scale.rule in {each.id for each in contents.rules}
        if scale.bands:
            [of] = [each for each in contents.bands if each.id == scale.bands.set]
            assert tuple(of.lowest) == scale.bands.classes


def test_no_scale_of_unknown_polarity_is_called_better() -> None:
    known = {
        each.polarity
        for scale in programme().scales
        for each in instruments.load(scale.instrument, scale.edition).contents.scales
        if each.id == scale.scale
    }

    assert known <= {"higher", "lower"}


def test_a_round_is_a_calendar_year_frozen_after_the_deadline() -> None:
    one = Round(2025)

    assert (date(2025, 1, 1), date(2026, 1, 1)) == (one.ended_from, one.ended_before)
    assert date(2026, 4, 1) == one.frozen_from


@pytest.mark.parametrize("name", ["nothing", "../programmes/akva-services", "AKVA", "", "a/b"])
def test_an_unknown_programme_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        programmes.load(name)


@pytest.mark.parametrize(
    ("old", "new", "where", "why"),
    [
        ("threshold = 10", "threshold = 4", "policy.threshold", "is too low to protect"),
        ("threshold = 10", "threshold = 0", "policy.threshold", "is too low to protect"),
        ("threshold = 10", "threshold = true", "policy.threshold", "is no int"),
        ("threshold = 10", 'threshold = "10"', "policy.threshold", "is no int"),
        ("threshold = 10", "", "policy.threshold", "is missing"),
        ("threshold = 10", "threshold = 10\nfree = 1", "policy.free", "is not known"),
        ("least_in_share = 3", "least_in_share = 1", "policy.least_in_share", "is too low"),
        ("least_spread = 0.1", "least_spread = 0.0", "policy.least_spread", "is not above 0"),
        ("confidence = 0.95", "confidence = 1.0", "policy.confidence", "is not between 0 and 1"),
        ("mean = 1", "mean = 9", "decimals", "is out of range"),
        ('id = "akva-services"', 'id = "other"', "id", "is not the file's name"),
        ('id = "akv-1"', 'id = "gas"', "instruments", "is empty or repeats an instrument"),
        ('scales = ["t"]', "scales = []", "instruments[3].scales", "is empty or repeats a scale"),
        ('scales = ["t"]', "scales = [1]", "instruments[3].scales[0]", "is no str"),
        ('scales = ["t"]', 'scales = "t"', "instruments[3].scales", "is no list"),
        ('"attainment"', '"guess"', "instruments[3].indicator", "is not known"),
        ('{ scale = "total"', '{ scale = "x"', "instruments[0].bands", "are of no declared scale"),
        ("[policy]", "[rules]", "policy", "is missing"),
    ],
)
def test_a_fault_names_file_and_key(old: str, new: str, where: str, why: str) -> None:
    found = faults(TEXT.replace(old, new, 1))

    assert f"{NAME}: {where}" in [place for place, _ in found]
    assert any(reason.startswith(why) for place, reason in found if place.endswith(where))


def test_every_fault_is_named_at_once() -> None:
    found = faults(TEXT.replace("threshold = 10", "threshold = 1").replace("mean = 1", "mean = 9"))

    assert [f"{NAME}: policy.threshold", f"{NAME}: decimals"] == [where for where, _ in found]


def test_text_that_is_no_toml_names_the_file() -> None:
    [(where, _)] = faults("= nothing")

    assert NAME == where
