"""Published figures to hold the simulated ones against, each with its source."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """`code` names its words; `kind` says what of the release stands beside it, for all services.

    A band is the share of a class among the pairs; a figure is a statistic that is a share.
    """

    code: str
    source: str
    kind: Literal["band", "figure"]
    table: str
    name: str  # of the class, or of the statistic


PUBLISHED = (
    Anchor(
        code="minimal-at-start",
        source="tutkimusblogi.kela.fi, 7.10.2019",
        kind="band",
        table="bdi-21/start-band",
        name="minimal",
    ),
    Anchor(
        code="minimal-at-end",
        source="tutkimusblogi.kela.fi, 7.10.2019",
        kind="band",
        table="bdi-21/end-band",
        name="minimal",
    ),
    Anchor(
        code="goals-reached",
        source="kela.fi, Kuntoutusta kehittämässä 15/2020",
        kind="figure",
        table="gas/t",
        name="share_at_least_expected",
    ),
)
