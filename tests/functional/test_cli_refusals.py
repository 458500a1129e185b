"""How a failure is said: by the table for ours, without details for what nobody foresaw."""

import click
import pytest

from akva.cli.terminal.refusals import Refusal, refusal_of, tried
from akva.errors import Conflict, Fault, InvalidRequest, LogBroken
from akva.words import MissingWords
from consent import UnknownPurpose

SECRET = "131052-308T"  # noqa: S105 - a published sample

STOP = "Stop writing, keep the files as they are, tell an auditor."


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (
            LogBroken(7, "the leaf is not canonical"),
            1,
            f"log entry 7: the leaf is not canonical. Next: {STOP}",
        ),
        (
            UnknownPurpose("no such purpose"),
            2,
            "no such purpose. Next: See consent/purposes.toml for the purposes.",
        ),
        (
            LookupError(SECRET),
            70,
            "A fault of ours stopped this (LookupError). Next: Tell the operator.",
        ),
        (
            MissingWords(SECRET),
            70,
            "A fault of ours stopped this (MissingWords). Next: Tell the operator.",
        ),
        (
            OSError("no file"),
            70,
            "A fault of ours stopped this (OSError). Next: Tell the operator.",
        ),
        (
            PermissionError(13, "Permission denied", "out"),
            2,
            "out: Permission denied. Next: Check the path, the rights and the space.",
        ),
        (click.Abort(), 2, "Stopped before the end. Next: Run it again."),
        (
            click.FileError("out", "disk full"),
            1,
            "Could not open file 'out': disk full. Next: See `akva --help`.",
        ),
    ],
)
def test_every_failure_is_a_sentence_and_a_next_step(
    error: BaseException, code: int, line: str
) -> None:
    refusal = refusal_of(error)

    assert (code, [line]) == (refusal.exit_code, refusal.lines)


def test_every_fault_of_a_request_is_a_line_of_its_own() -> None:
    error = InvalidRequest(
        Fault("unknown-item", "/answers/q7", "no such item.", "did you mean q6?"),
        Fault("field-missing", "", "nothing was sent", "send something"),
    )

    lines = refusal_of(error).lines

    assert [
        "/answers/q7: no such item. Next: Did you mean q6?",
        "nothing was sent. Next: Send something.",
    ] == lines


def test_one_row_s_failure_is_told_and_another_kind_goes_on() -> None:
    def conflict() -> None:
        raise Conflict("registered already")

    def broken() -> None:
        raise LookupError

    assert isinstance(tried(conflict), Refusal)
    with pytest.raises(LookupError):
        tried(broken)
