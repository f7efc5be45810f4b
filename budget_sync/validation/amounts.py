"""The amounts of a file, read cell by cell, become the texts that are stored.

In: the cells of each amount column, the line types, the scale. Out: plain decimal text at most 4 decimals long, '' for
a bad cell with its reason, and notes on scale and decimals. Rule: ``Decimals`` of the semantics.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from budget_sync.domain.amount_text import NumberStyle, ParsedAmounts, parse_amounts
from budget_sync.domain.whole_column import WholeColumn
from budget_sync.mapping.understanding import AmountColumn

_POINT = "."
_AS_STORED = WholeColumn(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?")
_NOUGHT = re.compile(r"^-?0(?:\.0+)?$", re.MULTILINE)
_NO_DIGITS_BUT_0 = "-0."
_PLACES = Decimal("0.0001")
_DECIMALS = 4
_TOO_LARGE = 16  # the schema refuses what has more digits; rounding it would exceed the precision of Decimal


@dataclass(slots=True)
class CellAmounts:
    """The filled amount cells of a part of the file, column after column; every list has one entry a cell.

    ``are_stored``: every cell stands as it is stored, and need not be parsed for that.
    """

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    are_stored: bool = True
    _read: list[tuple[Sequence[str], NumberStyle, str | None]] = field(default_factory=list)
    _parsed: ParsedAmounts | None = None

    def read(self, column: AmountColumn, rows: Sequence[int], cells: Sequence[str], kinds: str | None) -> None:
        """Add one column's cells, which are read in the column's style."""
        self.are_stored = self.are_stored and column.style.decimal == _POINT and _AS_STORED.fits(cells)
        self._read.append((cells, column.style, kinds))
        self.rows.extend(rows)
        self.columns.extend([column.index] * len(rows))
        self.raw.extend(cells)

    def parsed(self) -> ParsedAmounts:
        """What every cell is worth, once all are read."""
        if self._parsed is None:
            self._parsed = self._parse()
        return self._parsed

    def _parse(self) -> ParsedAmounts:
        values: list[Decimal | None] = []
        reasons: dict[int, str] = {}
        for cells, style, kinds in self._read:
            parsed = parse_amounts(cells, style, kinds)
            reasons |= {len(values) + position: reason for position, reason in parsed.reasons.items()}
            values.extend(parsed.values)
        return ParsedAmounts(values, reasons)


def stored_texts(cells: Sequence[str]) -> list[str]:
    """The texts of cells that stand as they are stored, nought in one spelling."""
    if _NOUGHT.search("\n".join(cells)) is None:
        return list(cells)
    return [cell if cell.strip(_NO_DIGITS_BUT_0) else "0" for cell in cells]


def amount_texts(
    values: Sequence[Decimal | None], line_types: Sequence[str], turned: frozenset[str], scale: int
) -> tuple[list[str], int]:
    """The stored text of each value ('' for None), and how many had to be rounded."""
    texts: list[str] = []
    rounded = 0
    for value, line_type in zip(values, line_types, strict=True):
        if not value:
            texts.append("" if value is None else "0")
            continue
        amount = value.copy_negate() if line_type in turned else value
        if scale != 1:
            amount *= scale
        text = str(amount)
        if "E" in text or len(text.partition(".")[2]) > _DECIMALS:
            text, is_other = _rounded(amount)
            rounded += is_other
        texts.append(text)
    return texts, rounded


def _rounded(amount: Decimal) -> tuple[str, bool]:
    """The amount with at most 4 decimals, and whether it is another one then."""
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -_DECIMALS or amount.adjusted() >= _TOO_LARGE:
        return f"{amount:f}", False
    stored = amount.quantize(_PLACES, ROUND_HALF_EVEN)
    return f"{stored:f}" if stored else "0", stored != amount


def amount_notes(rounded: int, scale: int) -> list[str]:
    """What a person should know of decimals and scale."""
    notes = []
    if scale != 1:
        notes.append(f"The file counts in units of {scale:,}; every amount was multiplied by {scale:,}.")
    if rounded:
        amounts = "amount has" if rounded == 1 else "amounts have"
        notes.append(f"{rounded} {amounts} more than 4 decimals; rounded to 4, halves to the even digit.")
    return notes
