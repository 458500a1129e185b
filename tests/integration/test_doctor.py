"""What no command can bring about: clocks that differ, a disk that is full."""

import time
from pathlib import Path

import pytest

from akva.doctor import places, times
from akva.doctor.unwell import Unwell
from akva.errors import DatabaseNotReady
from akva.settings import Settings
from tests.house import House


@pytest.mark.parametrize(("shift", "word"), [(90, "behind"), (-90, "ahead of")])
def test_clocks_apart_are_told(house: House, shift: int, word: str) -> None:
    """The database's own clock, on either engine, beside one of this machine that is wrong."""
    with pytest.raises(Unwell, match=word):
        times.beside_database(house.settings, lambda: time.time() + shift)


def test_clocks_together_are_well(house: House) -> None:
    assert "seconds apart" in times.beside_database(house.settings, time.time)


def test_too_little_space_is_told(house: House) -> None:
    with pytest.raises(Unwell, match="MiB are free"):
        places.space(house.settings, least_mib=10**12)


def test_space_is_looked_for_where_a_folder_will_be(tmp_path: Path) -> None:
    assert "MiB free" in places.space(Settings.in_folder(tmp_path / "not" / "yet"))


def test_a_look_says_why_the_engine_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReady, match="cannot be opened"):
        times.beside_log(Settings.in_folder(tmp_path), time.time)
