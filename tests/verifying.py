"""Asking `akva-verify` in this process: its exit code and the sentence it prints."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from akva.verifier import main as verifier

Ask: TypeAlias = Callable[..., tuple[int, str]]


def asking(capsys: pytest.CaptureFixture[str], key: str) -> Ask:
    """Return a way to call the program with a key: (command, *files) -> (exit code, output)."""

    def ask(command: str, *words: Path | str, key: str = key) -> tuple[int, str]:
        code = verifier.main([command, *map(str, words), "--key", key])
        return code, capsys.readouterr().out

    return ask
