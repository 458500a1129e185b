"""The funnel chart: losses end to end where all are known, and no place taken from a hidden one."""

import re

from akva.charts import FunnelChart, FunnelStep, funnel_chart


def funnel(*steps: FunnelStep) -> str:
    chart = FunnelChart(id="f1", language="fi", title="Kattavuus", subtitle="Jaksot", steps=steps)
    return funnel_chart(chart)


def bars(markup: str, kind: str) -> list[tuple[float, float]]:
    pattern = rf'class="bar-{kind}" x="([0-9.]+)%" y="\d+" width="([0-9.]+)%"'
    return [(float(x), float(width)) for x, width in re.findall(pattern, markup)]


def test_the_losses_of_a_funnel_lie_end_to_end_from_the_right() -> None:
    markup = funnel(
        FunnelStep(name="Jaksot", kind="whole", n=100),
        FunnelStep(name="Ei kysytty", kind="loss", n=20),
        FunnelStep(name="Kielto", kind="loss", n=10),
        FunnelStep(name="Suostumus", kind="kept", n=70),
    )

    assert [(80.0, 20.0), (70.0, 10.0)] == bars(markup, "loss")
    assert [(0.0, 70.0)] == bars(markup, "kept")


def test_a_funnel_with_a_hidden_loss_does_not_place_the_others_by_it() -> None:
    markup = funnel(
        FunnelStep(name="Jaksot", kind="whole", n=100),
        FunnelStep(name="Ei kysytty", kind="loss", status="suppressed"),
        FunnelStep(name="Kielto", kind="loss", n=10),
        FunnelStep(name="Suostumus", kind="kept", n=70),
    )

    assert [(0.0, 10.0)] == bars(markup, "loss")


def test_a_funnel_whose_whole_is_hidden_tells_no_share() -> None:
    markup = funnel(
        FunnelStep(name="Jaksot", kind="whole", status="suppressed"),
        FunnelStep(name="Suostumus", kind="kept", n=70),
    )

    assert "%" not in markup.partition("<desc")[2].partition("</desc>")[0]
