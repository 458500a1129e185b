"""Writes the folders that auditors and readers take away; akva/verifier/README.md defines them."""

from pathlib import Path

from akva.errors import Conflict
from akva.model.publications import Publication
from akva.service.auditing import LogExport


def write_log(folder: Path, export: LogExport) -> None:
    """Write every leaf and checkpoint; raises Conflict unless the folder is new or empty."""
    make_empty(folder)
    (folder / "leaves.ndjson").write_bytes(b"".join(leaf + b"\n" for leaf in export.leaves))
    notes = folder / "checkpoints"
    notes.mkdir()
    for size, note in export.checkpoints.items():
        (notes / f"{size}.note").write_bytes(note.encode())
    latest = export.checkpoints[max(export.checkpoints)]
    (folder / "checkpoint").write_bytes(latest.encode())


def write_release(folder: Path, publication: Publication, proof: str) -> None:
    """Write a release with its receipt and its leaf's opening; raises Conflict as above."""
    make_empty(folder)
    (folder / "release.json").write_bytes(publication.body)
    (folder / "opening.json").write_bytes(publication.opening)
    (folder / "release.tlog-proof").write_bytes(proof.encode())


def make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Conflict("the folder is not empty, and nothing is written over")
