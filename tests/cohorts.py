"""A small register of several services, by chance and by seed: pairs, losses, goals and doubles."""

from collections.abc import Iterator
from random import Random

from akva.model.assessments import Mode, NotScored
from akva.model.coverage import Coverage
from akva.model.episodes import Occasion
from tests.register import ENDED, STARTED, Row, covered

SIZES = {"akse": 60, "kiila": 55, "teak": 50, "nuotti": 14, "taito": 4}
WHOQOL = "whoqol-bref"


def cohort(seed: int, sizes: dict[str, int] | None = None) -> tuple[list[Row], list[Coverage]]:
    """Give the rows and, beside them, what else ended without a report or without consent."""
    chance, rows, episode = Random(seed), list[Row](), 0  # noqa: S311 - a cohort is no secret
    for service, size in (sizes or SIZES).items():
        for _ in range(size):
            episode += 1
            double = chance.random() < 0.04
            subject = chance.randrange(1, episode + 1) if double else episode
            rows += course(chance, Row(episode=episode, subject=subject, service=service))
    others = {"not_asked": 12, "refused": 15, "withdrawn": 3, "unwritten": 1}
    return rows, covered(rows, **others)


def course(chance: Random, like: Row) -> Iterator[Row]:
    for occasion in (Occasion.START, Occasion.END):
        for row in measured(chance, like, occasion):
            if chance.random() > 0.08:
                yield row


def measured(chance: Random, like: Row, occasion: Occasion) -> Iterator[Row]:
    low = 5.0 if occasion == Occasion.END else 8.0
    for instrument, scale, value in (
        ("bdi-21", "total", min(63, int(chance.expovariate(1 / low)))),
        (WHOQOL, "physical", chance.randrange(20, 90)),
        ("akv-1", "current", chance.randrange(11)),
    ):
        yield Row(
            episode=like.episode,
            subject=like.subject,
            service=like.service,
            instrument=instrument,
            scale=scale,
            occasion=occasion,
            on=STARTED if chance.random() < 0.04 else None,
            value=None if chance.random() < 0.05 else float(value),
            mode=Mode.PROXY if chance.random() < 0.04 else Mode.SELF,
            not_scored=NotScored.DECLINED if chance.random() < 0.04 else None,
        )
    levels = tuple(chance.choice((-1, 0, 0, 1)) for _ in range(chance.randrange(1, 4)))
    yield Row(
        episode=like.episode,
        subject=like.subject,
        service=like.service,
        instrument="gas",
        occasion=occasion,
        on=ENDED,
        levels=levels,
    )
