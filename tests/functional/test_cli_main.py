"""The program as a whole: quick help, plain sentences, the promised exit codes."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from akva import cli
from akva.cli.main import COMMANDS, akva, main

HEAVY = (
    "scipy",
    "sqlalchemy",
    "numpy",
    "alembic",
    "cryptography",
    "rich",
    "msgspec",
    "akva.service",
)
HETU = "131052-308T"
TOO_MANY = "There are more arguments than the command takes"


def test_help_lists_every_command_and_loads_none_of_their_rooms() -> None:
    script = (
        "import sys; from akva.cli.main import main; main(['--help']);"
        f"sys.exit(any(name in sys.modules for name in {HEAVY!r}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert list(COMMANDS) == re.findall(r"^  ([a-z]+)  +\S", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_command_says_of_itself(name: str) -> None:
    with click.Context(akva) as context:
        command = akva.get_command(context, name)

    assert command is not None
    assert command.get_short_help_str(200) == COMMANDS[name].about


def commands_below(command: click.Command, path: str) -> list[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        return [(path, command)]
    with click.Context(command) as context:
        found = [
            (name, command.get_command(context, name)) for name in command.list_commands(context)
        ]
    return [each for name, one in found if one for each in commands_below(one, f"{path} {name}")]


@pytest.mark.parametrize(("path", "command"), commands_below(akva, "akva"))
def test_every_command_has_an_example_in_its_help(path: str, command: click.Command) -> None:
    with click.Context(command, info_name=path) as context:
        text = command.get_help(context)

    assert path in re.sub(r"\s+", " ", text.partition("xample")[2])


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"akva \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ([], "A command is missing. Next: See `akva --help`."),
        (["klient"], "There is no such command. Next: See `akva --help`."),
        (["client"], "A command is missing. Next: See `akva client --help`."),
        (["client", "ad"], "There is no such command. Next: See `akva client --help`."),
        (
            ["consent", "verify"],
            "Missing argument 'GRANT'. Next: See `akva consent verify --help`.",
        ),
        (
            ["classifications", "areas", "more"],
            f"{TOO_MANY}. Next: See `akva classifications --help`.",
        ),
        (
            ["consent", "verify", "00000000-0000-0000-0000-000000000000"],
            "Missing option '--as'. Next: See `akva consent verify --help`.",
        ),
    ],
)
def test_a_wrong_call_is_one_plain_sentence_with_a_next_step(
    call: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(call, {})

    assert (2, "", f"{said}\n") == (code, *capsys.readouterr())


@pytest.mark.parametrize(
    "call",
    [
        [HETU],
        ["client", HETU],
        ["classifications", HETU],
        ["classifications", "areas", HETU],
        ["consent", "verify", HETU],
        ["consent", "ask", "00000000-0000-0000-0000-000000000000", "--on", HETU],
        ["log", "proof", HETU],
        ["release", "draft", "programme", HETU],
        ["report", "submit", HETU],
        ["actor", "add", HETU],
        ["provider", "add", f"?{HETU}", "name"],
        ["client", "add", "-", "--as", HETU],
    ],
)
def test_a_wrong_call_never_repeats_what_was_typed(
    call: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(call, {})

    said = "".join(capsys.readouterr())
    assert code == 2
    assert HETU not in said


def test_an_actor_who_is_not_named_on_the_call_is_the_environment_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["consent", "verify", "00000000-0000-0000-0000-000000000000", "--dir", str(tmp_path)]

    code = main(call, {"AKVA_ACTOR": "not an id"})

    assert code == 2
    assert "this is not an id as AKVA prints them" in capsys.readouterr().err


def test_a_service_that_nobody_named_asks_for_its_settings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["log", "verify"], {})

    assert code == 2
    assert "not set: AKVA_DATABASE, AKVA_KEYS" in capsys.readouterr().err


def test_a_service_without_keys_says_how_they_are_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["log", "verify", "--dir", str(tmp_path)], {})

    assert code == 70
    assert "akva init" in capsys.readouterr().err


def test_a_reader_who_leaves_early_is_no_fault() -> None:
    script = (
        "import sys; from akva.cli.main import main; sys.exit(main(['classifications', 'areas']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        program.stdout.close()
        _, said = program.communicate()

    assert (0, b"") == (program.returncode, said)


def test_no_command_handles_an_exception_itself() -> None:
    room = Path(cli.__file__).parent
    trying = {
        str(path.relative_to(room))
        for path in room.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Try)
    }

    assert {"terminal/refusals.py"} == trying
