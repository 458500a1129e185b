"""`akva report`: assessments through the gate into the register, or a refusal with its code."""

from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.opening import caller, with_caller
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.refusals import NO, SOME_REFUSED
from akva.cli.terminal.values import ID

if TYPE_CHECKING:  # the use cases are slow to load, and help needs none of them
    from akva.service.reporting import Outcome


@click.group(cls=Group)
def report() -> None:
    """Report assessments through the gate."""


@report.command(epilog="Example: akva report submit ASSESSMENT-ID ASSESSMENT-ID --as ID")
@click.argument("assessment_ids", metavar="ASSESSMENT...", type=ID, nargs=-1, required=True)
@with_caller
@with_json
def submit(assessment_ids: tuple[UUID, ...]) -> None:
    """Report assessments whose clients permit it; the others are refused, each with its code.

    Exit code 1 when all were refused, 3 when some were.
    """
    who = caller()
    outcomes = who.akva.reporting.report(who.actor, assessment_ids)
    for outcome in outcomes:
        show([line_of(outcome)], asdict(outcome), refused=outcome.code is not None)
    refused = sum(outcome.code is not None for outcome in outcomes)
    if refused:
        click.get_current_context().exit(NO if refused == len(outcomes) else SOME_REFUSED)


def line_of(outcome: "Outcome") -> str:
    if outcome.code is not None:
        return f"{outcome.assessment_id} refused, {outcome.code}. Next: {outcome.next_step}"
    return (
        f"{outcome.assessment_id} accepted as report {outcome.report_id}, "
        f"log index {outcome.log_index}, leaf hash {outcome.leaf_hash}"
    )
