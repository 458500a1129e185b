"""The entry point: the table of commands, and the one place that turns exceptions into output."""

import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import click

from akva.cli.terminal.groups import Entry, LazyGroup
from akva.cli.terminal.refusals import DONE, READER_GONE, Refusal, tried

COMMANDS: Mapping[str, Entry] = MappingProxyType(
    {
        "demo": Entry(
            "akva.cli.demo:demo", "Walk a simulated cohort through the service, to a report."
        ),
        "run": Entry(
            "akva.cli.server.run:run", "Serve a small example on this machine, with tokens to try."
        ),
        "serve": Entry("akva.cli.server.serve:serve", "Answer calls over HTTP."),
        "doctor": Entry("akva.cli.server.doctor:doctor", "Say what is wrong and how to mend it."),
        "score": Entry("akva.cli.score:score", "Score the rows of a file, or of stdin."),
        "instruments": Entry(
            "akva.cli.instruments:instruments", "Show the instruments that can be scored."
        ),
        "classifications": Entry(
            "akva.cli.classifications:classifications", "List the codes that may be sent."
        ),
        "init": Entry("akva.cli.operate:init", "Make the keys, the database, the first operator."),
        "migrate": Entry("akva.cli.operate:migrate", "Bring the database up to this program."),
        "provider": Entry(
            "akva.cli.callers.people:provider", "Set up the organisations that rehabilitate."
        ),
        "actor": Entry("akva.cli.callers.people:actor", "Set up the people and systems that call."),
        "token": Entry(
            "akva.cli.callers.tokens:token", "Let people and systems call over HTTP, and stop them."
        ),
        "client": Entry("akva.cli.intake:client", "Register clients in the provider's own record."),
        "episode": Entry("akva.cli.intake:episode", "Open a client's course of a service."),
        "assessment": Entry("akva.cli.intake:assessment", "Record what a client answered."),
        "course": Entry("akva.cli.intake:course", "Send whole courses, one a line."),
        "consent": Entry("akva.cli.consent:consent", "Record what the client permits, or not."),
        "report": Entry("akva.cli.report:report", "Report assessments through the gate."),
        "release": Entry("akva.cli.release:release", "Draft, approve and read the figures."),
        "log": Entry("akva.cli.log:log", "Verify, sign and hand out the log."),
    }
)


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    epilog="Exit codes: 0 done; 1 the answer is no; 2 the call is wrong; 3 some rows were refused;"
    " 70 a fault of ours.",
)
@click.version_option(package_name="akva", message="akva %(version)s")
def akva() -> None:
    """Measure whether rehabilitation helped, and report it on the client's written consent."""


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> int:
    """Run one command and give its exit code; says every failure on stderr, in plain sentences."""
    done = tried(
        lambda: run(argv, os.environ if environ is None else environ), refusing=(Exception,)
    )
    if not isinstance(done, Refusal):
        return done
    if done.code == READER_GONE:
        # The interpreter flushes once more at its end (Python's signal documentation, SIGPIPE).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    for line in done.lines:
        click.echo(line, err=True)
    return done.exit_code


def run(argv: Sequence[str] | None, environ: Mapping[str, str]) -> int | Refusal:
    done: object = akva.main(argv, prog_name="akva", standalone_mode=False, obj=environ)
    return done if isinstance(done, int | Refusal) else DONE
