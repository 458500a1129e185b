"""The service lines of the demonstration and how their clients differ.

`persons` are those of 2024 in Kela's overview of services, scaled where a comment says so. All else
is assumed, but for the ages and law bases of AKSE, Nuotti and Oma väylä.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from akva.demo.cohort.calibration import AKSE_FROM_40, AKSE_UNDER_40, MEN_IN_VOCATIONAL

YOUNG = (16, 29)  # 7 a § asks for no diagnosis
MIDDLE_AGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`distress` shifts the latent mean and `gain` is its fall; vocational lines follow sex alone.

    `burden` is the latent physical load, `months` the usual length of a course.
    """

    persons: float
    ages: tuple[int, int]
    months: float
    laws: Mapping[str, float]
    diagnoses: Mapping[str, float]
    older: Mapping[str, float] = field(default_factory=dict)  # diagnoses from 40 on, if they differ
    men: float = MEN_IN_VOCATIONAL
    vocational: bool = True
    distress: float = 0.0
    gain: float = 0.0
    burden: float = 0.0
    not_working: float = 0.5


LINES: Mapping[str, Line] = MappingProxyType(
    {
        "akse": Line(
            persons=4390,
            ages=(18, 62),
            months=2,
            laws={"6": 0.7, "7a": 0.3},
            diagnoses=AKSE_UNDER_40,
            older=AKSE_FROM_40,
            not_working=0.55,
        ),
        "kiila": Line(
            persons=3550,
            ages=(30, 62),
            months=14,
            laws={"6": 0.8, "7": 0.2},
            diagnoses={"F00-F99": 0.48, "M00-M99": 0.42, "I00-I99": 0.04, "G00-G99": 0.06},
            burden=0.2,
            not_working=0.0,
        ),
        "teak": Line(
            persons=4020,
            ages=(20, 60),
            months=9,
            laws={"6": 0.7, "7": 0.3},
            diagnoses={"F00-F99": 0.69, "M00-M99": 0.19, "G00-G99": 0.07, "S00-T98": 0.05},
            not_working=0.7,
        ),
        "taito": Line(
            persons=290,  # of 1,160: the line ends, and few stay to the end of a course
            ages=(20, 58),
            months=14,
            laws={"6": 0.7, "7": 0.3},
            diagnoses={"F00-F99": 0.75, "M00-M99": 0.15, "G00-G99": 0.10},
            not_working=0.8,
        ),
        "nuotti": Line(
            persons=3280,
            ages=YOUNG,
            months=5,
            laws={"7a": 1.0},
            diagnoses={},
            not_working=0.6,
        ),
        "oma-vayla": Line(
            persons=5220,
            ages=(16, 35),
            months=13,
            laws={"12": 1.0},
            diagnoses={"F00-F99": 0.97, "G00-G99": 0.03},
            men=0.52,
            vocational=False,
            distress=0.10,
            gain=0.35,
            not_working=0.4,
        ),
        "tules-kurssi": Line(
            persons=7690,
            ages=(35, 64),
            months=7,
            laws={"12": 1.0},
            diagnoses={"M00-M99": 0.95, "G00-G99": 0.03, "S00-T98": 0.02},
            men=0.35,
            vocational=False,
            distress=-0.30,
            gain=0.20,
            burden=0.6,
            not_working=0.25,
        ),
        "mielenterveyskurssi": Line(
            persons=3090,
            ages=(18, 60),
            months=8,
            laws={"12": 1.0},
            diagnoses={"F00-F99": 1.0},
            men=0.27,
            vocational=False,
            distress=0.65,
            gain=0.60,
            not_working=0.35,
        ),
        "diabeteskurssi": Line(
            persons=260,  # assumed: its own count is not published
            ages=(28, 64),
            months=6,
            laws={"12": 1.0},
            diagnoses={"E00-E90": 0.97, "I00-I99": 0.03},
            men=0.55,
            vocational=False,
            distress=-0.35,
            gain=0.15,
            burden=0.2,
            not_working=0.2,
        ),
    }
)
# Adults who attend one line and may well attend one of these in the same year.
SECOND_LINES = ("tules-kurssi", "mielenterveyskurssi", "kiila")
