"""Text, money and moments as every command shows them, without drawing anything.

Text that came from a file passes ``printable`` first: a cell may hold escape sequences that would steer a terminal.
"""

import unicodedata
from datetime import UTC, datetime
from decimal import Decimal


def printable(text: str) -> str:
    """The text on one line, every control and direction-changing character shown as ``�``, line ends as a space."""
    one_line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in one_line)


def money(amount: Decimal) -> str:
    """With thousands separated and at least two decimals, as finance people read it: ``1,234,567.50``."""
    exponent = amount.normalize().as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{amount:,.{decimals}f}"


def moment(when: datetime) -> str:
    """To the minute, in UTC and saying so: ``2026-03-01 14:05 UTC``."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
