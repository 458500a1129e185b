"""The change chart: start and end on one line, with an interval and its n, row by row."""

from dataclasses import dataclass
from typing import Any

from akva.charts.axis import Axis
from akva.charts.drawing import draw, lines, percentage
from akva.words import percent, say

LINE, LANE, GAP = 20, 26, 14  # px: a line of type, the marks, the space below
FOOT = 52  # px: the axis with its two words
PUBLISHED = "published"
LABEL_GAP = 9  # px between a mark and its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """One published row, in values of the axis; `start` is None where there is only an end.

    `lower` and `upper` bound the interval that is drawn around the end.
    """

    n: int
    end: float
    lower: float
    upper: float
    start: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A row with its marks, or the status that says why not; `is_whole` spans the others."""

    name: str
    is_whole: bool = False
    marks: Marks | None = None
    status: str = PUBLISHED

    def __post_init__(self) -> None:
        # A number of a hidden cell must not even reach the drawing: coordinates can be read back.
        if (self.marks is not None) != (self.status == PUBLISHED):
            raise ValueError("a row has marks exactly when it is published")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeChart:
    """`title` states the finding, `subtitle` measure, n and interval; `id` is unique in a page."""

    id: str
    language: str
    title: str
    subtitle: str
    axis: Axis
    rows: tuple[ChangeRow, ...]
    confidence: float = 0.95


def change_chart(chart: ChangeChart) -> str:
    """Draw the chart as a figure with an SVG image, its title and its description."""
    drawn, top = [], 0
    for row in chart.rows:
        drawn.append(placed(chart, row, top))
        top += len(lines(row.name)) * LINE + LANE + GAP
    starts = any(row.marks and row.marks.start is not None for row in chart.rows)
    values = {
        "chart": chart,
        "rows": drawn,
        "ticks": [
            (percentage(chart.axis.place(tick)), chart.axis.tick(chart.language, tick))
            for tick in chart.axis.ticks
        ],
        "bottom": top,
        "height": top + FOOT,
        "starts": starts,
        "has_marks": any(row.marks for row in chart.rows),
        "description": " ".join(told(chart, row) for row in chart.rows),
        "words": words(chart, starts=starts),
    }
    return draw("change.html.j2", values)


def words(chart: ChangeChart, *, starts: bool) -> dict[str, str]:
    language = chart.language
    return {
        "start": say(language, "chart.start"),
        "end": say(language, "chart.end" if starts else "chart.goal_end"),
        "whisker": say(
            language,
            "chart.whisker_change" if starts else "chart.whisker",
            confidence=percent(language, chart.confidence),
        ),
        "better": say(language, "chart.better"),
        "worse": say(language, "chart.worse"),
        "unknown": say(language, "chart.unknown"),
    }


def placed(chart: ChangeChart, row: ChangeRow, top: int) -> dict[str, Any]:
    names = lines(row.name)
    values: dict[str, Any] = {
        "names": [(top + LINE * (index + 1) - 5, text) for index, text in enumerate(names)],
        "middle": top + LINE * len(names) + LANE // 2,
        "status": row.status,
        "is_whole": row.is_whole,
        "word": say(chart.language, f"status.{row.status}"),
        "marks": None,
    }
    if row.marks is not None:
        values["n"] = say(chart.language, "chart.n", n=row.marks.n)
        values["marks"] = located(chart, row.marks)
    return values


def located(chart: ChangeChart, marks: Marks) -> dict[str, Any]:
    """Give the places of the marks; each value stands outside everything that is drawn."""
    axis, language = chart.axis, chart.language
    low, high = sorted((axis.place(marks.lower), axis.place(marks.upper)))
    end = axis.place(marks.end)
    start = axis.place(marks.start) if marks.start is not None else None
    left = min(low, end if start is None else start)
    right = max(high, end if start is None else start)
    forward = start is None or end >= start
    return {
        "start": None if start is None else percentage(start),
        "end": percentage(end),
        "low": percentage(low),
        "high": percentage(high),
        "start_at": percentage(left if forward else right),
        "end_at": percentage(right if forward else left),
        "forward": forward,
        "gap": LABEL_GAP if forward else -LABEL_GAP,
        "start_text": None if marks.start is None else axis.worded(language, marks.start),
        "end_text": axis.worded(language, marks.end),
    }


def told(chart: ChangeChart, row: ChangeRow) -> str:
    """Say a row in words, for whoever does not see the drawing."""
    language, axis, marks = chart.language, chart.axis, row.marks
    if marks is None:
        status = say(language, f"status.{row.status}")
        return say(language, "chart.absent_row", name=row.name, status=status)
    values = {
        "name": row.name,
        "end": axis.worded(language, marks.end),
        "lower": axis.worded(language, marks.lower),
        "upper": axis.worded(language, marks.upper),
    }
    if marks.start is None:
        return say(language, "chart.end_row", n=marks.n, **values)
    start = axis.worded(language, marks.start)
    return say(language, "chart.change_row", n=marks.n, start=start, **values)
