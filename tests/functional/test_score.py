"""`akva score`: a line out for each line in, whatever is wrong with some of them."""

import io
import sys
from pathlib import Path

import pytest

import instruments
from tests.functional.scoring import BDI, akva, lines, ndjson


def test_a_response_is_printed_with_all_that_is_promised(tmp_path: Path) -> None:
    done = akva("score", "bdi-21", ndjson(tmp_path, {"id": "a1", "answers": BDI}))

    expected = {
        "id": "a1",
        **instruments.load("bdi-21").score_one(BDI).as_dict(),
        "problem": None,
    }
    assert (0, "", [expected]) == (done.code, done.err, lines(done))


def test_a_refused_row_says_why_and_stops_no_other(tmp_path: Path) -> None:
    rows = [{"id": number, "answers": BDI} for number in range(3)]
    rows[1]["answers"] = BDI | {"q7": 77, "q8": 78}

    done = akva("score", "bdi-21", ndjson(tmp_path, *rows))

    refused = lines(done)[1]
    assert (3, "") == (done.code, done.err)
    assert [0, 1, 2] == [line["id"] for line in lines(done)]
    assert "scores" not in refused
    assert "77" not in done.out.replace(refused["definition"], "")
    assert {"code", "where", "why", "next_step"} == refused["problem"].keys()
    assert ["/answers/q7", "/answers/q8"] == [each["where"] for each in refused["problems"]]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("not json", "not-json"),
        ('{"id": "a", "answers": {"q1": NaN}}', "not-json"),
        ("[]", "wrong-type"),
        ('{"id": "a"}', "answers-missing"),
        ('{"id": "a", "answers": [1]}', "answers-missing"),
        ('{"id": "a", "answers": {"q1": 1, "q1": 2}}', "key-twice"),
        ('{"answers": {}, "answers": {}}', "key-twice"),
        ('{"id": "a", "answers": {"q1": 1, "Q1": 1}}', "item-twice"),
        ('{"id": "a", "answers": {"q99": 1}}', "unknown-item"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_by_itself(
    tmp_path: Path, line: str, code: str
) -> None:
    done = akva("score", "phq-9", ndjson(tmp_path, line, {"id": "b", "answers": {}}))

    first, second = lines(done)
    assert (3, code, None) == (done.code, first["problem"]["code"], second["problem"])


def test_mapping_and_missing_hold_for_json_too(tmp_path: Path) -> None:
    sent = {"person": 4, "answers": {"DPQ010": 1, "q2": 7, "q3": "9", "q4": 7.0, "q5": None}}

    (line,) = lines(
        akva(
            "score",
            "phq-9",
            ndjson(tmp_path, sent),
            "--map",
            "q1=DPQ010",
            "--id",
            "person",
            "--missing",
            "7,9",
        )
    )

    assert (4, 1) == (line["id"], line["scores"]["total"]["answered"])


def test_true_is_no_number_that_could_mean_missing(tmp_path: Path) -> None:
    path = ndjson(tmp_path, {"answers": {"q1": True}})

    (line,) = lines(akva("score", "phq-9", path, "--missing", "1"))

    assert "value-out-of-range" == line["problem"]["code"]


def test_two_keys_that_mean_one_item_are_refused(tmp_path: Path) -> None:
    sent = {"answers": {"DPQ010": 1, "q1": 2}}

    (line,) = lines(akva("score", "phq-9", ndjson(tmp_path, sent), "--map", "q1=DPQ010"))

    assert "key-twice" == line["problem"]["code"]


def test_a_missing_level_may_have_a_number_of_its_own(tmp_path: Path) -> None:
    sent = {"goals": [{"attained": 9}, {"attained": 0}]}

    (line,) = lines(akva("score", "gas", ndjson(tmp_path, sent), "--missing", "9"))

    assert "goal-not-rated" == line["scores"]["t"]["reason"]


@pytest.mark.parametrize("sent", [{"goals": ["a goal"]}, {"goals": "none"}, {}])
def test_goals_of_another_shape_are_refused(tmp_path: Path, sent: object) -> None:
    done = akva("score", "gas", ndjson(tmp_path, sent), "--missing", "9")

    assert (3, True) == (done.code, lines(done)[0]["problem"]["code"].startswith("goal"))


def test_edition_rule_and_coding_may_be_chosen(tmp_path: Path) -> None:
    answers = {f"q{item}": 3 for item in range(1, 27)} | {"q3": 5, "q20": None}
    path = ndjson(tmp_path, {"answers": answers})

    (line,) = lines(
        akva(
            "score",
            "whoqol-bref",
            path,
            "--edition",
            "1996",
            "--rule",
            "who-manual",
            "--coding",
            "reversed",
        )
    )

    assert None is line["scores"]["social"]["value"]
    assert line["scores"]["physical"]["value"] > 50


def test_stdin_is_read_as_json_lines() -> None:
    stdin = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(b'{"id": 1, "answers": {}}\n\n'))
    try:
        done = akva("score", "phq-9")
    finally:
        sys.stdin = stdin

    assert [1] == [line["id"] for line in lines(done)]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("bdi", "{csv}"), "There is no such instrument"),
        (("phq-9", "{csv}", "--edition", "1"), "no such edition"),
        (("phq-9", "{csv}", "--rule", "mean"), "no rule of that name"),
        (("phq-9", "{csv}", "--id", "person"), "--map or --id names a column"),
        (("phq-9", "{csv}", "--map", "q1=x"), "--map or --id names a column"),
        (("phq-9", "{csv}", "--map", "q99=q1"), "--map names no item"),
        (("phq-9", "{csv}", "--map", "q1"), "--map takes an item and its column"),
        (("bdi-ii", "{empty}"), "No column of the file"),
        (("phq-9", "{twice}"), "Two columns of the file"),
        (("phq-9", "{text}"), "neither csv nor ndjson"),
        (("phq-9", "{none}"), "No such file"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_a_next_step(
    tmp_path: Path, call: tuple[str, ...], told: str
) -> None:
    files = {"csv": "q1,q2\n1,2\n", "empty": "", "twice": "q1,Q1\n", "text": "q1\n"}
    paths = {name: tmp_path / f"{name}.csv" for name in [*files, "none"]} | {
        "text": tmp_path / "a.txt"
    }
    for name, content in files.items():
        paths[name].write_text(content)

    done = akva("score", *(word.format(**paths) for word in call))

    assert (2, "", 1) == (done.code, done.out, done.err.count("\n"))
    assert told in done.err
    assert " Next: " in done.err
