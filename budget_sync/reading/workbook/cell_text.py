"""Values of workbook cells become exact text and a letter for their kind (see ``Grid.kinds``)."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from budget_sync.reading.cell_limit import held_text

_SHOWN_DIGITS = 15  # a spreadsheet keeps and shows 15 significant digits; what lies beyond is dust of binary fractions
_KEPT_NUMBERS, _KEPT_ROWS = 50_000, 1_000
_LONGEST_EXACT = 16  # characters of a number that can have at most 15 digits and a point


def plain_number(value: float) -> str:
    """The shortest plain decimal that is this number: no exponent, no ``.0``, no dust of binary fractions."""
    text = repr(value)
    if text.endswith(".0"):
        return "0" if text == "-0.0" else text[:-2]
    if len(text) <= _LONGEST_EXACT and "e" not in text and "n" not in text:
        return text
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is not itself
        return ""
    if value == int(value):
        return str(int(value))
    plain = format(Decimal(format(value, f".{_SHOWN_DIGITS}g")), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _moment(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")


def _duration(value: dt.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    float: plain_number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.datetime: _moment,
    dt.date: dt.date.isoformat,
    dt.time: lambda value: value.isoformat("seconds"),
    dt.timedelta: _duration,
}
_KIND: dict[type, str] = {
    str: "t",
    float: "n",
    int: "n",
    bool: "b",
    dt.datetime: "d",
    dt.date: "d",
    dt.time: "d",
    dt.timedelta: "d",
}


class _NumberTexts(dict[float, str]):
    """Numbers come again, in most files most of them; the texts of so many are kept."""

    def __missing__(self, value: float) -> str:
        if len(self) >= _KEPT_NUMBERS:
            self.clear()
        self[value] = text = plain_number(value)
        return text


class _RowKinds(dict[tuple[type, ...], str]):
    """The kinds of a row by the types of its values; a table has few of them."""

    def __missing__(self, types: tuple[type, ...]) -> str:
        if len(self) >= _KEPT_ROWS:
            self.clear()
        self[types] = kinds = "".join([_KIND[own] for own in types])
        return kinds


_number_texts = _NumberTexts()
_row_kinds = _RowKinds()


def row_texts(values: Sequence[Any], longest: int) -> tuple[list[str], str]:
    """The texts and the kinds of one row, empty cells behind the last filled one left out.

    A text of more than ``longest`` characters is cut.
    """
    types = tuple(map(type, values))
    texts = [
        value if own is str else _number_texts[value] if own is float else _TEXT[own](value)
        for value, own in zip(values, types, strict=True)
    ]
    together = "".join(texts)
    if len(together) > longest or "\0" in together:
        texts = [held_text(text, longest) for text in texts]
    filled = len(texts)
    while filled and not texts[filled - 1]:
        filled -= 1
    if filled < len(texts):
        del texts[filled:]
    kinds = _row_kinds[types][:filled]
    if "" in texts:
        kinds = "".join([kind if text else " " for kind, text in zip(kinds, texts, strict=True)])
    return texts, kinds
