"""Turns exceptions into what the terminal shows: a plain sentence, a next step, an exit code."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeVar

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from akva.errors import Conflict, Fault, InvalidHetu, InvalidRequest

if TYPE_CHECKING:  # see `looked_up`
    from akva.problems.table import Problem

T = TypeVar("T")

DONE, NO, WRONG_CALL, SOME_REFUSED, OURS = 0, 1, 2, 3, 70
PACKAGES = frozenset({"akva", "instruments", "consent"})
READER_GONE = "reader-gone"  # as with `akva … | head`: nothing is wrong, and nobody listens

# What can be wrong with one row of many; everything else stops the rest too.
OF_ONE_ROW = (InvalidRequest, InvalidHetu, Conflict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done, fault by fault."""

    exit_code: int
    code: str
    faults: tuple[Fault, ...]

    @property
    def lines(self) -> list[str]:
        return [line_of(fault) for fault in self.faults]

    def as_dict(self) -> dict[str, object]:
        """Give it as an object of JSON."""
        return {"code": self.code, "errors": [asdict(fault) for fault in self.faults]}


def line_of(fault: Fault) -> str:
    place = f"{fault.where}: " if fault.where else ""
    step = ended(f"{fault.next_step[:1].upper()}{fault.next_step[1:]}")
    return f"{place}{ended(fault.why)} Next: {step}"


def ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."


def tried(
    step: Callable[[], T], *, refusing: tuple[type[BaseException], ...] = OF_ONE_ROW
) -> T | Refusal:
    """Do it, or say why not; exceptions that are not listed go on."""
    try:
        return step()
    except refusing as error:
        return refusal_of(error)


def refusal_of(error: BaseException) -> Refusal:
    """Find the words for an exception; what nobody foresaw is a fault of ours, without details."""
    match error:
        case click.ClickException():
            return of_call(error)
        case click.Abort():
            return one(WRONG_CALL, "stopped", "Stopped before the end", "Run it again.")
        case BrokenPipeError():
            return Refusal(DONE, READER_GONE, ())
        case OSError() if error.filename is not None:
            step = "Check the path, the rights and the space."
            return one(WRONG_CALL, "file", f"{error.filename}: {error.strerror}", step)
        case _:
            return of_service(error)


def of_call(error: click.ClickException) -> Refusal:
    """Say what is wrong with the call itself; a mistyped word is not repeated."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "akva"
    match error:
        case NoSuchCommand():
            why = "There is no such command"
        case NoArgsIsHelpError():
            why = "A command is missing"
        case _:
            why = error.format_message()
    return one(error.exit_code, "wrong-call", why, f"See `{path} --help`.")


def of_service(error: BaseException) -> Refusal:
    problem = looked_up(error)
    if problem is None:
        why = f"A fault of ours stopped this ({type(error).__name__})"
        return one(OURS, "fault", why, "Tell the operator.")
    if isinstance(error, InvalidRequest):
        return Refusal(problem.exit_code, problem.code, error.faults)
    return one(problem.exit_code, problem.code, str(error), problem.next_step)


def looked_up(error: BaseException) -> "Problem | None":
    """Find an exception of our packages in the table of problems."""
    if not isinstance(error, Exception) or package_of(error) not in PACKAGES:
        return None
    # lazily: the table loads every room's errors, and a call that goes well needs none of them
    from akva.problems.table import problem_of

    return problem_of(error)


def package_of(error: Exception) -> str:
    return type(error).__module__.partition(".")[0]


def one(exit_code: int, code: str, why: str, step: str) -> Refusal:
    return Refusal(exit_code, code, (Fault(code, "", why, step),))
