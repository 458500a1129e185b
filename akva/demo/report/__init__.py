"""The report of the demonstration: one page that anybody can open and follow."""

from akva.demo.report.anchors import PUBLISHED, Anchor
from akva.demo.report.data import Followed, LogFacts, ReportData
from akva.demo.report.rendering import render

__all__ = ["PUBLISHED", "Anchor", "Followed", "LogFacts", "ReportData", "render"]
