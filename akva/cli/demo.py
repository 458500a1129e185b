"""`akva demo`: the whole walk, in and out, on a simulated cohort in a fresh embedded service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from akva.cli.terminal.groups import Command
from akva.cli.terminal.printing import show, with_json

TOLD = 10  # plain lines where there is no terminal to draw a bar on


@click.command(cls=Command, epilog="Example: akva demo --dir demo --clients 1500 --seed 2025")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where everything is written.",
)
@click.option("--clients", type=click.IntRange(min=1), default=1500, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=2025, show_default=True)
@with_json
def demo(folder: Path, clients: int, seed: int) -> None:
    """Walk a simulated cohort through the service, to a report."""
    from akva.demo import stage  # lazily: the whole service

    started = perf_counter()
    with progress() as step:
        ended = stage.play(
            folder, clients=clients, seed=seed, step=step, seconds=lambda: perf_counter() - started
        )
    verdicts = [f"akva-verify: {verdict.line}" for verdict in ended.verdicts]
    page = f"Open {folder / 'report.html'} ({ended.summary['seconds']} s)."
    show([*told(ended.summary), *verdicts, page], ended.summary)


def told(summary: dict[str, Any]) -> Iterator[str]:
    consents, release = summary["consents"], summary["release"]
    yield f"{summary['episodes']} episodes of {summary['clients']} simulated clients: " + ", ".join(
        [
            f"{consents['granted']} signed",
            f"{consents['refused']} refused",
            f"{consents['withdrawn']} withdrew",
            f"{consents['not_asked']} were never asked.",
        ]
    )
    turned_away = sum(summary["refusals"].values())
    yield f"{summary['reports']} assessments reported, {turned_away} turned away at the gate."
    yield f"{release['published']} cells published, {release['suppressed']} hidden; audit passed."


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """Give what is told of each deed done: a bar on a terminal, a few plain lines elsewhere."""
    from rich.console import Console  # lazily: few commands take long
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as shown:
        task = shown.add_task("walking the cohort through")

        def step(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)
            if not console.is_terminal and done * TOLD // total != (done - 1) * TOLD // total:
                click.echo(f"{done} of {total} deeds done", err=True)

        yield step
