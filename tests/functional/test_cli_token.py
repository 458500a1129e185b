"""Tokens by commands: shown once, listed without what would let anybody call, revoked."""

import re

import pytest

from tests.functional.shell import Shell

TEXT = re.compile(r"akva_[A-Za-z0-9_-]{43}")
NOBODY = "00000000-0000-7000-8000-000000000000"


def issued(shell: Shell, *options: str) -> dict[str, str]:
    made: dict[str, str] = shell.json(
        "token", "issue", shell.people["sender"], *options, by="operator"
    )
    return made


def test_a_token_is_printed_once_with_its_end_and_a_warning(shell: Shell) -> None:
    done = shell("token", "issue", shell.people["sender"], "--days", "30", by="operator")

    assert (0, "") == (done.code, done.err)
    first, text, warning = done.out.splitlines()
    assert re.fullmatch(r"token [0-9a-f-]{36} until \d{4}-\d\d-\d\dT[\d:.]+Z", first)
    assert TEXT.fullmatch(text)
    assert "cannot be shown again" in warning


def test_as_json_it_is_one_object(shell: Shell) -> None:
    made = issued(shell)

    assert {"id", "expires_at", "token"} == set(made)
    assert TEXT.fullmatch(made["token"])


def test_a_list_tells_of_each_and_shows_no_token(shell: Shell) -> None:
    kept, revoked = issued(shell), issued(shell)
    shell("token", "revoke", revoked["id"], by="operator")

    done = shell("token", "list", by="operator")

    assert (0, "") == (done.code, done.err)
    assert [(kept["id"], "valid"), (revoked["id"], "revoked")] == [
        tuple(line.split()[:2]) for line in done.out.splitlines()
    ]
    assert not TEXT.search(done.out)


def test_the_list_as_json_shows_no_token_either(shell: Shell) -> None:
    made = issued(shell)

    listed = shell("token", "list", "--json", by="operator")

    [line] = listed.json
    assert (made["id"], shell.people["sender"]) == (line["id"], line["actor_id"])
    assert not TEXT.search(listed.out)


def test_where_there_is_none_the_list_says_so(shell: Shell) -> None:
    assert "None yet.\n" == shell("token", "list", by="operator").out


def test_revoking_says_so_and_a_second_time_no(shell: Shell) -> None:
    token = issued(shell)["id"]

    first, second = (shell("token", "revoke", token, by="operator") for _ in range(2))

    assert (0, f"token {token} is revoked\n") == (first.code, first.out)
    assert (1, "") == (second.code, second.out)


@pytest.mark.parametrize("days", ["0", "367"])
def test_a_lifetime_out_of_bounds_is_a_wrong_call(shell: Shell, days: str) -> None:
    done = shell("token", "issue", shell.people["sender"], "--days", days, by="operator")

    expected = "/days: not a token's lifetime. Next: Give 1 to 366 days.\n"
    assert (2, "", expected) == (done.code, done.out, done.err)


@pytest.mark.parametrize("call", [("issue", NOBODY), ("revoke", NOBODY)])
def test_an_unknown_id_is_a_wrong_call(shell: Shell, call: tuple[str, str]) -> None:
    done = shell("token", *call, by="operator")

    assert (2, "") == (done.code, done.out)


@pytest.mark.parametrize("call", [("issue", NOBODY), ("list",), ("revoke", NOBODY)])
def test_only_an_operator_deals_with_tokens(shell: Shell, call: tuple[str, ...]) -> None:
    done = shell("token", *call, by="sender")

    assert (2, "this needs the role operator.") == (done.code, done.err.partition(" Next")[0])


def test_a_token_in_the_place_of_an_id_is_not_repeated(shell: Shell) -> None:
    token = issued(shell)["token"]

    done = shell("token", "revoke", token, by="operator")

    assert (2, False) == (done.code, token in done.out + done.err)


def test_a_log_with_tokens_verifies(shell: Shell) -> None:
    shell("token", "revoke", issued(shell)["id"], by="operator")

    assert 0 == shell("log", "verify").code
