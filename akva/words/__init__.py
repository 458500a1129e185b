"""What people read: sentences by language and code, and the wording of numbers and days."""

from akva.words.dates import day
from akva.words.numbers import number, percent, percent_span, signed, span
from akva.words.sentences import LANGUAGES, MissingWords, Value, say, sentences

__all__ = [
    "LANGUAGES",
    "MissingWords",
    "Value",
    "day",
    "number",
    "percent",
    "percent_span",
    "say",
    "sentences",
    "signed",
    "span",
]
