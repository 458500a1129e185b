"""Puts the report together: one page, three languages, one stylesheet, nothing from outside."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from akva.charts import environment, stylesheet
from akva.demo.report import attainment, changes, coverage, findings, followed, hidden
from akva.demo.report.body import Body
from akva.demo.report.data import ReportData
from akva.demo.report.page import Page
from akva.words import LANGUAGES

SECTIONS = (
    "findings",
    "change",
    "goals",
    "coverage",
    "hidden",
    "refusals",
    "proof",
    "follow",
    "compare",
    "reading",
)


def render(report: ReportData) -> str:
    """Make report.html, complete in itself: no network, no script, no style but its own."""
    body = Body(report.body)
    style = stylesheet() + files("akva.demo").joinpath("templates/report.css").read_text("utf-8")
    values = {
        "style": style,
        # The page may apply this stylesheet and load nothing at all.
        "style_hash": b64encode(sha256(style.encode()).digest()).decode(),
        "languages": LANGUAGES,
        "pages": [content(Page(language, report, body)) for language in LANGUAGES],
    }
    return environment("akva.demo").get_template("report.html.j2").render(values)


def content(page: Page) -> dict[str, Any]:
    """Give everything that the template shows in one language."""
    return {
        "page": page,
        "say": page.say,
        "sections": SECTIONS,
        "year": str(page.body.year),
        "summary": page.data.summary,
        "statements": findings.statements(page),
        "scales": changes.views(page),
        "columns": changes.COLUMNS,
        "goal_columns": attainment.COLUMNS,
        "goals": attainment.view(page),
        "coverage": coverage.view(page),
        "hidden": hidden.view(page),
        "refusals": sorted(page.data.summary["refusals"].items(), key=lambda one: -one[1]),
        "log": page.data.log,
        "steps": followed.steps(page),
        "comparisons": findings.comparisons(page),
    }
