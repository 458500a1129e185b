"""What report.html tells of the release: findings, what is hidden, one figure to its leaf."""

from typing import Any

import pytest

from akva.demo.report import render
from akva.words import LANGUAGES, say
from tests.unit.release_body import SERVICES, body
from tests.unit.reported import COMMAND, LEAF, data, html, of_language

NEVER = "not-collected"


def hidden(raw: dict[str, Any], table: str, name: str, service: str = "all") -> dict[str, Any]:
    """Hide a cell and every figure on it, as a release does."""
    place = (service, table, name)
    cells = [
        {key: value for key, value in cell.items() if key != "n"} | {"status": "suppressed"}
        if (cell["service"], cell["table"], cell["class"]) == place
        else cell
        for cell in raw["cells"]
    ]
    figures = [f for f in raw["figures"] if (f["service"], f["table"], f["class"]) != place]
    return {**raw, "cells": cells, "figures": figures}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_can_be_followed_from_definition_to_command(language: str) -> None:
    chain = of_language(language).partition('class="chain"')[2]
    places = [
        chain.index(link)
        for link in (
            "sha256:" + "a" * 64,
            "complete",
            say(language, "report.pairs", n=78),
            f"{language}-followed-bdi-21-total-kiila",
            "akva-services",
            LEAF,
            COMMAND.replace("'", "&#39;"),
        )
    ]

    assert sorted(places) == places


def test_a_scale_hidden_for_all_services_gets_no_finding() -> None:
    raw = hidden(body(), "bdi-21/total", "paired")

    part = of_language("fi", render(data(body=raw)))

    assert "vähenivät 3,4" not in part.partition('class="chain"')[0]
    assert 'class="chart-title">Masennusoireet<' in part


def test_an_interval_around_zero_is_called_unclear() -> None:
    assert say("fi", "scale.whoqol-bref/environment.unclear") in of_language("fi")


def test_goals_hidden_for_all_services_get_no_finding() -> None:
    raw = hidden(body(), "gas/t", "rated")

    part = of_language("fi", render(data(body=raw)))

    assert 'class="chart-title">Tavoitteiden saavuttaminen<' in part
    assert "Tavoitteista" not in part


def test_a_change_of_unknown_polarity_is_never_called_better() -> None:
    raw = body()
    for rows in (raw["tables"], raw["cells"], raw["figures"]):
        for row in rows:
            for key in ("id", "table"):
                if row.get(key) == "akv-1/current":
                    row[key] = "akv-1/coping"

    part = of_language("fi", render(data(body=raw)))

    assert say("fi", "certainty.unknown") in part


def test_cells_without_figures_are_counted_apart() -> None:
    release = {**data().summary["release"], "cells": data().summary["release"]["cells"] + 7}

    page = render(data(summary={**data().summary, "release": release}))

    assert say("fi", "hidden.absent", absent=7) in page


def test_a_published_count_without_figures_has_too_few_pairs() -> None:
    raw = body()
    place = {"service": "kiila", "table": "bdi-21/total"}
    raw["figures"] = [f for f in raw["figures"] if not place.items() <= f.items()]

    assert say("fi", "status.too-few-pairs") in render(data(body=raw))


def test_a_hidden_row_shows_its_word_and_no_number() -> None:
    part = of_language("fi")
    table = part.partition("Masennusoireet: keskiarvot")[2].partition("</table>")[0]
    row = table.partition("(AKSE)")[2].partition("</tr>")[0]

    assert "peitetty" in row
    assert not any(character.isdigit() for character in row.replace('colspan="6"', ""))


def test_a_release_without_goals_is_still_a_page() -> None:
    raw = body()
    raw["tables"] = [table for table in raw["tables"] if not table["id"].startswith("gas")]

    assert say("fi", "section.goals") in render(data(body=raw))


def test_a_release_with_all_coverage_hidden_tells_no_share_of_it() -> None:
    raw = body()
    for name in ("not-asked", "consented", "refused", "total"):
        raw = hidden(raw, "coverage", name)

    part = of_language("fi", render(data(body=raw)))

    assert "Suostumusta kysyttiin" not in part
    assert say("fi", "coverage.title_hidden") in part


def test_a_release_that_hides_everything_says_so_at_the_top() -> None:
    raw = body()
    raw["figures"] = []
    raw["cells"] = [
        {key: cell[key] for key in ("service", "table", "class")} | {"status": "suppressed"}
        for cell in raw["cells"]
    ]

    assert say("fi", "finding.none") in render(data(body=raw))
    assert say("fi", "finding.none") not in of_language("fi")


def test_without_a_hidden_cell_the_losses_are_set_end_to_end() -> None:
    raw = body()
    raw["cells"] = [{**cell, "status": "published", "n": cell.get("n", 0)} for cell in raw["cells"]]

    part = of_language("fi", render(data(body=raw)))

    assert say("fi", "class.people") in part
    assert say("fi", "class.people") not in of_language("fi")


def test_a_class_that_cannot_occur_is_no_loss() -> None:
    raw = body()
    raw["cells"] = [
        {"service": c["service"], "table": c["table"], "class": c["class"], "status": NEVER}
        if (c["service"], c["class"]) == ("kiila", "end-not-required")
        else c
        for c in raw["cells"]
    ]

    funnel = of_language("fi", render(data(body=raw))).partition('class="chain"')[2]

    assert say("fi", "class.no-end") in funnel
    assert say("fi", "class.end-not-required") not in funnel


def test_published_figures_stand_beside_the_simulated_ones_with_their_source() -> None:
    part = of_language("fi").partition(say("fi", "compare.caption"))[2]

    for anchor in data().anchors:
        assert say("fi", f"anchor.{anchor.code}.published") in part
        assert anchor.source in part


def test_the_share_without_symptoms_is_of_those_who_have_a_pair() -> None:
    assert "Ilman masennusoireita oli alussa 38\N{NO-BREAK SPACE}%" in of_language("fi")


def test_an_anchor_that_the_release_lacks_is_told_as_not_collected() -> None:
    raw = body()
    raw["tables"] = [table for table in raw["tables"] if "band" not in table["id"]]

    part = of_language("fi", render(data(body=raw))).partition(say("fi", "compare.caption"))[2]

    assert say("fi", "status.not-collected") in part


def test_what_is_not_collected_is_told_apart_from_hidden() -> None:
    raw = body()
    raw["cells"] = [
        {"service": "taito", "table": c["table"], "class": c["class"], "status": "not-collected"}
        if c["service"] == "taito" and c["table"] == "akv-1/current"
        else c
        for c in raw["cells"]
    ]
    raw["figures"] = [
        f for f in raw["figures"] if (f["service"], f["table"]) != ("taito", "akv-1/current")
    ]

    assert say("fi", "status.not-collected") in render(data(body=raw))


def test_a_name_from_outside_is_escaped() -> None:
    names = {code: dict.fromkeys(LANGUAGES, "<b>Kiila</b> & muut") for code in SERVICES}

    page = render(data(service_names=names))

    assert "<b>" not in page
    assert "&lt;b&gt;Kiila&lt;/b&gt; &amp; muut" in page


def test_the_counts_of_hidden_cells_are_told() -> None:
    release = data().summary["release"]
    told = say(
        "fi",
        "hidden.counted",
        cells=release["cells"],
        published=release["published"],
        suppressed=release["suppressed"],
    )

    assert told in html()
