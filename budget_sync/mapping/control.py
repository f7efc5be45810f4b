"""The file's own totals held against the sum of the lines that they cover, to the cent.

In: the rows and the amounts. Out: ``ControlTotal`` for each total row.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from budget_sync.mapping.analysis import ControlTotal
from budget_sync.reading.structure.rows import AmountCells, RowRole, Rows

_HALF_A_CENT = Decimal("0.005")
_NOTHING = Decimal(0)


def sum_of(amounts: Sequence[AmountCells], columns: Collection[int], rows: Iterable[int]) -> Decimal:
    """The exact sum of the rows over the columns."""
    kept = list(rows)
    return sum(
        (sum(filter(None, amount.of(kept)), _NOTHING) for amount in amounts if amount.index in columns), _NOTHING
    )


def control_totals(rows: Rows, amounts: Sequence[AmountCells], columns: Collection[int]) -> list[ControlTotal]:
    """Each total row with what we compute for it from lines that are loaded; None where nothing tells its lines."""
    found = []
    for total in rows.totals:
        if all(amount.values[total.row] is None for amount in amounts if amount.index in columns):
            continue  # a formula whose result is not stored states nothing
        members = [row for row in total.members if rows.roles[row] is RowRole.LINE]
        stated = sum_of(amounts, columns, [total.row])
        computed = sum_of(amounts, columns, members) if members else None
        agrees = None if computed is None else abs(computed - stated) < _HALF_A_CENT
        found.append(ControlTotal(total.row, total.label, stated, computed, agrees))
    return found
