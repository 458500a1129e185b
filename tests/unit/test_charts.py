"""Charts: accessible, honest about direction and size, and silent about what is hidden."""

import re
from xml.etree import ElementTree as ET

import pytest

from akva.charts import (
    Axis,
    ChangeChart,
    ChangeRow,
    FunnelChart,
    FunnelStep,
    Marks,
    Matrix,
    MatrixCell,
    MatrixRow,
    cells,
    change_chart,
    funnel_chart,
)
from akva.words import LANGUAGES, say

BDI = Axis(low=0, high=63, better="lower")
QUALITY = Axis(low=0, high=100, better="higher")
MARKS = Marks(n=120, start=16.2, end=12.8, lower=11.9, upper=13.6)


def change(*rows: ChangeRow, axis: Axis = BDI, language: str = "fi") -> str:
    chart = ChangeChart(
        id="c1", language=language, title="Oireet vähenivät", subtitle="BDI", axis=axis, rows=rows
    )
    return change_chart(chart)


def funnel(*steps: FunnelStep) -> str:
    chart = FunnelChart(id="f1", language="fi", title="Kattavuus", subtitle="Jaksot", steps=steps)
    return funnel_chart(chart)


def matrix(*row: MatrixCell) -> str:
    return cells(
        Matrix(
            id="m1",
            language="fi",
            title="Solut",
            subtitle="Ihmisiä",
            columns=tuple("AB"[: len(row)]),
            rows=(MatrixRow(name="Kiila", cells=row),),
        )
    )


EVERY_KIND = (
    change(
        ChangeRow(name="Kaikki", marks=MARKS, is_whole=True),
        ChangeRow(name="Taito", status="suppressed"),
        ChangeRow(name="AKSE", status="not-collected"),
    ),
    funnel(
        FunnelStep(name="Jaksot", kind="whole", n=100),
        FunnelStep(name="Ei kysytty", kind="loss", status="suppressed"),
        FunnelStep(name="Suostumus", kind="kept", n=80),
    ),
    matrix(MatrixCell(status="published", n=12), MatrixCell(status="suppressed")),
)


def places(markup: str, name: str) -> list[float]:
    """Read the places of the circles of a class inside the drawing, in per cent."""
    drawing = markup.partition('class="chart-key"')[0]
    return [float(x) for x in re.findall(rf'class="{name}" cx="([0-9.]+)%"', drawing)]


@pytest.mark.parametrize("markup", EVERY_KIND)
def test_the_image_has_a_role_a_title_and_a_description(markup: str) -> None:
    svg = next(ET.fromstring(markup).iter("svg"))  # noqa: S314 - our own markup
    labels = (svg.get("aria-labelledby") or "").split()
    named = {element.get("id"): element for element in svg}

    assert svg.get("role") == "img"
    assert ["title", "desc"] == [named[label].tag for label in labels]
    assert all(named[label].text for label in labels)


@pytest.mark.parametrize("markup", EVERY_KIND)
def test_the_markup_carries_classes_and_no_style(markup: str) -> None:
    assert "style=" not in markup
    assert "<style" not in markup
    assert "<script" not in markup
    assert not re.search(r'(fill|stroke|color)="(?!url\(#|none)', markup)


@pytest.mark.parametrize("markup", EVERY_KIND)
def test_the_hidden_is_hatched_and_has_the_word(markup: str) -> None:
    assert 'class="hidden-cell"' in markup
    assert 'fill="url(#' in markup
    assert "peitetty" in markup


def test_what_is_published_is_not_hatched() -> None:
    assert "hidden-cell" not in change(ChangeRow(name="Kaikki", marks=MARKS))
    assert "hidden-cell" not in matrix(MatrixCell(status="published", n=12))


def test_what_is_not_collected_is_not_hatched() -> None:
    absent = FunnelStep(name="Ei vaadita", kind="loss", status="not-collected")

    assert "hidden-cell" not in funnel(FunnelStep(name="Jaksot", kind="whole", n=9), absent)
    assert "hidden-cell" not in change(ChangeRow(name="AKSE", status="not-collected"))
    assert "hidden-cell" not in matrix(MatrixCell(status="not-collected"))


