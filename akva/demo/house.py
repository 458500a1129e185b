"""A small furnished house to call: a cohort walked in once, people of every role, their tokens."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

from akva.demo.cohort import Cohort, simulate
from akva.demo.diary import SteppingClock, deeds
from akva.demo.folder import ORIGIN, Folder
from akva.demo.walk import OPENED, Staff, Tally, Walk, hire
from akva.model.actors import Role
from akva.settings import Settings
from akva.vault import keyfiles
from akva.wiring import Akva, build

PEOPLE = "people.json"  # written last: where it is, the house is furnished
DAYS = 1  # that a token of the example lives
OPERATOR = "operator"

Step = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class Tokens:
    """What everybody sends, by what they do; made anew at each opening."""

    verifier_key: str
    by_name: Mapping[str, str] = field(repr=False)


def furnish(path: Path, *, clients: int, seed: int, step: Step) -> None:
    """Walk a cohort in, unless it was; raises Conflict where somebody else's service lies."""
    if (path / PEOPLE).exists():
        return
    folder = Folder(path)
    folder.clear()
    keyfiles.create(folder.keys, origin=ORIGIN)
    clock = SteppingClock(OPENED)
    akva = build(Settings.in_folder(path), clock)
    akva.database.migrate()
    cohort = simulate(clients=clients, seed=seed)
    staff = hire(akva, cohort)
    total, nth = len(deeds(cohort)), count(1)
    Walk(akva, cohort, staff, clock, Tally()).go(lambda: step(next(nth), total))
    people = {name: str(one) for name, one in people_of(akva, cohort, staff).items()}
    akva.database.close()
    (path / PEOPLE).write_text(json.dumps(people, indent=2) + "\n", "utf-8")


def people_of(akva: Akva, cohort: Cohort, staff: Staff) -> dict[str, UUID]:
    """Choose one for each role, two publishers, and add those whom the walk does not need."""
    first = next(iter(cohort.providers))
    add = akva.access.add_actor
    return {
        "provider": staff.recorders[first].id,
        "consent-verifier": staff.verifiers[first].id,
        "publisher": staff.drafter.id,
        "second publisher": staff.approver.id,
        "researcher": add(staff.operator, Role.RESEARCHER, "Kanaria Tutkija").id,
        "auditor": add(staff.operator, Role.AUDITOR, "Kanaria Tarkastaja").id,
        OPERATOR: staff.operator.id,
    }


def tokens(path: Path) -> Tokens:
    """Issue everybody a new token, by the real clock."""
    people = {name: UUID(one) for name, one in json.loads((path / PEOPLE).read_text()).items()}
    akva = build(Settings.in_folder(path))
    operator = akva.access.actor(people[OPERATOR])
    issued = {
        name: akva.access.issue(operator, one, days=DAYS).text for name, one in people.items()
    }
    akva.database.close()
    return Tokens(akva.auditing.verifier_key, issued)
