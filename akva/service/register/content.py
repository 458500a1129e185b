"""Picks from an opened record what a report may say: scores, bands, goal levels, banded dimensions.

By design left out: item answers, alerts, goal texts, and whatever identifies the person.
"""

from collections.abc import Mapping
from typing import Any

from akva.classifications.ages import age_class
from akva.model.episodes import Occasion
from akva.model.reports import Content, Dimensions, ReportedGoal, ReportedScale
from akva.storage.assessments import AssessmentRow
from akva.storage.episodes import EpisodeRow


def content_of(
    row: AssessmentRow,
    episode: EpisodeRow,
    *,
    person: Mapping[str, Any],
    course: Mapping[str, Any],
    assessment: Mapping[str, Any],
) -> Content:
    result = assessment["result"]
    return Content(
        edition=row.edition,
        definition=result["definition"],
        mode=assessment["mode"],
        scored_elsewhere=result.get("scored_elsewhere", False),
        not_scored=assessment["not_scored"],
        scales=scales_of(result),
        goals=goals_of(assessment["goals"] or (), row.occasion),
        dimensions=Dimensions(
            law_basis=course["law_basis"],
            area=person["area"],
            age_class=age_class(person["birth_year"], in_year=episode.started_on.year),
            sex=person["sex"],
            diagnosis=course["diagnosis"],
        ),
    )


def scales_of(result: Mapping[str, Any]) -> dict[str, ReportedScale]:
    bands = result.get("bands", {})
    return {
        name: ReportedScale(
            value=score["value"],
            answered=score["answered"],
            items=score["items"],
            rule=score["rule"],
            reason=score["reason"],
            flags=tuple(score["flags"]),
            bands=bands.get(name, {}),
        )
        for name, score in result.get("scores", {}).items()
    }


def goals_of(goals: Any, occasion: str) -> tuple[ReportedGoal, ...]:  # noqa: ANN401 - parsed JSON
    level = "baseline" if occasion == Occasion.START else "attained"
    return tuple(
        ReportedGoal(
            weight=goal.get("weight", 1), level=goal.get(level), icf=tuple(goal.get("icf", ()))
        )
        for goal in goals
    )