def test_a_hidden_row_draws_no_mark_and_no_number() -> None:
    markup = change(ChangeRow(name="Taito", status="suppressed"))
    drawing = markup.partition('class="chart-key"')[0]

    assert "<circle" not in drawing
    assert "n\N{NO-BREAK SPACE}=" not in markup


def test_a_chart_without_marks_has_no_key_to_them() -> None:
    assert "chart-key" not in change(ChangeRow(name="Taito", status="suppressed"))
    assert "chart-key" in change(ChangeRow(name="Kiila", marks=MARKS))


def test_a_number_cannot_be_given_to_a_hidden_row() -> None:
    with pytest.raises(ValueError, match="published"):
        ChangeRow(name="Taito", marks=MARKS, status="suppressed")


def test_a_number_cannot_be_given_to_a_hidden_step() -> None:
    with pytest.raises(ValueError, match="published"):
        FunnelStep(name="Ei kysytty", kind="loss", n=3, status="suppressed")


def test_a_number_cannot_be_given_to_a_hidden_cell() -> None:
    with pytest.raises(ValueError, match="published"):
        MatrixCell(status="suppressed", n=3)


def test_a_published_row_cannot_lack_its_numbers() -> None:
    with pytest.raises(ValueError, match="published"):
        ChangeRow(name="Kaikki")
    with pytest.raises(ValueError, match="published"):
        MatrixCell(status="published")


@pytest.mark.parametrize(("axis", "worse", "better"), [(BDI, 20.0, 10.0), (QUALITY, 50.0, 60.0)])
def test_better_lies_to_the_right_whatever_the_polarity(
    axis: Axis, worse: float, better: float
) -> None:
    marks = Marks(n=50, start=worse, end=better, lower=better, upper=better)

    markup = change(ChangeRow(name="Kaikki", marks=marks), axis=axis)

    assert places(markup, "mark-start")[0] < places(markup, "mark-end")[0]


def test_a_change_for_the_worse_points_to_the_left() -> None:
    marks = Marks(n=50, start=10, end=20, lower=18, upper=22)

    markup = change(ChangeRow(name="Kaikki", marks=marks))

    assert places(markup, "mark-start")[0] > places(markup, "mark-end")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_axis_says_which_way_is_better(language: str) -> None:
    markup = change(ChangeRow(name="X", marks=MARKS), language=language)

    assert f"{say(language, 'chart.better')} →" in markup


def test_an_unknown_polarity_calls_nothing_better() -> None:
    axis = Axis(low=1, high=4, better="unknown")
    marks = Marks(n=50, start=2, end=3, lower=2.5, upper=3.5)

    markup = change(ChangeRow(name="X", marks=marks), axis=axis)

    assert "parempi →" not in markup
    assert say("fi", "chart.unknown") in markup


def test_n_stands_beside_every_published_row() -> None:
    rows = [ChangeRow(name=f"Palvelu {n}", marks=MARKS) for n in range(3)]

    assert len(rows) == change(*rows).count('class="row-n"')


def test_the_description_says_what_the_drawing_shows() -> None:
    markup = change(ChangeRow(name="Kiila", marks=MARKS), ChangeRow(name="T", status="suppressed"))

    for words in ("Kiila: alussa 16,2, lopussa 12,8", "T: peitetty."):
        assert words in markup


def test_a_row_with_an_end_alone_has_no_start_mark() -> None:
    marks = Marks(n=300, end=0.57, lower=0.51, upper=0.62)
    axis = Axis(low=0, high=1, better="higher", unit="share")

    markup = change(ChangeRow(name="Kaikki", marks=marks), axis=axis)

    assert "mark-start" not in markup
    assert "57\N{NO-BREAK SPACE}%" in markup


@pytest.mark.parametrize("hostile", ["<script>x</script>", 'a" onload="x', "a & b"])
def test_a_name_is_escaped(hostile: str) -> None:
    markup = change(ChangeRow(name=hostile, marks=MARKS))

    assert hostile not in markup
    ET.fromstring(markup)  # noqa: S314 - our own markup


def test_a_matrix_needs_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="column"):
        Matrix(
            id="m",
            language="fi",
            title="T",
            subtitle="S",
            columns=("A", "B"),
            rows=(MatrixRow(name="Kiila", cells=(MatrixCell(status="suppressed"),)),),
        )
