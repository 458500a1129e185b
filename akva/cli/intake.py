"""`akva client`, `episode`, `assessment`, `course`: what providers send, as JSON from a file."""

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.opening import Caller, caller, with_caller
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.progress import numbered
from akva.cli.terminal.refusals import SOME_REFUSED, Refusal, tried
from akva.cli.terminal.values import ID
from akva.formats import submissions

if TYPE_CHECKING:  # the use cases are slow to load, and help needs none of them
    from akva.service.courses import CourseReceipt

from_file = click.argument("file", type=click.File("rb"))


@click.group(cls=Group)
def client() -> None:
    """Register clients in the provider's own record."""


@client.command(name="add", epilog="Example: akva client add client.json --as ID")
@from_file
@with_caller
@with_json
def add_client(file: BinaryIO) -> None:
    """Register the client described in FILE, - for stdin.

    Fields: hetu or reference, birth_year, sex (female, male, unknown), area.
    """
    new, who = submissions.client(file.read()), caller()
    client_id = who.akva.intake.register(who.actor, new)
    show([f"client {client_id}"], {"client": client_id})


@click.group(cls=Group)
def episode() -> None:
    """Open a client's course of a service."""


@episode.command(name="add", epilog="Example: akva episode add CLIENT-ID episode.json --as ID")
@click.argument("client_id", metavar="CLIENT", type=ID)
@from_file
@with_caller
@with_json
def add_episode(client_id: UUID, file: BinaryIO) -> None:
    """Open the episode described in FILE, - for stdin.

    Fields: service, law_basis, decided_on, started_on, diagnosis; ended_on, end_reason and
    next_step when it has ended.
    """
    new, who = submissions.episode(file.read()), caller()
    episode_id = who.akva.intake.open(who.actor, client_id, new)
    show([f"episode {episode_id}"], {"episode": episode_id})


@click.group(cls=Group)
def assessment() -> None:
    """Record what a client answered."""


@assessment.command(epilog="Example: akva assessment record EPISODE-ID phq-9.json --as ID")
@click.argument("episode_id", metavar="EPISODE", type=ID)
@from_file
@with_caller
@with_json
def record(episode_id: UUID, file: BinaryIO) -> None:
    """Record the assessment in FILE, - for stdin.

    Fields: instrument, occasion (start, end, follow_up), answered_on, and one of answers, goals
    and not_scored with its reason; edition, rule, coding and mode if they are not the usual ones.
    """
    new, who = submissions.assessment(file.read()), caller()
    receipt = who.akva.intake.record(who.actor, episode_id, new)
    lines = [
        f"assessment {receipt.id}",
        f"log index {receipt.log_index}, leaf hash {receipt.leaf_hash}",
        *(f"alert {alert}" for alert in receipt.alerts),
    ]
    show(lines, asdict(receipt))


@click.group(cls=Group)
def course() -> None:
    """Send whole courses, one a line."""


@course.command(epilog="Example: akva course submit courses.ndjson --as ID")
@from_file
@with_caller
@with_json
def submit(file: BinaryIO) -> None:
    """Write the courses in FILE, - for stdin: one JSON object a line, each in its own transaction.

    Fields: client, episode, consent (asked_on with evidence or refused; null when nobody asked),
    assessments. A line that is refused stops no other; the exit code is then 3.
    """
    who, refused = caller(), 0
    with numbered(file) as lines:
        for number, line in lines:
            done = tried(partial(write_course, who, line))
            refused += isinstance(done, Refusal)
            show_course(number, done)
    if refused:
        click.get_current_context().exit(SOME_REFUSED)


def write_course(who: Caller, line: bytes) -> "CourseReceipt":
    return who.akva.courses.submit(who.actor, submissions.course(line))


def show_course(number: int, done: "CourseReceipt | Refusal") -> None:
    if isinstance(done, Refusal):
        lines = [f"line {number} {line}" for line in done.lines]
        show(lines, {"line": number, "problem": done.as_dict()}, refused=True)
        return
    ids = [f"client {done.client_id}", f"episode {done.episode_id}"]
    if done.grant_id is not None:
        ids.append(f"grant {done.grant_id}")
    lines = [
        f"line {number} written: {', '.join(ids)}",
        *(f"  assessment {each}" for each in done.assessment_ids),
        *(f"  alert {alert} of assessment {each}" for each, alert in done.alerts),
    ]
    show(lines, {"line": number, **asdict(done), "problem": None})
