"""Amounts as people write them: the cells of one column become one number style and exact decimals.

In: text cells. Out: ``NumberStyle`` (which sign is the decimal one, decided once by all cells of a column) and
``Decimal``. Only the digits 0 to 9 count; a percentage is no amount; a nil mark (``-``, ``n/a``, ``..``) is None.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from budget_sync.domain.vocabulary import amount_marks, currencies

_MINUS = "-\u2212\u2013\uff0d\u25b3\u25b2"  # hyphen, minus, en dash (Word puts it), full-width, the triangles of Japan
_SPACES = " \u00a0\u2009\u202f\u2007\u2005"
_APOSTROPHES = "'\u2019\u02bc`\u00b4"
_ONE_SPELLING = str.maketrans(dict.fromkeys(_SPACES + "\t", " ") | dict.fromkeys(_APOSTROPHES, "'"))

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PLAINLY_DECIMAL = re.compile(r"-?(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]{3})")  # told without the long pattern
_NIL = re.compile(rf"[{_MINUS}\u2014\u2015_]+|\.+|\u2026+|x{{3,}}|[{_MINUS}]\.[{_MINUS}]", re.IGNORECASE)
_WELL_GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]*"),
    ",": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]*"),
}
_NO_GROUPS = str.maketrans("", "", ",.' ")
_SETTLED_BY = 5  # so many cells like 1,234 and no other: nobody writes three decimals everywhere
_ERROR_CELLS = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


class NotAnAmountError(ValueError):
    """The cell is no amount in the style of its column; the message is the reason, for the reader of the file."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How one column writes numbers.

    ``decimal``: ``.`` or ``,``. ``group``: what stands between thousands, '' where nothing does.
    ``ambiguous``: nothing but a few cells such as ``1,234`` spoke, so that thousands are a guess.
    """

    decimal: str = "."
    group: str = ""
    ambiguous: bool = False


PLAIN_STYLE = NumberStyle()


@dataclass(frozen=True, slots=True)
class ParsedAmounts:
    """``values`` in the order of the cells, None for nil and for bad ones; ``reasons`` of the bad ones by position."""

    values: list[Decimal | None]
    reasons: dict[int, str]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _money_mark() -> str:
    money = currencies()
    return _any_of({*money.symbols, *money.shared, *money.active_codes})


@cache
def _amount_pattern() -> re.Pattern[str]:
    """Sign, money mark, digits, size, money mark, sign, as one pattern over text of one spelling."""
    mark = rf"(?=[^{_MINUS}0-9 (+])(?:{_money_mark()})"  # the look-ahead spares 200 alternatives a digit
    sizes = _any_of(amount_marks().suffixes)
    return re.compile(
        rf" *(?P<open>\()? *(?P<sign>[{_MINUS}+])? *(?:{mark})? *(?P<inner>[{_MINUS}+])?(?P<late>\()? *"
        rf"(?P<number>[0-9](?:[0-9.,' ]*[0-9])?[.,]?|[.,][0-9]+)(?:(?<=[.,])[{_MINUS}\u2014]+|/-)?"
        rf"(?P<power>[eE][-+]?[0-9]{{1,2}})? *(?P<size>(?=[^0-9 )])(?:{sizes}))? *(?:{mark})?"
        rf" *(?P<trail>[{_MINUS}+])? *(?P<close>\))? *(?:{mark})? *\*{{0,3}} *"
    )


@cache
def _money_marks() -> re.Pattern[str]:
    """Every currency mark at either end of a nil cell such as ``$ -``."""
    mark = _money_mark()
    return re.compile(rf"(?:{mark}) *(?P<after>[{_MINUS}\u2014]+)|(?P<before>[{_MINUS}\u2014]+) *(?:{mark})|(?:{mark})")


def is_nil(text: str) -> bool:
    """Whether the cell says "no amount": empty, ``-``, ``....``, ``n/a``, ``$ -``."""
    stripped = text.translate(_ONE_SPELLING).strip()
    if not stripped or _NIL.fullmatch(stripped) is not None:
        return True
    return stripped.casefold() in amount_marks().nil_marks or _money_marks().fullmatch(stripped) is not None


def is_amount_like(text: str) -> bool:
    """Whether the cell is an amount in some style. A nil mark, a percentage, a date is none."""
    if _PLAIN.fullmatch(text):
        return True
    match = _amount_pattern().fullmatch(text.translate(_ONE_SPELLING))
    if match is None or not _is_balanced(match):
        return False
    return any(_digits(match["number"], decimal) is not None for decimal in ".,")


def detect_style(cells: Iterable[str], hint: NumberStyle | None = None) -> NumberStyle:
    """The style that most cells of one column agree on.

    ``hint``, the style of the columns beside it, decides where the cells themselves leave it open.
    A workbook's numeric cells are always plain and should not be given: only its text cells have a style.
    """
    votes = {".": 0, ",": 0}
    open_cells = {".": 0, ",": 0}  # by the one separator that they show
    group, ungrouped, pattern = "", 0, _amount_pattern()
    for cell in cells:
        if cell.isdigit():
            ungrouped += len(cell) > len("999")
            continue
        if _PLAINLY_DECIMAL.fullmatch(cell):
            votes["."] += 1
            continue
        match = pattern.fullmatch(cell.translate(_ONE_SPELLING))
        if match is None or match["power"]:
            continue
        number = match["number"]
        decimal, cell_group = _style_of(number)
        if decimal and _digits(number, decimal) is None:
            continue  # a date such as 12.03.2025, a version number
        group = cell_group or group
        if decimal:
            votes[decimal] += 1
        elif "," in number or "." in number:
            open_cells["," if "," in number else "."] += 1
    return _decide(votes, open_cells, group, ungrouped, hint)


def _style_of(number: str) -> tuple[str, str]:
    """(decimal sign, grouping sign) that one number shows, each '' where it does not tell."""
    commas, points = number.count(","), number.count(".")
    other = "'" if "'" in number else " " if " " in number else ""
    if commas and points:
        decimal = "," if number.rfind(",") > number.rfind(".") else "."
        return decimal, "." if decimal == "," else ","
    if not commas and not points:
        return "", other
    separator, rival = (",", ".") if commas else (".", ",")
    if max(commas, points) > 1:
        return rival, separator
    before, _, after = number.partition(separator)
    if other or len(after) != len("000") or len(before) > len("000") or before in ("", "0") or before.startswith("0"):
        return separator, other
    return "", ""


def _decide(
    votes: dict[str, int], open_cells: dict[str, int], group: str, ungrouped: int, hint: NumberStyle | None
) -> NumberStyle:
    if any(votes.values()):
        decimal = "," if votes[","] > votes["."] else "."
        return NumberStyle(decimal, _group_beside(decimal, group, open_cells))
    if not any(open_cells.values()):
        return NumberStyle(hint.decimal if hint else ".", group)
    separator = "," if open_cells[","] >= open_cells["."] else "."
    rival = "." if separator == "," else ","
    if ungrouped:  # whoever writes 12345 beside 1.234 does not group: the separator is the decimal sign
        return NumberStyle(separator)
    if hint is not None and not hint.ambiguous:
        return NumberStyle(hint.decimal, separator if hint.decimal == rival else "")
    return NumberStyle(rival, separator, ambiguous=open_cells[separator] < _SETTLED_BY)


def _group_beside(decimal: str, group: str, open_cells: dict[str, int]) -> str:
    if group and group != decimal:
        return group
    rival = "." if decimal == "," else ","
    return rival if open_cells[rival] else ""


def _digits(number: str, decimal: str) -> str | None:
    """The number with a point and without groups; None where it does not fit the style."""
    whole, sign, fraction = number.rpartition(decimal)
    if not sign:
        whole, fraction = number, ""
    if (fraction and not fraction.isdigit()) or _WELL_GROUPED[decimal].fullmatch(whole) is None:
        return None
    digits = whole.translate(_NO_GROUPS)
    return f"{digits or '0'}.{fraction}" if fraction else digits or None


def parse_amount(text: str, style: NumberStyle = PLAIN_STYLE) -> Decimal | None:
    """The cell as an exact number; None for an empty cell or a nil mark.

    Raises:
        NotAnAmountError: the cell is something else; the message says what.
    """
    if style.decimal == "." and _PLAIN.fullmatch(text):
        return Decimal(text)
    match = _amount_pattern().fullmatch(text.translate(_ONE_SPELLING))
    if match is None or not _is_balanced(match):
        if is_nil(text):
            return None
        raise NotAnAmountError(_reason(text.strip()))
    digits = _digits(match["number"], style.decimal)
    if digits is None:
        raise NotAnAmountError(
            f"is not written like the other amounts of its column (decimal sign {style.decimal!r}); "
            "write it like them, or without separators"
        )
    amount = Decimal(digits + (match["power"] or ""))
    if match["size"]:
        amount *= amount_marks().suffixes[match["size"]]
    return -amount if _is_negative(match) else amount


def _is_balanced(match: re.Match[str]) -> bool:
    return bool(match["open"] or match["late"]) == bool(match["close"])


def _is_negative(match: re.Match[str]) -> bool:
    return bool(match["close"]) or any(match[place] and match[place] in _MINUS for place in ("sign", "inner", "trail"))


def _reason(text: str) -> str:
    if text.upper() in _ERROR_CELLS:
        return "is a spreadsheet error, not a value; repair the formula in the file"
    if text.endswith("%"):
        return "is a percentage, not an amount"
    if any(character.isdigit() and not character.isascii() for character in text):
        return "has digits other than 0 to 9; write the amount with 0 to 9"
    return "is no amount; write a number, or leave the cell empty"


def parse_amounts(cells: Sequence[str], style: NumberStyle, kinds: Sequence[str] | None = None) -> ParsedAmounts:
    """A whole column at once. ``kinds``: of a workbook, ``n`` for the cells that are plain numbers anyway."""
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
