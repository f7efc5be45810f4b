"""The amounts of a file, read cell by cell, become the texts that are stored.

In: the cells of each amount column, the line types, the scale. Out: plain decimal text at most 4 decimals long, '' for
a bad cell with its reason, and notes on signs, scale and decimals. Rules: ``Signs`` and ``Decimals`` of the semantics.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.domain.fields import LineType
from budget_sync.mapping.understanding import AmountColumn

_PLACES = Decimal("0.0001")
_EXPONENT = -4
_TOO_LARGE = 16  # the schema refuses what has more digits; rounding it would exceed the precision of Decimal
_TEXTS = {LineType.EXPENSE: "expense", LineType.REVENUE: "revenue"}


@dataclass(slots=True)
class CellAmounts:
    """The filled amount cells of the whole file, column after column; every list has one entry a cell.

    ``values``: None for nil marks and for bad cells; ``reasons``: why a cell is bad, by its position.
    """

    positions: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    values: list[Decimal | None] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)

    def read(
        self, column: AmountColumn, rows: Sequence[int], cells: Sequence[str], kinds: Sequence[str] | None
    ) -> None:
        """Add one column's cells, each read in the column's style."""
        offset = len(self.rows)
        parsed = parse_amounts(cells, column.style, kinds)
        self.rows.extend(rows)
        self.columns.extend([column.index] * len(rows))
        self.raw.extend(cells)
        self.values.extend(parsed.values)
        self.reasons |= {offset + position: reason for position, reason in parsed.reasons.items()}


def turned_round(values: Sequence[Decimal | None], line_types: Sequence[str]) -> tuple[frozenset[str], list[str]]:
    """The line types whose amounts are all negative, and a note on each: their sign is a habit of the file."""
    turned: set[str] = set()
    notes: list[str] = []
    for kind, name in _TEXTS.items():
        signs = [value < 0 for value, own in zip(values, line_types, strict=True) if value and own == kind.value]
        if len(signs) > 1 and all(signs):
            turned.add(kind.value)
            notes.append(f"All {len(signs)} {name} amounts are negative in the file; they were loaded as positive.")
    return frozenset(turned), notes


def amount_texts(
    values: Sequence[Decimal | None], line_types: Sequence[str], turned: frozenset[str], scale: int
) -> tuple[list[str], list[str]]:
    """The stored text of each value ('' for None), and a note where decimals were rounded or a scale applied."""
    texts: list[str] = []
    rounded = 0
    for value, line_type in zip(values, line_types, strict=True):
        if value is None:
            texts.append("")
            continue
        amount = value.copy_negate() if line_type in turned else value
        if scale != 1:
            amount *= scale
        exponent = amount.as_tuple().exponent
        if isinstance(exponent, int) and exponent < _EXPONENT and amount.adjusted() < _TOO_LARGE:
            amount, exact = amount.quantize(_PLACES, ROUND_HALF_EVEN), amount
            rounded += amount != exact
        texts.append(f"{amount:f}" if amount else "0")
    return texts, _notes(rounded, scale)


def _notes(rounded: int, scale: int) -> list[str]:
    notes = []
    if scale != 1:
        notes.append(f"The file counts in units of {scale:,}; every amount was multiplied by {scale:,}.")
    if rounded:
        amounts = "amount has" if rounded == 1 else "amounts have"
        notes.append(f"{rounded} {amounts} more than 4 decimals; rounded to 4, halves to the even digit.")
    return notes
