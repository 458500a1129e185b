"""`akva score`: the rows of a file or of stdin, scored; needs no database."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from akva.cli.terminal.groups import Command
from akva.cli.terminal.progress import numbered
from akva.cli.terminal.refusals import SOME_REFUSED
from akva.cli.terminal.values import OneOf

if TYPE_CHECKING:  # NumPy is slow to load, and help needs none of it
    from akva.formats.answers import Reading, Sent
    from akva.formats.results import Format, Result
    from instruments import Instrument

BLOCK = 4096  # rows scored at a time, so that a file of any length fits
STDIN = "<stdin>"
ENDINGS = {"csv": "csv", "ndjson": "ndjson", "jsonl": "ndjson"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The options, as they were given."""

    instrument: str
    file: BinaryIO
    source: str | None
    target: str | None
    edition: str | None
    rule: str | None
    coding: str
    renamed: tuple[str, ...]
    id: str | None
    missing: str


@click.command(
    cls=Command,
    epilog="Example: akva score phq-9 answers.csv --id person --missing 7,9 --map q1=DPQ010",
)
@click.argument("instrument")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--input", "source", type=OneOf(("csv", "ndjson")), help="By the file's ending.")
@click.option("--format", "target", type=OneOf(("ndjson", "csv", "table")), help="What to print.")
@click.option("--edition", help="An edition other than the current one.")
@click.option("--rule", help="A scoring rule other than the default.")
@click.option(
    "--coding",
    type=OneOf(("raw", "reversed")),
    default="raw",
    help="Whether the reversed items have been turned already.",
)
@click.option(
    "--map", "renamed", multiple=True, metavar="ITEM=COLUMN", help="Where an item is found."
)
@click.option("--id", metavar="COLUMN", help="Where a row's id is found; else in `id`.")
@click.option("--missing", default="", metavar="7,9", help="Values to read as missing.")
def score(**options: Any) -> None:  # noqa: ANN401 - click hands in what Call lists
    """Score the rows of a file, or of stdin.

    One line out for each line in, in order. A row that is refused says why and stops no other;
    the exit code is then 3.
    """
    call = Call(**options)
    refused = False
    for text, some in scored(call):
        click.echo(text, nl=False)
        refused = refused or some
    if refused:
        click.get_current_context().exit(SOME_REFUSED)


def scored(call: Call) -> Iterator[tuple[str, bool]]:
    """Give the lines of block after block, and whether one of a block was refused."""
    import instruments  # lazily: see above

    instrument = instruments.load(call.instrument, call.edition)
    instrument.rule(call.rule)
    target = written_as(call, instrument)
    with numbered(call.file) as lines:
        sent = read((line for _, line in lines), call, instrument)
        yield target.head(), False
        while block := list(islice(sent, BLOCK)):
            results = judged(block, call, instrument)
            text = "".join(map(target.line, results))
            yield text, any(result.scored is None for result in results)


def judged(block: Sequence["Sent"], call: Call, instrument: "Instrument") -> list["Result"]:
    """Score in one go what could be read, and keep the order."""
    from akva.formats.results import Result
    from instruments import Scored

    ready = [sent.response for sent in block if not sent.faults]
    answers = iter(instrument.score_all(ready, rule=call.rule, coding=call.coding))
    results = []
    for sent in block:
        answer = sent if sent.faults else next(answers)
        if isinstance(answer, Scored):
            results.append(Result(sent.id, answer))
        else:
            results.append(Result(sent.id, faults=answer.faults))
    return results


def read(lines: Iterable[bytes], call: Call, instrument: "Instrument") -> Iterator["Sent"]:
    from akva.formats import answers, answers_csv

    reader = answers_csv.table if kind(call) == "csv" else answers.ndjson
    return reader(lines, reading(call, instrument))


def kind(call: Call) -> str:
    name = str(getattr(call.file, "name", STDIN))
    ending = "ndjson" if name == STDIN else PurePath(name).suffix.removeprefix(".").casefold()
    if call.source is None and ending not in ENDINGS:
        raise click.UsageError("The file's ending tells neither csv nor ndjson; say it by --input")
    return call.source or ENDINGS[ending]


def reading(call: Call, instrument: "Instrument") -> "Reading":
    from akva.formats.answers import Reading, plain

    items = [item.id for item in instrument.contents.items]
    pairs = [pair.partition("=") for pair in call.renamed]
    if not all(item and column for item, _, column in pairs):
        raise click.UsageError("--map takes an item and its column, as in q1=DPQ010")
    renamed = {item.strip().casefold(): column for item, _, column in pairs}
    if items and not renamed.keys() <= {*items}:
        raise click.UsageError(f"--map names no item; the items are {', '.join(items)}")
    return Reading(
        items=items,
        renamed=renamed,
        missing=frozenset(plain(value) for value in call.missing.split(",")) - {""},
        id=call.id,
    )


def written_as(call: Call, instrument: "Instrument") -> "Format":
    from akva.formats import results

    formats: dict[str, type[Format]] = {
        "ndjson": results.Ndjson,
        "csv": results.Csv,
        "table": results.Table,
    }
    return formats[call.target or ("table" if sys.stdout.isatty() else "ndjson")](instrument)
