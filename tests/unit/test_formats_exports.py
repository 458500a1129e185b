"""The folders that are taken away hold exactly the bytes that their checker reads."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from akva.errors import Conflict
from akva.formats import exports
from akva.model.publications import Publication
from akva.service.auditing import LogExport

LOG = LogExport(leaves=(b"one", b"two"), checkpoints={1: "first\n", 2: "second\n"})
PUBLICATION = Publication(
    id=UUID(int=1),
    programme="demo",
    version=1,
    round="2025",
    audience="public",
    published_at=datetime(2026, 4, 2, tzinfo=UTC),
    log_index=1,
    body=b"{}",
    opening=b'{"index": 1}',
)


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_log_export_is_leaves_one_a_line_with_every_checkpoint_the_latest_twice(
    tmp_path: Path,
) -> None:
    exports.write_log(tmp_path / "log", LOG)

    expected = {
        "leaves.ndjson": b"one\ntwo\n",
        "checkpoint": b"second\n",
        "checkpoints/1.note": b"first\n",
        "checkpoints/2.note": b"second\n",
    }
    assert expected == content(tmp_path / "log")


def test_a_release_is_its_bytes_with_receipt_and_opening(tmp_path: Path) -> None:
    exports.write_release(tmp_path / "release", PUBLICATION, "receipt\n")

    expected = {
        "release.json": b"{}",
        "opening.json": b'{"index": 1}',
        "release.tlog-proof": b"receipt\n",
    }
    assert expected == content(tmp_path / "release")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")

    with pytest.raises(Conflict):
        exports.write_log(tmp_path, LOG)

    assert content(tmp_path) == {"mine.txt": b"kept"}
