"""The reader of purposes names what lacks, and the list of refusals is closed."""

import pytest

from consent import PurposesUnreadable, UnknownRefusal
from consent.purposes import FIELDS, STATUSES, read
from consent.verdicts import NEXT_STEPS, refusal

STATEMENT = '{ text = "something", status = "open" }'
WHOLE = "[some-purpose]\n" + "\n".join(f"{name} = {STATEMENT}" for name in FIELDS)


def test_a_whole_purpose_is_read() -> None:
    purpose = read(WHOLE)["some-purpose"]

    assert ("some-purpose", "something", "open") == (
        purpose.id,
        purpose.retention.text,
        purpose.retention.status,
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[some-purpose", "TOML"),
        ("some-purpose = 1", "some-purpose: needs exactly"),
        (WHOLE.replace(f"retention = {STATEMENT}", ""), "some-purpose: needs exactly"),
        (WHOLE + f"\nbundled_with = {STATEMENT}", "some-purpose: needs exactly"),
        (WHOLE.replace("something", " ", 1), "some-purpose.title"),
        (WHOLE.replace("open", "certain", 1), "some-purpose.title"),
        (WHOLE.replace(STATEMENT, '"Kela"', 1), "some-purpose.title"),
        (WHOLE.replace(STATEMENT, '{ text = "x" }', 1), "some-purpose.title"),
        (WHOLE.replace("status", 'by = "me", status', 1), "some-purpose.title"),
    ],
)
def test_a_purpose_that_lacks_something_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(PurposesUnreadable, match=named):
        read(text)


def test_the_list_cannot_be_added_to() -> None:
    purposes = read(WHOLE)

    with pytest.raises(TypeError):
        purposes["another"] = purposes["some-purpose"]  # type: ignore[index]  # the attack


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_accepted(status: str) -> None:
    assert status == read(WHOLE.replace("open", status))["some-purpose"].title.status


@pytest.mark.parametrize("code", NEXT_STEPS)
def test_every_refusal_tells_one_next_step_in_one_sentence(code: str) -> None:
    step = refusal(code).next_step

    assert (True, 1) == (step.endswith("."), step.count("."))


def test_a_refusal_nobody_listed_cannot_be_made() -> None:
    with pytest.raises(UnknownRefusal):
        refusal("CONSENT_UNHEARD_OF")
