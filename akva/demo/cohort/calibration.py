"""What the cohort is calibrated to: published figures with their source, and assumptions named so.

"Published" was read in a public text and is held by a test at 5,000 clients. "Assumed" is ours:
plausible, unpublished, and true of nobody. Latent means are in standard deviations of the latent
distress; each was found by bisection so that the published share comes out of the item model.
"""

from collections.abc import Mapping
from types import MappingProxyType

YEAR = 2025  # the year in which most courses end

# Published. Vocational clients whose course ended in 2017: share without depressive symptoms
# (BDI 0-9) at the start and at the end, and by sex; the women's share at the end is from the same
# text as retold by Mediuutiset. tutkimusblogi.kela.fi, 7 October 2019.
MINIMAL_AT_START = 0.40
MINIMAL_AT_END = 0.52
MINIMAL_AT_START_MEN = 0.55
MINIMAL_AT_START_WOMEN = 0.23
MINIMAL_AT_END_WOMEN = 0.44
# The share of men that makes 0.55 and 0.23 into 0.40.
MEN_IN_VOCATIONAL = (MINIMAL_AT_START - MINIMAL_AT_START_WOMEN) / (
    MINIMAL_AT_START_MEN - MINIMAL_AT_START_WOMEN
)
# Latent means that give those shares; men's end share, 0.59, follows from the others.
DISTRESS_AT_START = MappingProxyType({"male": 0.766, "female": 1.670})
DISTRESS_AT_END = MappingProxyType({"male": 0.659, "female": 1.057})

# Published. "Over half" reached their goals at least as expected. kela.fi, on the year 2018.
GOALS_AT_LEAST_EXPECTED = 0.5
# Assumed: the whole distribution of attained levels, from much less to much more than expected.
ATTAINED = MappingProxyType({-2: 0.08, -1: 0.34, 0: 0.38, 1: 0.14, 2: 0.06})

# Published. Share of vocational rehabilitation in 2018 that rested on a mental diagnosis.
# tutkimusblogi.kela.fi, 7 October 2019.
MENTAL_IN_VOCATIONAL = 0.59
# Published for AKSE by age: among the listed diagnoses F stands for 59 % of those aged 16-39 and
# 25 % of those aged 40-64, M for none and 20 % (Kela's partner meeting on AKSE, 2025). Assumed:
# how the unlisted rest falls into main groups.
AKSE_UNDER_40 = MappingProxyType(
    {"F00-F99": 0.75, "M00-M99": 0.11, "G00-G99": 0.06, "S00-T98": 0.03, "Q00-Q99": 0.05}
)
AKSE_FROM_40 = MappingProxyType(
    {"F00-F99": 0.45, "M00-M99": 0.37, "G00-G99": 0.06, "I00-I99": 0.06, "S00-T98": 0.06}
)

# Assumed. Start and end totals correlate by about 0.6; so do the latent traits.
RETEST = 0.66

# Assumed. What becomes of the permission to report, by story.
STORIES = MappingProxyType(
    {
        "never-asked": 0.08,
        "refused": 0.12,
        "granted": 0.69,
        "incomplete": 0.04,
        "unverified": 0.02,
        "withdrawn-before": 0.02,
        "withdrawn-after": 0.03,
    }
)

# Assumed. How a questionnaire is answered, and why one is not scored at the end.
MODES = MappingProxyType(
    {
        "self": 0.875,
        "interview": 0.05,
        "assisted": 0.05,
        "interpreter": 0.01,
        "sign-language": 0.015,
    }
)
NOT_SCORED_AT_END = MappingProxyType(
    {"declined": 0.02, "could-not": 0.01, "not-reached": 0.02, "discussed-instead": 0.005}
)

# Assumed. Losses on the way, as shares of courses (or of forms, for a blank answer).
NO_START = 0.05
NO_END = 0.10
INTERRUPTED_EARLY = 0.06  # before three months: an end is not due
BLANK = 0.02
AKSE_END_MEASURED = 0.05  # "jatkumoa ei synny": AKSE is mostly measured at the start alone
AKSE_GOALS_RATED = 0.60
SECOND_COURSE_SAME_PROVIDER = 0.02
SECOND_COURSE_OTHER_PROVIDER = 0.012

# Residents in thousands, rounded: a plausible spread over the wellbeing areas, nothing more.
AREAS = (*(f"{number:02d}" for number in range(1, 22)), "90", "91")
THOUSANDS = (
    *(100, 205, 490, 280, 490, 212, 170, 540, 204, 158, 125, 129, 248, 162, 273, 190),
    *(178, 67, 417, 70, 176, 665, 30),
)
RESIDENTS: Mapping[str, float] = MappingProxyType(dict(zip(AREAS, THOUSANDS, strict=True)))
