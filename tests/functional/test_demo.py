"""The demonstration: the same seed gives the same figures; nobody undoes what its release hides."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from akva.aggregation import body, primary, programmes
from akva.aggregation.disclosure import frame_of
from akva.aggregation.figures import figures
from akva.aggregation.programmes import Round
from akva.aggregation.tabulate import tabulate
from akva.classifications import services
from akva.demo import stage
from akva.demo.ending import Ended
from akva.demo.walk import PROGRAMME, YEAR
from akva.errors import Conflict
from akva.model.actors import Actor, Role
from akva.model.ids import new_id
from akva.service.call import Call
from akva.service.register.drafting import open_reports
from akva.settings import Settings
from akva.storage import consents, episodes, reports
from akva.storage.database import Database
from akva.vault import keyfiles
from consent import REPORT_TO_KELA, admit
from tests.attack.attacker import CERTAIN, recover

CLIENTS, SEED = 600, 7
UNEQUAL = {"seconds", "log", "release"}  # secrets are never seeded, and neither is time


@dataclass(frozen=True, slots=True)
class Played:
    folder: Path
    ended: Ended

    @property
    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "release.json").read_bytes())
        return found


def play(folder: Path, *, clients: int, seed: int) -> Played:
    def step(_done: int, _total: int) -> None:
        return

    return Played(
        folder,
        stage.play(folder, clients=clients, seed=seed, step=step, seconds=lambda: 0.0),
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("demo"), clients=CLIENTS, seed=SEED)


def test_the_summary_adds_up(played: Played) -> None:
    summary = played.ended.summary
    release = summary["release"]

    assert summary["episodes"] == sum(summary["consents"].values())
    assert summary["assessments"] == summary["reports"] + sum(summary["refusals"].values())
    assert release["cells"] == sum(
        release[name] for name in ("published", "suppressed", "not_collected")
    )
    assert "passed" == release["audit"]
    assert summary["verified"] is True


def test_the_verifier_confirms_log_and_release(played: Played) -> None:
    assert [0, 0] == [verdict.exit_code for verdict in played.ended.verdicts]
    assert all("holds" in verdict.line for verdict in played.ended.verdicts)


def test_the_report_needs_no_network_and_no_script(played: Played) -> None:
    page = (played.folder / "report.html").read_text("utf-8")

    assert "<script" not in page
    assert [] == re.findall(r"https?://|src=|@import|url\((?!#)", page)
    assert 'lang="fi"' in page


def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    one, other = (play(tmp_path / name, clients=40, seed=3) for name in ("one", "other"))

    assert one.body == other.body
    assert stable(one.ended.summary) == stable(other.ended.summary)


def stable(summary: dict[str, Any]) -> dict[str, Any]:
    """Leave out what may differ: the log's root, the release's id, the seconds."""
    kept = {name: value for name, value in summary.items() if name not in UNEQUAL}
    return kept | {
        "size": summary["log"]["size"],
        "release": {name: n for name, n in summary["release"].items() if name != "id"},
    }


def test_a_folder_of_somebody_elses_service_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "akva.db").write_bytes(b"a service")

    with pytest.raises(Conflict):
        play(tmp_path, clients=40, seed=3)

    assert b"a service" == (tmp_path / "akva.db").read_bytes()


def test_an_attacker_recovers_nothing_of_the_release(played: Played) -> None:
    assert [] == [str(found) for found in recover(played.body)]


def test_without_complementary_suppression_the_attacker_recovers_hidden_cells(
    played: Played,
) -> None:
    """The negative control, funnel included: the attack bites when the second step is left out."""
    found = [one for one in recover(primary_alone(played)) if one.basis == CERTAIN]

    assert {"coverage"} < {one.table for one in found}


def primary_alone(played: Played) -> dict[str, Any]:
    """Freeze the demonstration's own register with its small cells hidden and nothing else."""
    settings = Settings.in_folder(played.folder)
    programme, round_ = programmes.load(PROGRAMME), Round(YEAR)
    period = {"ended_from": round_.ended_from, "ended_before": round_.ended_before}
    database, now = Database(settings.database), datetime(YEAR + 1, 4, 2, 9, tzinfo=UTC)
    publisher = Actor(id=new_id(), role=Role.PUBLISHER)

    def frozen(session: Any, _: datetime) -> bytes:  # noqa: ANN401 - a session
        call = Call(session=session, now=now, vault=keyfiles.read(settings.keys), actor=publisher)
        found, _counts = reports.of_round(session, **period)
        standing = consents.standing(session, {one.row.episode_id for one in found}, REPORT_TO_KELA)
        histories = {episode_id: known.history for episode_id, known in standing.items()}
        block = open_reports(call, found)
        consented = admit(block, histories, REPORT_TO_KELA, at=now).consented
        counted = tabulate(
            consented, episodes.coverage(session, **period), programme, services.load()
        )
        return body.freeze(
            counted.tabulation,
            figures(counted, programme),
            primary.unsafe(counted, programme.policy),
            frame_of(consented.block.rows, programme, round_),
        )

    content: dict[str, Any] = json.loads(database.read(frozen))
    database.close()
    return content
