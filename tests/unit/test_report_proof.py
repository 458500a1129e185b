"""What report.html tells beside the release: refusals with a next step, the verifier's answer."""

from dataclasses import replace

import pytest

from akva.demo.report import LogFacts, render
from akva.words import LANGUAGES, MissingWords, say
from tests.unit.reported import REFUSALS, data, of_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_refusal_is_told_with_its_sentence_and_next_step(language: str) -> None:
    part = of_language(language)

    for code in REFUSALS:
        assert say(language, f"refusal.{code}.why").replace("'", "&#39;") in part
        assert say(language, f"refusal.{code}.next_step").replace("'", "&#39;") in part
        assert code in part


def test_no_refusal_is_told_as_none() -> None:
    summary = {**data().summary, "refusals": {}}

    assert say("fi", "refusals.none") in render(data(summary=summary))


def test_a_refusal_without_words_is_an_error() -> None:
    summary = {**data().summary, "refusals": {"NO_SUCH_CODE": 1}}

    with pytest.raises(MissingWords):
        render(data(summary=summary))


@pytest.mark.parametrize(
    ("exit_code", "verdict"), [(0, "holds"), (1, "refuted"), (2, "undecided"), (70, "undecided")]
)
def test_the_verifiers_answer_is_told_in_words_and_mark(exit_code: int, verdict: str) -> None:
    log = replace(data().log, exit_code=exit_code)

    page = render(data(log=log))

    assert f'class="verdict verdict-{verdict}"' in page
    assert say("fi", f"proof.{verdict}") in page


def test_the_verifiers_own_line_is_shown_as_it_is() -> None:
    log = LogFacts(origin="o", size=1, root="r", exit_code=0, line="holds: <all> & more")

    assert "holds: &lt;all&gt; &amp; more" in render(data(log=log))
