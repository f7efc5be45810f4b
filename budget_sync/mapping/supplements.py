"""Columns that are added to a budget and do not replace it: a supplement, a decision that modifies a few lines.

In: the columns of numbers and their sampled cells. Out: the indexes of those columns. They bear the names of revised
budgets; what tells is that they are nothing or little beside the budget in nearly every row.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.mapping.columns import Column

_LEAST_ROWS = 3
_NEARLY_ALL = 0.8
_LITTLE = 0.5
_MOST_UNCHANGED = 0.05  # an amount of the budget repeated: it was revised, and here to the same


def supplements(columns: Sequence[Column], cells: Mapping[int, Sequence[str]]) -> set[int]:
    """Named as a version of the budget, beside another budget of its time, if it says one."""
    told = [column for column in columns if column.index in cells and "actual" not in column.evidence.tags]
    named = [column for column in told if column.evidence.version is not None]
    values = {column.index: _values(cells[column.index], column) for column in told} if named else {}
    return {
        column.index
        for column in named
        if any(
            _adds(values[column.index], values[other.index])
            for other in told
            if other is not column and column.period in (None, other.period) and _is_budget(other)
        )
    }


def _is_budget(column: Column) -> bool:
    return column.evidence.version is not None or "budget" in column.evidence.tags


def _adds(own: Sequence[float], budget: Sequence[float]) -> bool:
    rows = [row for row, value in enumerate(budget) if value]
    if len(rows) < _LEAST_ROWS or not any(own[row] for row in rows):
        return False
    little = sum(abs(own[row]) <= _LITTLE * abs(budget[row]) for row in rows)
    same = sum(own[row] == budget[row] for row in rows)
    nothing = any(own[row] * budget[row] <= 0 for row in rows)
    return nothing and little >= _NEARLY_ALL * len(rows) and same <= _MOST_UNCHANGED * len(rows)


def _values(cells: Sequence[str], column: Column) -> list[float]:
    return [float(value or 0) for value in parse_amounts(cells, column.profile.style).values]
