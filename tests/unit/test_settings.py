"""Settings are read whole or refused, and some of them no server is started with."""

from dataclasses import replace
from pathlib import Path

import pytest

from akva.errors import SettingInvalid, SettingMissing
from akva.settings import Settings

NEEDED = {"AKVA_DATABASE": "postgresql://akva_serve@db/akva", "AKVA_KEYS": "/etc/akva/keys"}


def given(**changes: str) -> Settings:
    return Settings.from_env(NEEDED | changes)


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_what_is_needed_is_named_when_it_is_missing(name: str) -> None:
    with pytest.raises(SettingMissing, match=name):
        Settings.from_env({**NEEDED, name: ""})


def test_the_rest_has_a_value_of_its_own() -> None:
    settings = given()

    assert ("127.0.0.1", 8080) == settings.address
    assert (1, 16, 600, "") == (
        settings.workers,
        settings.threads,
        settings.rate,
        settings.contact,
    )
    settings.check_served()


def test_an_empty_value_is_no_value() -> None:
    assert given() == given(AKVA_LISTEN="", AKVA_WORKERS="", AKVA_RATE="", AKVA_CONTACT="")


def test_a_folder_holds_a_service_that_may_be_served(tmp_path: Path) -> None:
    settings = Settings.in_folder(tmp_path)

    settings.check_served()

    assert (tmp_path / "keys", f"sqlite:///{tmp_path / 'akva.db'}") == (
        settings.keys,
        settings.database,
    )


@pytest.mark.parametrize("name", ["AKVA_WORKERS", "AKVA_THREADS", "AKVA_RATE"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "²", "9" * 5_000, " 4"])
def test_a_number_that_is_none_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingInvalid, match=f"^{name} is no whole number from 1 to [0-9]+$"):
        given(**{name: value})


@pytest.mark.parametrize("contact", ["a" * 201, "two\nlines"])
def test_a_contact_is_one_short_line(contact: str) -> None:
    with pytest.raises(SettingInvalid, match="AKVA_CONTACT"):
        given(AKVA_CONTACT=contact)


@pytest.mark.parametrize(
    ("listen", "expected"),
    [
        ("127.0.0.1:1", ("127.0.0.1", 1)),
        ("localhost:8080", ("127.0.0.1", 8080)),
        ("[::1]:8080", ("::1", 8080)),
    ],
)
def test_the_door_listens_on_this_machine(listen: str, expected: tuple[str, int]) -> None:
    assert expected == given(AKVA_LISTEN=listen).address


@pytest.mark.parametrize("listen", ["0.0.0.0:8080", "10.0.0.7:8080", "[::]:8080"])
def test_an_address_that_the_network_reaches_is_refused(listen: str) -> None:
    with pytest.raises(SettingInvalid, match="proxy"):
        given(AKVA_LISTEN=listen).check_served()


@pytest.mark.parametrize(
    "listen", ["8080", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "akva.example:80", "::1:80",
               "127.0.0.1:80/x", "a@127.0.0.1:80", "127.0.0.1:8080 "],
)  # fmt: skip
def test_what_is_no_address_is_refused(listen: str) -> None:
    with pytest.raises(SettingInvalid, match="no address and port"):
        given(AKVA_LISTEN=listen).check_served()


def test_on_sqlite_one_process_writes() -> None:
    settings = given(AKVA_DATABASE="sqlite:////var/lib/akva/akva.db", AKVA_WORKERS="2")

    with pytest.raises(SettingInvalid, match="AKVA_WORKERS must be 1 on SQLite"):
        settings.check_served()

    replace(settings, workers=1).check_served()


@pytest.mark.parametrize(
    "database",
    [
        *(
            f"postgresql://akva_serve:{password}@db/akva"
            for password in ("akva", "postgres", "password", "change-me", "Pass%77ord")
        ),
        "postgresql://akva_serve@db/akva?password=change-me",
    ],
)
def test_a_password_of_an_example_is_refused_and_not_repeated(database: str) -> None:
    with pytest.raises(SettingInvalid, match="password of an example") as refused:
        given(AKVA_DATABASE=database).check_served()

    assert "change-me" not in str(refused.value)


def test_a_password_of_its_own_is_nobody_s_business() -> None:
    given(AKVA_DATABASE="postgresql://akva_serve:pPq7x!kL@db/akva").check_served()
