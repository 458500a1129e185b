"""The occasion: where in an episode a measure falls."""

from enum import StrEnum


class Occasion(StrEnum):
    START = "start"
    END = "end"
    FOLLOW_UP = "follow_up"
