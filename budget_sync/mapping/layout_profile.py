"""What the values of a mapped file look like, in few figures: small enough to remember, enough to tell a drift by.

In: an ``Understanding``. Out: ``LayoutProfile``. Only budget lines count, and of many an even sample.
"""

from collections.abc import Sequence
from decimal import Decimal

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.domain.fields import TargetField
from budget_sync.mapping.drift import ColumnLook, Kind, LayoutProfile
from budget_sync.mapping.understanding import AmountColumn, Understanding
from budget_sync.mapping.values import profile_column
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import is_period, row_marks

_SAMPLE = 1500
_MOSTLY = 0.5
_SURELY = 0.8
_HARDLY_FILLED = 0.05
_QUARTER_DIGITS = Decimal("0.0001")


def profile_layout(understanding: Understanding, default_currency: str | None) -> LayoutProfile:
    """The profile of the file as it is mapped; ``default_currency`` counts where the file names none."""
    drawn = understanding.grid.sample(_sample(understanding.texts.rows))
    amounts = [
        value * understanding.analysis.amount_scale
        for column in understanding.amounts
        for value in _values(drawn, column)
        if value
    ]
    return LayoutProfile(
        columns=_looks(understanding, drawn),
        currencies=_currencies(understanding, default_currency),
        amounts=len(amounts),
        quartiles=_quartiles([abs(amount) for amount in amounts]),
        negatives=round(sum(amount < 0 for amount in amounts) / len(amounts), 3) if amounts else 0.0,
        decimals={
            str(column.index): column.style.decimal
            for column in understanding.amounts
            if understanding.grid.kinds is None
        },
    )


def _sample(rows: Sequence[int]) -> list[int]:
    return list(rows[:: max(1, -(-len(rows) // _SAMPLE))])


def _values(grid: Grid, column: AmountColumn) -> list[Decimal | None]:
    kinds = grid.kinds_of(range(len(grid.rows)), column.index)
    return parse_amounts(grid.column(column.index), column.style, kinds).values


def _quartiles(amounts: list[Decimal]) -> list[Decimal]:
    """Lower quartile, median and upper quartile; empty for no amounts."""
    if not amounts:
        return []
    ordered = sorted(amounts)
    places = [len(ordered) // 4, len(ordered) // 2, (3 * len(ordered)) // 4]
    return [ordered[place].quantize(_QUARTER_DIGITS) for place in places]


def _currencies(understanding: Understanding, default: str | None) -> list[str]:
    silent = understanding.currency.value if understanding.currency else default
    named = {text or silent for text in understanding.texts.currency}
    return sorted(currency for currency in named if currency)


def _looks(understanding: Understanding, drawn: Grid) -> list[ColumnLook]:
    width = len(understanding.analysis.headers)
    marks = [row_marks(drawn, row, width) for row in range(len(drawn.rows))]
    return [
        ColumnLook(mapping.column_index, mapping.target_field, _kind(drawn, marks, mapping.column_index))
        for mapping in understanding.analysis.mappings
        if mapping.target_field is not None and mapping.target_field is not TargetField.BUDGETED_AMOUNT
    ]


def _kind(drawn: Grid, marks: Sequence[str], index: int) -> Kind:
    cells = drawn.column(index)
    profile = profile_column(index, cells, "".join(row[index] for row in marks))
    if profile.fill < _HARDLY_FILLED:
        return Kind.EMPTY
    filled = [cell for cell in cells if cell.strip()]
    if sum(map(is_period, filled)) >= _SURELY * len(filled):
        return Kind.PERIODS
    if profile.dates > _MOSTLY:
        return Kind.DATES
    return Kind.CODES if profile.numbers + profile.code_like > _MOSTLY else Kind.NAMES
