"""Numbers, money and dates as a language writes them. Pure; money stays a Decimal to the last digit."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

_MARKS = {"en": (",", "."), "de": (".", ",")}  # of thousands, of decimals
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
    "de": ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
}
_CENTS = Decimal("0.01")
_KILO, _MEGA = 1_000, 1_000_000
_MINUS = "\u2212"
_SPACE = "\u00a0"


def write_number(value: Decimal | int, language: str) -> str:
    """With marks between thousands, and the decimals that it has."""
    thousands, point = _MARKS[language]
    digits = f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,}"
    whole, _, decimals = digits.partition(".")
    written = whole.replace(",", thousands) + (f"{point}{decimals}" if decimals else "")
    return f"{_MINUS}{written}" if value < 0 else written


def write_amount(value: Decimal | int, language: str, currency: str = "") -> str:
    """Money with two decimals, more only where it has more; the currency behind it."""
    amount = Decimal(value)
    rounded = amount.quantize(_CENTS, ROUND_HALF_EVEN)
    written = write_number(rounded if rounded == amount else amount.normalize(), language)
    return f"{written}{_SPACE}{currency}" if currency else written


def write_change(value: Decimal, language: str, currency: str = "") -> str:
    """A difference of money, with its sign."""
    written = write_amount(value, language, currency)
    return f"+{written}" if value > 0 else written


def write_percent(share: Decimal | float, language: str, *, decimals: int = 0) -> str:
    """A share (0.95) as per cent."""
    rounded = Decimal(str(share)).scaleb(2).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return f"{write_number(rounded, language)}{_SPACE}%"


def write_day(day: date, language: str) -> str:
    """``27 Nov 2026``, ``27. Nov. 2026``."""
    dot = "." if language == "de" else ""
    return f"{day.day}{dot}{_SPACE}{_MONTHS[language][day.month - 1]}{_SPACE}{day.year}"


def write_moment(moment: datetime, language: str) -> str:
    """Day and time in UTC, and said so; the page's script shows the browser's own time instead."""
    there = moment.astimezone(UTC)
    return f"{write_day(there, language)}, {there:%H:%M}{_SPACE}UTC"


def write_size(size: int, language: str) -> str:
    """Bytes in the unit that keeps the number short."""
    if size < _KILO:
        return f"{size}{_SPACE}B"
    unit, factor = ("kB", _KILO) if size < _MEGA else ("MB", _MEGA)
    return f"{write_number((Decimal(size) / factor).quantize(Decimal('0.1')), language)}{_SPACE}{unit}"
