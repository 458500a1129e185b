"""Sets the stage: fresh keys and database in one folder, a cohort, a clock; then plays the walk."""

from collections.abc import Callable
from pathlib import Path

from akva.demo.cohort import simulate
from akva.demo.diary import SteppingClock, deeds
from akva.demo.ending import Ended, end
from akva.demo.folder import ORIGIN, Folder
from akva.demo.walk import OPENED, Tally, Walk, hire
from akva.settings import Settings
from akva.vault import keyfiles
from akva.wiring import build

Step = Callable[[int, int], None]  # done, of how many


def play(path: Path, *, clients: int, seed: int, step: Step, seconds: Callable[[], float]) -> Ended:
    """Play the whole demonstration; the same seed gives the same figures.

    Raises Conflict when the folder holds what no demonstration made, NotVerified at the end.
    """
    folder = Folder(path)
    folder.clear()
    cohort = simulate(clients=clients, seed=seed)
    clock = SteppingClock(OPENED)
    keyfiles.create(folder.keys, origin=ORIGIN)
    akva = build(Settings.in_folder(folder.path), clock)
    akva.database.migrate()
    total, done = len(deeds(cohort)), 0

    def advance() -> None:
        nonlocal done
        done += 1
        step(done, total)

    walked = Walk(akva, cohort, hire(akva, cohort), clock, Tally()).go(advance)
    ended = end(akva, cohort, walked, folder, seconds)
    akva.database.close()
    return ended
