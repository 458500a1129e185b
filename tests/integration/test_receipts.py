"""What an act leaves to whoever did it: a receipt, a proof of growth, a verdict for the auditor."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from akva.errors import NotAllowed, NotFound
from akva.model.actors import Actor, Role
from akva.model.episodes import Occasion
from akva.model.ids import new_id
from akva.transparency import tlogproof
from akva.verifier import main as verifier
from consent import REPORT_TO_KELA
from tests.house import House, a_course, bdi, reportable

Named = Callable[[House], tuple[UUID, int]]


def an_assessment(house: House) -> tuple[UUID, int]:
    receipt = house.akva.courses.submit(house.recorder, a_course(None))
    recorded = house.akva.intake.record(house.recorder, receipt.episode_id, bdi(Occasion.END))
    return recorded.id, recorded.log_index


def a_report(house: House) -> tuple[UUID, int]:
    receipt = reportable(house)
    outcome, *_ = house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    assert outcome.report_id is not None
    return outcome.report_id, outcome.log_index


def a_refusal(house: House) -> tuple[UUID, int]:
    receipt = house.akva.courses.submit(house.recorder, a_course(None))
    outcome, *_ = house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    assert outcome.refusal_id is not None
    return outcome.refusal_id, outcome.log_index


def a_consent_event(house: House) -> tuple[UUID, int]:
    receipt = reportable(house)
    [closed] = house.akva.consents.withdraw(house.recorder, receipt.episode_id, REPORT_TO_KELA)
    return closed.id, closed.log_index


ACTS: dict[str, Named] = {
    "an assessment": an_assessment,
    "a report": a_report,
    "a refusal": a_refusal,
    "a consent event": a_consent_event,
}


@pytest.fixture
def auditor(house: House) -> Actor:
    return house.akva.access.add_actor(house.operator, Role.AUDITOR, "Kanaria Tarkastaja")


def verified(command: str, *files: Path, key: str) -> int:
    return verifier.main([command, *map(str, files), "--key", key])


@pytest.mark.parametrize("name", ACTS)
def test_a_receipt_proves_the_act_to_who_has_the_key_alone(
    house: House, name: str, tmp_path: Path
) -> None:
    named, index = ACTS[name](house)

    receipt = house.akva.auditing.receipt(house.recorder, named)

    (tmp_path / "receipt").write_text(receipt, "utf-8")
    assert index == tlogproof.decode(receipt).index
    key = house.akva.auditing.verifier_key
    assert 0 == verified("proof", tmp_path / "receipt", key=key)


@pytest.mark.parametrize("name", ACTS)
def test_another_provider_s_act_is_as_unknown_as_none(house: House, name: str) -> None:
    named, _ = ACTS[name](house)

    for one in (named, new_id()):
        with pytest.raises(NotFound, match="no such assessment, report"):
            house.akva.auditing.receipt(house.stranger, one)


def test_what_belongs_to_no_provider_has_no_receipt_here(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.akva.auditing.receipt(house.drafter, new_id())


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 7])
def test_growth_is_proven_as_the_auditor_s_program_reads_it(
    house: House, steps: int, tmp_path: Path
) -> None:
    auditing, key = house.akva.auditing, house.akva.auditing.verifier_key
    old = auditing.checkpoint()
    for number in range(steps):
        house.akva.courses.submit(
            house.recorder, a_course(None, bdi(), hetu=None, reference=f"R-{number}")
        )
    new = auditing.checkpoint()
    start, end = (int(note.split("\n")[1]) for note in (old, new))

    proof = auditing.consistency(start, end)

    files = tmp_path / "old", tmp_path / "new", tmp_path / "proof"
    for file, text in zip(files, (old, new, proof), strict=True):
        file.write_text(text, "utf-8")
    assert steps == end - start
    assert 0 == verified("consistency", *files, key=key)
    if steps:
        (tmp_path / "proof").write_text(auditing.consistency(start - 1, end), "utf-8")
        assert 1 == verified("consistency", *files, key=key)


def test_sizes_that_the_log_never_had_prove_nothing(house: House) -> None:
    size = house.akva.auditing.verify().size

    for start, end in ((0, size), (-1, size), (2, 1), (1, size + 1)):
        with pytest.raises(NotFound):
            house.akva.auditing.consistency(start, end)


def test_an_auditor_is_told_by_which_event_a_report_was_permitted(
    house: House, auditor: Actor
) -> None:
    receipt = reportable(house)
    outcome, *_ = house.akva.reporting.report(house.recorder, receipt.assessment_ids)
    assert outcome.report_id is not None
    house.akva.consents.withdraw(house.recorder, receipt.episode_id, REPORT_TO_KELA)

    verdict = house.akva.auditing.report_verdict(auditor, outcome.report_id)

    assert (True, None, receipt.grant_id, outcome.log_index) == (
        verdict.permitted,
        verdict.code,
        verdict.consent_event_id,
        verdict.log_index,
    )
    expected = ("kiila", "bdi-21", Occasion.START)
    assert expected == (verdict.service, verdict.instrument, verdict.occasion)


def test_only_an_auditor_is_told_and_only_of_a_report(house: House, auditor: Actor) -> None:
    with pytest.raises(NotAllowed):
        house.akva.auditing.report_verdict(house.recorder, new_id())
    with pytest.raises(NotFound):
        house.akva.auditing.report_verdict(auditor, new_id())
