"""Days as they are written: 14.3.2026 in Finnish and Swedish, 14 March 2026 in English."""

from datetime import date

from babel.dates import format_date

# Swedish "short" would print 2026-03-04, which nobody writes in Finland; 4.3.2026 in English text
# would be read as the third of April.
PATTERNS = {"fi": "d.M.yyyy", "sv": "d.M.yyyy", "en": "d MMMM yyyy"}


def day(language: str, value: date) -> str:
    """Write a day in the language's own form."""
    return format_date(value, PATTERNS[language], locale=language)
