"""`akva release`: draft a round, approve it by a second person, read and take away the figures."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import click

from akva.cli.terminal.groups import Group
from akva.cli.terminal.opening import caller, reader, with_caller, with_reader
from akva.cli.terminal.printing import show, with_json
from akva.cli.terminal.values import CODE, ID, YEAR, OneOf
from akva.model.publications import Publication

PLACE = ("service", "table", "class")

of_release = click.argument("release_id", metavar="RELEASE", type=ID)


@click.group(cls=Group)
def release() -> None:
    """Draft, approve and read the figures."""


@release.command(epilog="Example: akva release draft akva-services 2025 --save draft.json --as ID")
@click.argument("programme", type=CODE)
@click.argument("year", type=YEAR)
@click.option("--save", type=click.File("wb"), help="Write the frozen bytes, to be looked at.")
@with_caller
@with_json
def draft(programme: str, year: int, save: BinaryIO | None) -> None:
    """Make the tables of PROGRAMME for the episodes that ended in YEAR safe, and freeze them."""
    who = caller()
    made = who.akva.releases.draft(who.actor, programme, year)
    if save is not None:
        save.write(made.release.body)
    counts = dict(made.release.counts)
    lines = [
        f"draft {made.release_id}",
        f"digest {made.digest}",
        f"reports {made.reports}, refusals {counted(made.refusals)}",
        counted(counts),
        f"log index {made.log_index}",
        "Next: another publisher looks at the bytes, then `akva release approve`.",
    ]
    told = {
        "release_id": made.release_id,
        "digest": made.digest,
        "log_index": made.log_index,
        "reports": made.reports,
        "refusals": made.refusals,
        "counts": counts,
    }
    show(lines, told)


@release.command(epilog="Example: akva release approve RELEASE-ID --audience researchers --as ID")
@of_release
@click.option("--audience", type=OneOf(("researchers", "public")), required=True)
@with_caller
@with_json
def approve(release_id: UUID, audience: str) -> None:
    """Publish a draft that somebody else made; it never changes after that."""
    who = caller()
    approved = who.akva.releases.approve(who.actor, release_id, audience)
    lines = [
        f"release {approved.release_id} is published to {audience}",
        f"digest {approved.digest}",
        f"log index {approved.log_index}, leaf hash {approved.leaf_hash}",
    ]
    show(lines, asdict(approved))


@release.command(name="list", epilog="Example: akva release list")
@with_reader
@with_json
def list_releases() -> None:
    """List what is published to you; without --as, to everybody."""
    who = reader()
    published = who.akva.releases.publications(who.actor)
    show(
        [" ".join(map(str, about(each).values())) for each in published] or ["Nothing yet."],
        [about(each) for each in published],
    )


@release.command(name="show", epilog="Example: akva release show RELEASE-ID --table bdi-21/total")
@of_release
@click.option("--service", type=CODE, help="Only this service, or `all`.")
@click.option("--table", help="Only this table.")
@with_reader
@with_json
def show_release(release_id: UUID, service: str | None, table: str | None) -> None:
    """Print the cells and figures of a published release.

    What is hidden says so; cells that are not collected at all stand only in --json.
    """
    who = reader()
    found = who.akva.releases.publication(who.actor, release_id)
    body = json.loads(found.body)
    wanted = {name: value for name, value in (("service", service), ("table", table)) if value}
    for part in ("cells", "figures"):
        body[part] = [row for row in body[part] if wanted.items() <= row.items()]
    show(rows_of(body), about(found) | {"body": body})


@release.command(epilog="Example: akva release export RELEASE-ID --to release-2025")
@of_release
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), required=True, help="A new or empty folder."
)
@with_reader
@with_json
def export(release_id: UUID, folder: Path) -> None:
    """Write what `akva-verify bundle` checks: the bytes, their receipt, the leaf's opening."""
    from akva.formats import exports  # lazily: it knows the use cases, and help needs none of them

    who = reader()
    found = who.akva.releases.publication(who.actor, release_id)
    exports.write_release(folder, found, who.akva.auditing.proof(found.log_index))
    show([f"The release is in {folder}."], about(found) | {"folder": str(folder)})


def about(publication: Publication) -> dict[str, Any]:
    """Say what a publication is, without its tables."""
    return {
        "release": publication.id,
        "programme": publication.programme,
        "version": publication.version,
        "round": publication.round,
        "audience": publication.audience,
        "published_at": publication.published_at,
        "log_index": publication.log_index,
    }


def counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def rows_of(body: dict[str, Any]) -> Iterator[str]:
    """Lay out a row for each cell that can exist, with its figures below it."""
    cells = [cell for cell in body["cells"] if cell["status"] != "not-collected"]
    width = {name: max(len(cell[name]) for cell in cells) for name in PLACE} if cells else {}
    for cell in cells:
        place = "  ".join(f"{cell[name]:{width[name]}}" for name in PLACE)
        yield f"{place}  {cell.get('n', cell['status']):>10}"
        yield from (f"    {worded(figure)}" for figure in body["figures"] if at(figure, cell))


def at(part: dict[str, Any], cell: dict[str, Any]) -> bool:
    return all(part[name] == cell[name] for name in PLACE)


def worded(figure: dict[str, Any]) -> str:
    interval = ""
    if figure["lower"] is not None:
        interval = f" ({figure['lower']} to {figure['upper']}, {figure['confidence']:.0%})"
    return f"{figure['statistic']} {figure['value']}{interval}, {figure['method']}"
