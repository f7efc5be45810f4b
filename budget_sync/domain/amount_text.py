"""Amounts as people write them: the cells of one column become exact decimals.

In: text cells and their ``NumberStyle``. Out: ``Decimal``. Only the digits 0 to 9 count; a percentage is no amount; a
nil mark (``-``, ``n/a``, ``..``) is None.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_sync.domain.amount_pattern import (
    ALL_PLAIN,
    GROUPED,
    MINUS,
    ONE_SPELLING,
    PLAIN,
    UNGROUPED,
    match_amount,
    money_marks,
    plain_digits,
)
from budget_sync.domain.number_style import PLAIN_STYLE, NumberStyle, detect_style
from budget_sync.domain.vocabulary import amount_marks

__all__ = [
    "PLAIN_STYLE",
    "NotAnAmountError",
    "NumberStyle",
    "ParsedAmounts",
    "detect_style",
    "is_amount_like",
    "is_nil",
    "parse_amount",
    "parse_amounts",
]

_NIL = re.compile(rf"[{MINUS}\u2014\u2015_]+|\.+|\u2026+|x{{3,}}|[{MINUS}]\.[{MINUS}]", re.IGNORECASE)
_ERROR_CELLS = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


class NotAnAmountError(ValueError):
    """The cell is no amount in the style of its column; the message is the reason, for the reader of the file."""


@dataclass(frozen=True, slots=True)
class ParsedAmounts:
    """``values`` in the order of the cells, None for nil and for bad ones; ``reasons`` of the bad ones by position."""

    values: list[Decimal | None]
    reasons: dict[int, str]


def is_nil(text: str) -> bool:
    """Whether the cell says "no amount": empty, ``-``, ``....``, ``n/a``, ``$ -``."""
    stripped = text.translate(ONE_SPELLING).strip()
    if not stripped or _NIL.fullmatch(stripped) is not None:
        return True
    return stripped.casefold() in amount_marks().nil_marks or money_marks().fullmatch(stripped) is not None


def is_amount_like(text: str) -> bool:
    """Whether the cell is an amount in some style. A nil mark, a percentage, a date is none."""
    if PLAIN.fullmatch(text):
        return True
    match = match_amount(text)
    if match is None or not _is_balanced(match):
        return False
    return any(plain_digits(match["number"], decimal) is not None for decimal in ".,")


def parse_amount(text: str, style: NumberStyle = PLAIN_STYLE) -> Decimal | None:
    """The cell as an exact number; None for an empty cell or a nil mark.

    Raises:
        NotAnAmountError: the cell is something else; the message says what.
    """
    if style.decimal == "." and PLAIN.fullmatch(text):
        return Decimal(text)
    if GROUPED[style.decimal].fullmatch(text):
        return Decimal(text.translate(UNGROUPED[style.decimal]))
    match = match_amount(text)
    if match is None or not _is_balanced(match):
        if is_nil(text):
            return None
        raise NotAnAmountError(_reason(text.strip()))
    digits = plain_digits(match["number"], style.decimal)
    if digits is None:
        raise NotAnAmountError(
            f"is not written like the other amounts of its column (decimal sign {style.decimal!r}); "
            "write it like them, or without separators"
        )
    amount = Decimal(digits + (match["power"] or ""))
    if match["size"]:
        amount *= amount_marks().suffixes[match["size"]]
    return amount.copy_negate() if _is_negative(match) else amount


def _is_balanced(match: re.Match[str]) -> bool:
    return bool(match["open"] or match["late"]) == bool(match["close"])


def _is_negative(match: re.Match[str]) -> bool:
    return bool(match["close"]) or any(match[place] and match[place] in MINUS for place in ("sign", "inner", "trail"))


def _reason(text: str) -> str:
    if text.upper() in _ERROR_CELLS:
        return "is a spreadsheet error, not a value; repair the formula in the file"
    if text.endswith("%"):
        return "is a percentage, not an amount"
    if any(character.isdigit() and not character.isascii() for character in text):
        return "has digits other than 0 to 9; write the amount with 0 to 9"
    return "is no amount; write a number, or leave the cell empty"


def parse_amounts(cells: Sequence[str], style: NumberStyle, kinds: str | None = None) -> ParsedAmounts:
    """A whole column at once. ``kinds``: of a workbook, ``n`` for the cells that are plain numbers anyway."""
    are_numbers = kinds is not None and kinds.count("n") == len(kinds)
    if are_numbers or (style.decimal == "." and ALL_PLAIN.fits(cells)):
        return ParsedAmounts(list(map(Decimal, cells)), {})
    values: list[Decimal | None] = []
    reasons: dict[int, str] = {}
    known: dict[str, Decimal | None] = {}
    for position, cell in enumerate(cells):
        if cell in known and kinds is None:
            values.append(known[cell])
            continue
        amount = None
        try:
            amount = parse_amount(cell, PLAIN_STYLE if kinds is not None and kinds[position] == "n" else style)
        except NotAnAmountError as error:
            reasons[position] = str(error)
        else:
            known[cell] = amount
        values.append(amount)
    return ParsedAmounts(values, reasons)
