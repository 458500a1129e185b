"""Asks the door 20,000 times and more, as its document describes it: `make fuzz`."""

import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from akva.app import create_app
from akva.journal import journal
from akva.storage.database import Database
from tests.clocks import TickingClock
from tests.functional.test_api_fuzz import (
    CALLERS,
    CANARIES,
    EXPORT,
    OF_THE_RECORD,
    canaries_of,
    known_in,
    token_of,
)
from tests.fuzzing import Asker, Found
from tests.house import opened

CASES = 20_000


def main() -> int:
    """Say what was asked and found; 1 where anything was wrong."""
    total, lines = Found(), StringIO()
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'akva.db'}"
        database = Database(address)
        database.migrate()
        database.close()
        with opened(address, TickingClock(), Path(folder)) as house:
            app = create_app(house.akva, replace(house.settings, rate=1_000_000), journal(lines))
            known = known_in(house)
            while total.cases < CASES:
                for role in CALLERS:
                    asker = Asker(
                        app=app,
                        token=token_of(house, role),
                        known=known,
                        canaries=canaries_of(role),
                    )
                    add(total, asker.ask(100))
                    sys.stderr.write(f"{total.cases} cases\n")
    told = lines.getvalue()
    leaks = total.leaks - {EXPORT} | {one for one in (*CANARIES, *OF_THE_RECORD) if one in told}
    ours = sum(count for status, count in total.statuses.items() if status >= 500)
    sys.stdout.write(f"{total.cases} cases: {dict(sorted(total.statuses.items()))}\n")
    sys.stdout.write(
        f"{ours} faults of ours, {len(leaks)} leaks, {len(total.wrong)} undocumented\n"
    )
    for place, why in total.wrong.items():
        sys.stdout.write(f"{place}: {why}\n")
    return 1 if ours or leaks or total.wrong else 0


def add(total: Found, found: Found) -> None:
    total.statuses += found.statuses
    total.wrong |= found.wrong
    total.leaks |= found.leaks


if __name__ == "__main__":
    sys.exit(main())
