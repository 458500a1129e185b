"""A bar on a terminal while lines are worked through whose results go elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO


@contextmanager
def numbered(file: BinaryIO) -> Iterator[Iterator[tuple[int, bytes]]]:
    """Give the lines that hold something, with their numbers from 1."""
    from rich.console import Console  # lazily: few commands take long
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(
        console=console,
        # On a terminal, results are their own progress: a bar would only stand in their way.
        disable=not console.is_terminal or sys.stdout.isatty(),
        transient=True,
        redirect_stdout=False,
    ) as progress:
        task = progress.add_task("", total=size_of(file))
        yield advancing(file, partial(progress.advance, task))


def advancing(file: BinaryIO, advance: Callable[[float], None]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, line
        advance(len(line))


def size_of(file: BinaryIO) -> int | None:
    """Tell the bytes of a file; a pipe's are not known."""
    if not file.seekable():
        return None
    size = file.seek(0, 2)
    file.seek(0)
    return size
