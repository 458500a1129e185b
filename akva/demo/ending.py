"""Ends the walk: has log and release checked as files, writes the summary and the report."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from akva.classifications import services
from akva.demo.checking import Checked, check
from akva.demo.cohort import Cohort
from akva.demo.folder import ORIGIN, Folder
from akva.demo.report import Followed, LogFacts, ReportData, render
from akva.demo.summary import summarise
from akva.demo.walk import Walked
from akva.errors import AkvaError
from akva.formats.exports import write_log, write_release
from akva.wiring import Akva

FOLLOWED = ("bdi-21/total", "paired")


class NotVerified(AkvaError):
    """The verifier did not confirm the demonstration's own log."""


@dataclass(frozen=True, slots=True)
class Ended:
    summary: dict[str, Any]
    verdicts: tuple[Checked, ...]


def end(
    akva: Akva, cohort: Cohort, walked: Walked, folder: Folder, seconds: Callable[[], float]
) -> Ended:
    """Write everything into the folder; raises NotVerified if the verifier does not confirm it."""
    publication = akva.releases.publication(None, walked.draft.release_id)
    write_log(folder.log, akva.auditing.export())
    write_release(folder.release, publication, akva.auditing.proof(publication.log_index))
    (folder.path / "release.json").write_bytes(publication.body)
    key, state = akva.auditing.verifier_key, akva.auditing.verify()
    verdicts = (check("log", folder.log, key=key), check("bundle", folder.release, key=key))
    verified = all(verdict.exit_code == 0 for verdict in verdicts)
    summary = summarise(cohort, walked, state, verified=verified)
    summary["seconds"] = round(seconds(), 1)
    (folder.path / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", "utf-8")
    body = json.loads(publication.body)
    page = render(
        ReportData(
            summary=summary,
            body=body,
            service_names={code: line.names for code, line in services.load().items()},
            log=LogFacts(
                origin=ORIGIN,
                size=state.size,
                root=summary["log"]["root"],
                exit_code=max(verdict.exit_code for verdict in verdicts),
                line="\n".join(without_counts(verdict.line) for verdict in verdicts),
            ),
            followed=Followed(
                service=followed(body),
                table=FOLLOWED[0],
                leaf_index=walked.approved.log_index,
                leaf_hash=walked.approved.leaf_hash,
                command=f"akva-verify bundle {folder.release} --key '{key}'",
            ),
        )
    )
    (folder.path / "report.html").write_text(page, "utf-8")
    if not verified:
        raise NotVerified("; ".join(verdict.line for verdict in verdicts))
    return Ended(summary, verdicts)


def without_counts(line: str) -> str:
    """Leave out how many acts of each kind there are: with the release, that would be a figure."""
    return re.sub(r"(checkpoints?): .*", r"\1", line)


def followed(body: dict[str, Any]) -> str:
    """Choose the service whose published pairs are most, below the row of all."""
    table, name = FOLLOWED
    counted = {
        cell["service"]: cell["n"]
        for cell in body["cells"]
        if (cell["table"], cell["class"]) == (table, name)
        and cell["status"] == "published"
        and cell["service"] != "all"
    }
    return max(counted, key=lambda service: counted[service]) if counted else "all"
