"""Numbers as they are written: decimal comma, true minus, no-break spaces, ranges with a dash."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal, format_percent

MINUS = "\N{MINUS SIGN}"

# A dash beside a minus cannot be read. Finnish then writes three dots, the others a word.
RANGE = "\N{EN DASH}"
RANGE_BESIDE_MINUS = {
    "fi": "\N{HORIZONTAL ELLIPSIS}",
    "sv": "\N{NO-BREAK SPACE}till\N{NO-BREAK SPACE}",
    "en": "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}",
}


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Half up, as readers expect; never a negative zero. Raises ValueError for NaN and infinity."""
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("only a finite number can be written")
    result = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def number(language: str, value: float | Decimal, *, decimals: int = 0) -> str:
    """Write 12,4 or 1 620 in Finnish, below zero with a true minus."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded(value, decimals), pattern, language).replace("-", MINUS)


def signed(language: str, value: float, *, decimals: int = 0) -> str:
    """Write a change with its sign, +2,1; a change of nothing has none."""
    text = number(language, value, decimals=decimals)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def span(language: str, *, lower: float, upper: float, decimals: int = 0) -> str:
    """Write both ends with a dash between, or what stands for it beside a minus."""
    low, high = (number(language, value, decimals=decimals) for value in (lower, upper))
    dash = RANGE_BESIDE_MINUS[language] if MINUS in low + high else RANGE
    return f"{low}{dash}{high}"


def percent(language: str, share: float, *, decimals: int = 0) -> str:
    """Write a share of 1 as 57 % with a no-break space, in English as 57%."""
    sign = format_percent(0, locale=language).removeprefix("0")
    return number(language, hundredfold(share), decimals=decimals) + sign


def percent_span(language: str, *, lower: float, upper: float, decimals: int = 0) -> str:
    """Write an interval of shares with one sign for both ends."""
    low = number(language, hundredfold(lower), decimals=decimals)
    return low + RANGE + percent(language, upper, decimals=decimals)


def hundredfold(share: float) -> Decimal:
    # In decimals: 100 times 0.575 would be 57.49999999999999.
    return Decimal(str(share)) * 100
