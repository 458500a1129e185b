"""What a batch of courses costs beside the same work without a database, in one process.

Both sides read the same lines, check and score them, make keys, seal, index and commit to leaves;
the one then writes rows and appends to the log in a database, the other drops them. No sockets.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy.orm import Session

from akva.formats import submissions
from akva.model.ids import new_id
from akva.service.call import OWN, Call
from akva.service.courses import meant
from akva.service.submissions import Course
from akva.storage.database import Database
from akva.transparency import growth
from akva.transparency.leaves import encode
from akva.vault import keyfiles
from akva.vault.commitments import Committed, commit
from akva.vault.datakeys import DataKey, Wanted
from akva.vault.envelope import Place
from akva.vault.sealing import seal
from tests.bench import bodies
from tests.house import House, opened

RECORDS, ROUNDS = 1000, 5
KINDS = ("consent.asked", "consent.granted", "assessment.recorded")


def measure() -> list[tuple[str, float, str]]:
    """Take both in turns on fresh courses each round; the median of the rounds' ratios."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        address = f"sqlite:///{folder / 'akva.db'}"
        database = Database(address)
        database.migrate()
        database.close()
        with opened(address, lambda: datetime.now(UTC), folder) as house:
            ratios = [one_round(house, bodies.drawing(nth), nth) for nth in range(ROUNDS)]
    return [("a batch of 1,000 courses ÷ the same without a database", median(ratios), "<= 3.5")]


def one_round(house: House, draw: Random, nth: int) -> float:
    lines = [bodies.line(bodies.course(draw, nth * RECORDS + one)) for one in range(RECORDS)]
    start = perf_counter()
    written(house, lines)
    between = perf_counter()
    bare(house, lines)
    limit = perf_counter() - between
    whole = between - start
    each, without = (seconds / RECORDS * 1e6 for seconds in (whole, limit))
    sys.stderr.write(f"  {each:.0f} µs a course written, {without:.0f} µs without\n")
    return whole / limit


def written(house: House, lines: Sequence[bytes]) -> None:
    """Do what the door's batch does, without the door."""
    for line in lines:
        house.akva.courses.submit(house.recorder, submissions.course(line))


def bare(house: House, lines: Sequence[bytes]) -> None:
    vault = keyfiles.read(house.settings.keys)  # its own, with no key kept yet
    call = Call(session=Session(), now=datetime.now(UTC), vault=vault, actor=house.recorder)
    leaves: list[bytes] = []
    for line in lines:
        leaves += one_course(call, submissions.course(line), len(leaves))
    growth.append(0, (), leaves)


def one_course(call: Call, course: Course, index: int) -> list[bytes]:
    """Seal the four rows of a course and commit to its three leaves, as the use case does."""
    [scored] = meant(call, course)
    client_id, client, indexes = new_id(), course.client, call.vault.indexes
    indexes.identity(call.provider_id, client.hetu or "")
    indexes.reference(call.provider_id, client.reference or "")
    record, audit = call.vault.datakeys.take([Wanted(client_id, own, 1, None) for own in OWN])
    evidence = course.consent.evidence if course.consent else None
    [measure] = course.assessments
    contents: list[tuple[str, DataKey, dict[str, Any]]] = [
        ("clients", record, asdict(client)),
        ("episodes", record, {"law_basis": course.episode.law_basis, "diagnosis": "F00-F99"}),
        ("consent_events", audit, asdict(evidence) if evidence else {}),
        ("assessments", record, {"answers": measure.answers, "result": scored.result}),
    ]
    for table, key, content in contents:
        row = new_id()
        place = Place(table, "sealed", row, call.provider_id, client_id)
        sealed = seal(json.dumps(content, sort_keys=True, default=str).encode(), key, place)
    payload: dict[str, str | int | bool] = {
        "assessment": str(row),
        "episode": str(client_id),
        "instrument": measure.instrument,
        "occasion": measure.occasion,
        "version": 1,
        "row": sha256(sealed).hexdigest(),
    }
    return [
        leaf(call, kind, commit(audit, number, payload, index + number), index + number)
        for number, kind in enumerate(KINDS)
    ]


def leaf(call: Call, kind: str, made: Committed, index: int) -> bytes:
    return encode(
        index=index,
        at=call.now,
        kind=kind,
        org=call.actor.org,
        tag=made.tag,
        commitment=made.commitment,
        payload_hash=sha256(made.ciphertext).digest(),
    )


if __name__ == "__main__":
    for name, ratio, goal in measure():
        sys.stdout.write(f"{name:<66} {ratio:>8.2f}  {goal}\n")
