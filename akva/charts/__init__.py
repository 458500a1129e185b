"""Accessible charts as markup: a figure with an SVG image, classes and no styles of its own."""

from akva.charts.axis import Axis
from akva.charts.cells import Matrix, MatrixCell, MatrixRow, cells
from akva.charts.change import ChangeChart, ChangeRow, Marks, change_chart
from akva.charts.drawing import environment, stylesheet
from akva.charts.funnel import FunnelChart, FunnelStep, StepKind, funnel_chart

__all__ = [
    "Axis",
    "ChangeChart",
    "ChangeRow",
    "FunnelChart",
    "FunnelStep",
    "Marks",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "StepKind",
    "cells",
    "change_chart",
    "environment",
    "funnel_chart",
    "stylesheet",
]
