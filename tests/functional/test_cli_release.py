"""Releases by commands: two publishers, readers by audience, and each refusal."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.functional.sent import COURSE
from tests.functional.shell import Shell

ROUND = ("akva-services", "2025")
NEVER = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def one_episode(shell: Shell) -> None:
    """Let one episode end in the round: too few for any figure, and a release nonetheless."""
    course = shell.file("c.ndjson", COURSE | {"consent": None})
    shell.json("course", "submit", course, by="sender")


@pytest.fixture
def draft(shell: Shell) -> str:
    made: str = shell.json("release", "draft", *ROUND, by="publisher")["release_id"]
    return made


def approved(shell: Shell, draft: str, audience: str) -> None:
    shell.json("release", "approve", draft, "--audience", audience, by="approver")


def test_a_draft_tells_what_was_frozen_and_saves_the_bytes(shell: Shell, tmp_path: Path) -> None:
    saved = tmp_path / "draft.json"

    done = shell("release", "draft", *ROUND, "--save", str(saved), by="publisher")

    assert (0, "") == (done.code, done.err)
    assert f"digest {sha256(saved.read_bytes()).hexdigest()}" in done.out.splitlines()
    assert "reports 0, refusals none" in done.out.splitlines()


@pytest.mark.parametrize(
    ("call", "by", "code"),
    [
        (ROUND, "researcher", 2),
        (("no-such-programme", "2024"), "publisher", 2),
        (("akva-services", "2999"), "publisher", 1),
        (("akva-services", "2024"), "publisher", 1),
    ],
    ids=["role", "programme", "deadline", "nobody"],
)
def test_a_draft_is_refused(shell: Shell, call: tuple[str, ...], by: str, code: int) -> None:
    done = shell("release", "draft", *call, by=by)

    assert (code, "") == (done.code, done.out)


def test_who_drafted_cannot_approve(shell: Shell, draft: str) -> None:
    done = shell("release", "approve", draft, "--audience", "public", by="publisher")

    assert (2, True) == (done.code, "Next: Ask a second person to do this step." in done.err)


def test_a_round_is_published_once(shell: Shell, draft: str) -> None:
    approved(shell, draft, "public")

    done = shell("release", "approve", draft, "--audience", "public", by="approver")

    assert (1, "") == (done.code, done.out)


def test_a_draft_that_never_was_cannot_be_approved(shell: Shell) -> None:
    done = shell("release", "approve", NEVER, "--audience", "public", by="approver")

    assert (2, "no such draft. Next: Check the id.\n") == (done.code, done.err)


def test_before_approval_there_is_nothing_to_read(shell: Shell, draft: str) -> None:
    assert "Nothing yet.\n" == shell("release", "list", by="researcher").out
    assert 2 == shell("release", "show", draft, by="researcher").code


def test_what_is_public_needs_no_name(shell: Shell, draft: str) -> None:
    approved(shell, draft, "public")

    [listed] = shell.json("release", "list")

    assert (draft, "public") == (listed["release"], listed["audience"])
    assert listed["published_at"].endswith("Z")


def test_what_is_for_researchers_is_unknown_to_others(shell: Shell, draft: str) -> None:
    approved(shell, draft, "researchers")

    assert "Nothing yet.\n" == shell("release", "list").out
    assert 0 == shell("release", "show", draft, by="researcher").code
    assert shell("release", "show", NEVER) == shell("release", "show", draft)


def test_an_operator_reads_no_figures_for_researchers(shell: Shell, draft: str) -> None:
    approved(shell, draft, "researchers")

    assert 2 == shell("release", "show", draft, by="operator").code


def test_what_is_hidden_says_so_and_has_no_number(shell: Shell, draft: str) -> None:
    approved(shell, draft, "public")

    lines = shell("release", "show", draft, "--service", "all").out.splitlines()

    assert {"suppressed"} == {line.split()[-1] for line in lines}


def test_a_part_of_a_release_as_json(shell: Shell, draft: str) -> None:
    approved(shell, draft, "public")

    shown = shell.json("release", "show", draft, "--table", "coverage", "--service", "all")

    places = {(cell["service"], cell["table"]) for cell in shown["body"]["cells"]}
    assert {("all", "coverage")} == places


def test_an_exported_release_is_the_published_bytes(
    shell: Shell, draft: str, tmp_path: Path
) -> None:
    approved(shell, draft, "public")

    told = shell.json("release", "export", draft, "--to", str(tmp_path / "release"))

    body = (tmp_path / "release" / "release.json").read_bytes()
    opening = json.loads((tmp_path / "release" / "opening.json").read_text())
    assert told["log_index"] == opening["index"]
    assert sha256(body).hexdigest() == json.loads(opening["payload"])["digest"]


def test_an_export_is_never_written_over_another(shell: Shell, draft: str, tmp_path: Path) -> None:
    approved(shell, draft, "public")
    (tmp_path / "mine.txt").write_text("kept")

    done = shell("release", "export", draft, "--to", str(tmp_path))

    assert (1, ["akva", "mine.txt"]) == (
        done.code,
        sorted(path.name for path in tmp_path.iterdir()),
    )
