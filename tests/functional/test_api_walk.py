"""A client's whole way at the HTTP door, on either engine: from first word to withdrawal."""

import json
from pathlib import Path

from tests.clocks import TickingClock
from tests.functional.at_door import standing
from tests.functional.sent import CLIENT, COURSE, END, EPISODE, EVIDENCE, START, bdi


def test_the_way_of_a_client(address: str, clock: TickingClock, tmp_path: Path) -> None:
    with standing(address, clock, tmp_path) as door:
        client = door.made("/v1/clients", CLIENT)["id"]
        running = {**EPISODE, "client": client, "ended_on": None}
        episode = door.made("/v1/episodes", running)["id"]
        answer = {"episode": episode, "asked_on": "2025-02-03", "answer": "granted"}
        granted = door.made("/v1/consents", {**answer, "evidence": EVIDENCE})["id"]
        start = door.made("/v1/assessments", {**bdi(*START, 2), "episode": episode})["id"]

        unverified = door.post("/v1/reports", {"assessments": [start]})
        verified = door.post(f"/v1/consents/{granted}/verification", by="verifier")
        reported = door.post("/v1/reports", {"assessments": [start]})
        tag = door.get(f"/v1/episodes/{episode}").headers["ETag"]
        ended = {"ended_on": "2025-09-30", "end_reason": "as-planned"}
        changed = door.send("PATCH", f"/v1/episodes/{episode}", ended, If_Match=tag)
        end = door.made("/v1/assessments", {**bdi(*END, 1), "episode": episode})["id"]
        correction = {**bdi(*END, 0), "reason": "Väärä lomake"}
        corrected = door.post(f"/v1/assessments/{end}/corrections", correction)
        closed = door.post(f"/v1/consents/{granted}/withdrawal", {"scope": "client"})
        refused = door.post("/v1/reports", {"assessments": [corrected.json["id"]]})
        line = json.dumps(COURSE).encode()
        batch = door.post("/v1/batches", line, Content_Type="application/x-ndjson")
        told = door.get(f"/v1/clients/{client}/consents", by="auditor")
        record = door.get(f"/v1/clients/{client}/export").json

        answers = [unverified, verified, reported, changed, corrected, closed, refused, batch]
        assert [409, 201, 201, 200, 201, 201, 409, 201] == [one.status_code for one in answers]
        assert "CONSENT_EVIDENCE_UNVERIFIED" == unverified.json["reports"][0]["code"]
        assert "CONSENT_WITHDRAWN" == refused.json["reports"][0]["code"]
        assert client == batch.json["lines"][0]["course"]["client"]
        kinds = ["granted", "verified", "withdrawn"]
        assert kinds == [one["kind"] for one in told.json["events"] if one["episode"] == episode]
        assert (2, 5) == (len(record["episodes"]), len(record["assessments"]))
        for act in (start, granted, reported.json["reports"][0]["report"]):
            assert 200 == door.get(f"/v1/receipts/{act}").status_code
