"""Permission and reporting by commands: two people for a yes, one for a no; and each refusal."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.functional.sent import COURSE, EVIDENCE
from tests.functional.shell import Done, Shell


@dataclass(frozen=True, slots=True)
class Course:
    """A course in the provider's record, whose client nobody has asked yet."""

    shell: Shell
    client: str
    episode: str
    assessments: list[str]

    def consent(self, *call: str, by: str = "sender") -> Done:
        return self.shell("consent", *call, by=by)

    def grant(self, evidence: dict[str, Any] = EVIDENCE) -> str:
        """Record a permission; give its id."""
        path = self.shell.file("evidence.json", evidence)
        done = self.shell.json("consent", "grant", self.episode, path, by="sender")
        grant: str = done["id"]
        return grant

    def report(self) -> tuple[int, list[str | None]]:
        """Report both assessments; give the exit code and their refusal codes."""
        done = self.shell("report", "submit", *self.assessments, "--json", by="sender")
        return done.code, [outcome["code"] for outcome in done.json]


@pytest.fixture
def course(shell: Shell) -> Course:
    path = shell.file("c.ndjson", COURSE | {"consent": None})
    receipt = shell.json("course", "submit", path, by="sender")
    return Course(shell, receipt["client_id"], receipt["episode_id"], receipt["assessment_ids"])


def test_whom_nobody_asked_is_not_reported(course: Course) -> None:
    assert (1, ["CONSENT_MISSING"] * 2) == course.report()


def test_being_asked_permits_nothing(course: Course) -> None:
    course.consent("ask", course.episode, "--on", "2025-02-03")

    assert (1, ["CONSENT_MISSING"] * 2) == course.report()


def test_a_permission_counts_once_another_person_verified_it(course: Course) -> None:
    grant = course.grant()

    before = course.report()
    verified = course.consent("verify", grant, by="verifier")

    assert (1, ["CONSENT_EVIDENCE_UNVERIFIED"] * 2) == before
    assert (0, True) == (verified.code, "is now granted" in verified.out)
    assert (0, [None] * 2) == course.report()


def test_who_recorded_a_permission_cannot_verify_it(course: Course) -> None:
    done = course.consent("verify", course.grant())

    assert done.code == 2
    assert "Next: Ask somebody who has the role" in done.err


def test_evidence_that_lacks_its_signer_is_kept_and_permits_nothing(course: Course) -> None:
    course.consent("verify", course.grant(EVIDENCE | {"signer": None}), by="verifier")

    assert (1, ["CONSENT_NOT_WRITTEN"] * 2) == course.report()


def test_a_no_is_a_no(course: Course) -> None:
    done = course.consent("refuse", course.episode, "--on", "2025-02-03")

    assert (0, True) == (done.code, "is now refused" in done.out)
    assert (1, ["CONSENT_REFUSED_BY_CLIENT"] * 2) == course.report()


@pytest.mark.parametrize("whole", [False, True])
def test_a_withdrawal_closes_one_episode_or_all_of_a_client_s(
    course: Course,
    whole: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    course.consent("verify", course.grant(), by="verifier")

    done = course.consent("withdraw", *(["--client", course.client] if whole else [course.episode]))

    assert (0, True) == (done.code, "is now withdrawn" in done.out)
    assert (1, ["CONSENT_WITHDRAWN"] * 2) == course.report()


@pytest.mark.parametrize("both", [False, True])
def test_a_withdrawal_names_an_episode_or_a_client(course: Course, both: bool) -> None:  # noqa: FBT001 - a parameter of the test
    named = [course.episode, "--client", course.client] if both else []

    done = course.consent("withdraw", *named)

    assert (2, "Name either an EPISODE or a --client.") == (done.code, done.err[:37])


def test_an_episode_of_another_provider_is_unknown(course: Course) -> None:
    done = course.consent("ask", course.episode, "--on", "2025-02-03", by="stranger")

    assert (2, "no such episode. Next: Check the id.\n") == (done.code, done.err)


def test_a_day_still_to_come_is_refused(course: Course) -> None:
    done = course.consent("ask", course.episode, "--on", "2999-01-01")

    assert (2, "/on: that day is to come, or long ago. Next: Check the date.\n") == (
        done.code,
        done.err,
    )


def test_a_day_that_is_no_day_is_a_wrong_call(course: Course) -> None:
    done = course.consent("ask", course.episode, "--on", "2025-02-30")

    assert (2, True) == (done.code, done.err.startswith("--on: this is not a day"))


def test_a_purpose_that_is_not_listed_is_refused(course: Course) -> None:
    done = course.consent("ask", course.episode, "--on", "2025-02-03", "--purpose", "marketing")

    assert (2, "") == (done.code, done.out)


def test_each_refusal_says_its_code_and_what_to_do(course: Course) -> None:
    done = course.shell("report", "submit", course.assessments[0], by="sender")

    assert (1, "") == (done.code, done.out)
    assert f"{course.assessments[0]} refused, CONSENT_MISSING. Next: " in done.err


def test_each_accepted_report_says_its_place_in_the_log(course: Course) -> None:
    course.consent("verify", course.grant(), by="verifier")

    done = course.shell("report", "submit", course.assessments[0], by="sender")

    assert (0, "") == (done.code, done.err)
    assert f"{course.assessments[0]} accepted as report " in done.out
    assert ", log index 13, leaf hash " in done.out


def test_what_is_partly_refused_ends_with_3(course: Course) -> None:
    course.consent("verify", course.grant(), by="verifier")
    second = {"client": {"reference": "A-2", "birth_year": 1990, "sex": "male", "area": "02"}}
    path = course.shell.file("other.ndjson", COURSE | second)
    other = course.shell.json("course", "submit", path, by="sender")

    ids = [course.assessments[0], other["assessment_ids"][0]]
    done = course.shell("report", "submit", *ids, by="sender")

    assert (3, 1, 1) == (done.code, done.out.count("accepted"), done.err.count("refused"))


def test_what_was_reported_before_is_refused_as_a_whole(course: Course) -> None:
    course.consent("verify", course.grant(), by="verifier")
    course.report()

    done = course.shell("report", "submit", *course.assessments, by="sender")

    assert (1, "") == (done.code, done.out)


def test_an_assessment_that_never_was_is_refused(course: Course) -> None:
    never = "00000000-0000-7000-8000-000000000000"

    done = course.shell("report", "submit", never, by="sender")

    assert (2, "no such assessment. Next: Check the id.\n") == (done.code, done.err)
