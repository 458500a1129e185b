"""`akva doctor`: everything that is wrong with a service, each with its mend."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING

import click

from akva.cli.terminal.groups import Command
from akva.cli.terminal.opening import settings, with_service
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.refusals import Refusal, tried

if TYPE_CHECKING:
    from akva.doctor.checks import Check

NO = 1
NOT_LOOKED = "Nothing else was looked at."


@dataclass(frozen=True, slots=True)
class Found:
    """What a check said: what is well, or what is wrong with its next step."""

    name: str
    ok: bool
    said: tuple[str, ...]

    @property
    def line(self) -> str:
        return f"{'ok' if self.ok else 'WRONG':5} {self.name}: {' '.join(self.said)}"


@click.command(cls=Command, epilog="Example: akva doctor --dir akva-data")
@with_service
@with_json
def doctor() -> int | None:
    """Say what is wrong and how to mend it.

    Looks at settings, keys, database, clocks, log and space, whatever it finds on the way, and
    changes nothing; exit code 1 when something is wrong.
    """
    found = list(examined())
    well = all(one.ok for one in found)
    checks = [{"name": one.name, "ok": one.ok, "said": " ".join(one.said)} for one in found]
    show([one.line for one in found], {"ok": well, "checks": checks})
    return None if well else NO


def examined() -> Iterator[Found]:
    from akva.doctor.checks import checks  # lazily: the whole service

    chosen = tried(settings, refusing=(Exception,))
    if isinstance(chosen, Refusal):
        yield Found("settings", ok=False, said=(*chosen.lines, NOT_LOOKED))
        return
    for check in checks(chosen, time):
        yield found_by(check)


def found_by(check: "Check") -> Found:
    said = tried(check.step, refusing=(Exception,))
    if isinstance(said, Refusal):
        return Found(check.name, ok=False, said=tuple(said.lines))
    return Found(check.name, ok=True, said=(said,))
