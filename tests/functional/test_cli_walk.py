"""The whole walk by commands alone: from nothing to figures that `akva-verify` confirms."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.functional.sent import CLIENT, COURSE, END, START, measures
from tests.functional.shell import Shell

MARKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
PAIRED, OTHERS = 20, 12  # enough people in every class that little has to be hidden


def courses() -> list[dict[str, Any]]:
    """Give courses with both measures, without the end, of a no, and of clients nobody asked."""
    refused = {"consent": {"asked_on": "2025-02-03", "refused": True}}
    kinds: list[tuple[tuple[tuple[str, str], ...], dict[str, Any]]] = [
        *[((START, END), {})] * PAIRED,
        *[((START,), {})] * OTHERS,
        *[((START, END), refused)] * OTHERS,
        *[((START, END), {"consent": None})] * OTHERS,
    ]
    return [
        COURSE | {"client": client(n), "assessments": measures(n, *occasions)} | other
        for n, (occasions, other) in enumerate(kinds)
    ]


def client(n: int) -> dict[str, Any]:
    """Give a client whose identity code is of the 900 series."""
    return CLIENT | {"hetu": f"131052-{900 + n}{MARKS[(131052000 + 900 + n) % 31]}"}


def verdict(*call: str) -> str:
    """Ask `akva-verify`, the program that an auditor carries away."""
    done = subprocess.run(
        [sys.executable, "-m", "akva.verifier.main", *call],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.partition(":")[0]


def settled(akva: Shell) -> str:
    """Make the keys and set up who is needed; give the verifier key."""
    begun = akva.json("init", "--origin", "akva.example/log", "--operator", "Oona Ohjaaja")
    akva.people["operator"] = begun["operator"]
    akva.json("provider", "add", "aurora", "Kuntoutus Aurora Oy", by="operator")
    for name, role, *of in (
        ("sender", "provider", "--provider", "aurora"),
        ("verifier", "consent-verifier", "--provider", "aurora"),
        ("drafter", "publisher"),
        ("approver", "publisher"),
    ):
        added = akva.json("actor", "add", role, *of, "--name", f"Nimi {name}", by="operator")
        akva.people[name] = added["id"]
    key: str = begun["verifier_key"]
    return key


def test_the_whole_walk(tmp_path: Path) -> None:
    akva = Shell(tmp_path / "akva", {})
    key = settled(akva)

    sent = akva.json("course", "submit", akva.file("c.ndjson", *courses()), by="sender")
    for course in sent:
        if course["grant_id"]:
            akva.json("consent", "verify", course["grant_id"], by="verifier")
    measured = [each for course in sent for each in course["assessment_ids"]]
    reported = akva("report", "submit", *measured, by="sender")
    release = akva.json("release", "draft", "akva-services", "2025", by="drafter")["release_id"]
    alone = akva("release", "approve", release, "--audience", "public", by="drafter")
    akva.json("release", "approve", release, "--audience", "public", by="approver")
    akva.json("release", "export", release, "--to", str(tmp_path / "release"))
    akva.json("log", "export", "--to", str(tmp_path / "log"))
    physical = ("--service", "kiila", "--table", "whoqol-bref/physical")
    shown = akva("release", "show", release, *physical).out

    assert (3, 6 * PAIRED + 3 * OTHERS) == (reported.code, reported.out.count("accepted"))
    assert 6 * OTHERS == reported.err.count("refused, CONSENT_REFUSED_BY_CLIENT")
    assert 6 * OTHERS == reported.err.count("refused, CONSENT_MISSING")
    assert (2, True) == (alone.code, "Next: Ask a second person" in alone.err)
    assert f"paired        {PAIRED:>10}\n    mean_start " in shown
    assert "not-scored    suppressed" in shown
    assert 0 == akva("log", "verify").code
    assert "holds" == verdict("bundle", str(tmp_path / "release"), "--key", key)
    assert "holds" == verdict("log", str(tmp_path / "log"), "--key", key)
