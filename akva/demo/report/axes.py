"""The axis of a scale, from the instrument's own definition: its range and which way is better."""

import instruments
from akva.charts import Axis
from akva.demo.report.body import Table

SHARES = Axis(low=0, high=1, better="higher", unit="share")


def axis(table: Table) -> Axis:
    """Give the whole range of the scale that a table `instrument/scale` is about."""
    _, _, scale_id = table.id.partition("/")
    scales = instruments.load(table.instrument).contents.scales
    scale = next(scale for scale in scales if scale.id == scale_id)
    low, high = scale.range
    return Axis(low=low, high=high, better=scale.polarity)
