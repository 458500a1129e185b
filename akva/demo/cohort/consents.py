"""The consent story of a course, from the leaflet to a withdrawal."""

from dataclasses import replace
from datetime import date

import numpy as np

from akva.demo.cohort.calibration import STORIES
from akva.demo.cohort.courses import Consent, Story
from akva.demo.cohort.draws import later, pick
from consent import Evidence

FORM = "KU-suostumus 2025-1"
LACKING = {"signed_on": 1, "signer": 1, "archive_number": 1}  # what an incomplete paper lacks
CHECKED = {Story.GRANTED, Story.WITHDRAWN_BEFORE, Story.WITHDRAWN_AFTER}


def draw(rng: np.random.Generator, number: int, *, started_on: date, ended_on: date) -> Consent:
    """Draw what became of the permission to report; the signer's name is a canary."""
    story = Story(pick(rng, STORIES))
    asked_on = later(rng, started_on, least=0, most=10)
    if story is Story.NEVER_ASKED:
        return Consent(story=story)
    if story is Story.REFUSED:
        return Consent(story=story, asked_on=asked_on)
    signed_on = later(rng, asked_on, least=0, most=7)
    return Consent(
        story=story,
        asked_on=asked_on,
        evidence=paper(rng, number, story=story, signed_on=signed_on),
        verified_on=later(rng, signed_on, least=1, most=10) if story in CHECKED else None,
        withdrawn_on=withdrawn(rng, story, ended_on),
    )


def paper(rng: np.random.Generator, number: int, *, story: Story, signed_on: date) -> Evidence:
    whole = Evidence(
        form_version=FORM,
        signed_on=signed_on,
        signer=f"Kanaria Allekirjoittaja-{number:06d}",
        archive_number=f"KANARIA-ARKISTO-{number:06d}",
    )
    return whole if story is not Story.INCOMPLETE else replace(whole, **{pick(rng, LACKING): None})


def withdrawn(rng: np.random.Generator, story: Story, ended_on: date) -> date | None:
    if story is Story.WITHDRAWN_BEFORE:
        return later(rng, ended_on, least=-5, most=10)
    if story is Story.WITHDRAWN_AFTER:
        return later(rng, ended_on, least=60, most=150)
    return None
