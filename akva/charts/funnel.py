"""The funnel chart: a whole, the disjoint losses on the way, and what remains."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from akva.charts.drawing import draw, lines, percentage
from akva.words import number, percent, say

LINE, BAR, GAP = 20, 14, 14  # px
ABOVE = 3  # px between a name and its bar
PUBLISHED = "published"

StepKind: TypeAlias = Literal["whole", "loss", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """The whole, a loss, or what remains; `n` is None where the status says why."""

    name: str
    kind: StepKind
    n: int | None = None
    status: str = PUBLISHED

    def __post_init__(self) -> None:
        if (self.n is not None) != (self.status == PUBLISHED):
            raise ValueError("a step has a count exactly when it is published")


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChart:
    """Steps in order: the whole first, what remains last."""

    id: str
    language: str
    title: str
    subtitle: str
    steps: tuple[FunnelStep, ...]


def funnel_chart(chart: FunnelChart) -> str:
    """Draw the chart as a figure with an SVG image, its title and its description."""
    drawn, top = [], 0
    for step, begins in zip(chart.steps, beginnings(chart.steps), strict=True):
        drawn.append(placed(chart, step, begins=begins, top=top))
        top += len(lines(step.name)) * LINE + ABOVE + BAR + GAP
    values = {
        "chart": chart,
        "steps": drawn,
        "height": top,
        "description": " ".join(told(chart, step) for step in chart.steps),
    }
    return draw("funnel.html.j2", values)


def beginnings(steps: tuple[FunnelStep, ...]) -> list[int]:
    """Say at which count each bar begins: losses come off the right end, one after another.

    With a hidden step the others cannot be set end to end; all then begin at 0.
    """
    counts = [step.n for step in steps]
    if None in counts:
        return [0] * len(steps)
    left = max((step.n or 0) for step in steps)
    begins = []
    for step in steps:
        if step.kind == "loss":
            left -= step.n or 0
        begins.append(left if step.kind == "loss" else 0)
    return begins


def placed(chart: FunnelChart, step: FunnelStep, *, begins: int, top: int) -> dict[str, Any]:
    whole = largest(chart.steps)
    names = lines(step.name)
    return {
        "names": [(top + LINE * (index + 1) - 5, text) for index, text in enumerate(names)],
        "top": top + LINE * len(names) + ABOVE,
        "kind": step.kind,
        "status": step.status,
        "x": percentage(100 * begins / whole),
        "width": percentage(100 * (step.n or 0) / whole),
        "text": worded(chart, step),
    }


def largest(steps: tuple[FunnelStep, ...]) -> int:
    return max([step.n for step in steps if step.n is not None], default=0) or 1


def worded(chart: FunnelChart, step: FunnelStep) -> str:
    """Write the count, a loss with a minus, and its share of the whole where the whole is known."""
    language = chart.language
    if step.n is None:
        return say(language, f"status.{step.status}")
    count = number(language, -step.n if step.kind == "loss" else step.n)
    whole = chart.steps[0].n
    if step.kind == "whole" or not whole:
        return count
    return f"{count} · {percent(language, step.n / whole)}"


def told(chart: FunnelChart, step: FunnelStep) -> str:
    return say(chart.language, "chart.step_row", name=step.name, n=worded(chart, step))
