"""A batch: whole courses, one a line, each checked or written in a transaction of its own.

Each line is written once under the batch's key and its own number, so that a batch that was cut
short is sent again whole: what stands already is answered as before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from akva.api.operation import Asked
from akva.errors import Fault, InvalidRequest, TooLarge
from akva.formats import submissions
from akva.problems.trying import Refused, tried
from akva.service.courses import CourseCheck, CourseReceipt
from akva.service.once import Once

MOST_LINES = 10_000
SAID = b"line of a batch\n"  # a line and a single call never pass for one another


class OnError(StrEnum):
    ACCEPT_GOOD = "accept-good"
    REJECT_ALL = "reject-all"


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What would become of a line."""

    line: int
    check: CourseCheck | None
    problem: Refused | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a line."""

    line: int
    course: CourseReceipt | None
    problem: Refused | None


def lines_of(sent: bytes) -> list[Line]:
    """Split a body into numbered lines, blank ones left out; raises InvalidRequest, TooLarge."""
    texts = sent.split(b"\n", MOST_LINES + 1)
    lines = [Line(number, text) for number, text in enumerate(texts, 1) if text.strip()]
    if not lines:
        raise InvalidRequest(
            Fault("not-json", "", "there is no line here", "send one JSON object a line")
        )
    if lines[-1].number > MOST_LINES:
        raise TooLarge(f"a batch may have {MOST_LINES} lines")
    return lines


def check(asked: Asked, lines: Sequence[Line]) -> list[Checked]:
    """Try every line and write none."""
    return [checked(asked, line) for line in lines]


def checked(asked: Asked, line: Line) -> Checked:
    def step() -> CourseCheck:
        return asked.akva.courses.check(asked.who, submissions.course(line.text))

    done = tried(step)
    if isinstance(done, Refused):
        return Checked(line=line.number, check=None, problem=done)
    return Checked(line=line.number, check=done, problem=None)


def write(asked: Asked, lines: Sequence[Line]) -> list[Written]:
    """Write what can be written; raises InvalidRequest with all faults where nothing could."""
    done = [written(asked, line) for line in lines]
    if all(one.problem for one in done):
        refuse(done)
    return done


def written(asked: Asked, line: Line) -> Written:
    done = tried(partial(submit, asked, line))
    if isinstance(done, Refused):
        return Written(line=line.number, course=None, problem=done)
    return Written(line=line.number, course=done, problem=None)


def submit(asked: Asked, line: Line) -> CourseReceipt:
    key = asked.once and Once(f"{asked.once.key}/{line.number}", SAID + line.text)
    return asked.akva.courses.submit(asked.who, submissions.course(line.text), once=key)


def refuse(done: Sequence[Checked] | Sequence[Written]) -> None:
    """Raise InvalidRequest with the faults of all lines, if there are any."""
    faults = [fault for one in done for fault in faults_of(one)]
    if faults:
        raise InvalidRequest(*faults)


def faults_of(one: Checked | Written) -> tuple[Fault, ...]:
    return one.problem.within(f"/line/{one.line}") if one.problem else ()
