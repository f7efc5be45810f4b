"""The same money once more: by department, and below it by project, under the same header of amounts.

In: a grid, the headers of two tables under one another. Out: whether the lower one divides the sum of the upper anew.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.amount_text import detect_style, parse_amounts
from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.arithmetic import CENT

_DIVIDED_BY = (TargetField.DEPARTMENT, TargetField.SUB_CATEGORY, TargetField.FISCAL_PERIOD)


def is_second_view(
    grid: Grid, names: Mapping[int, str], body: int, other_names: Mapping[int, str], other_body: int
) -> bool:
    """``names``: by column, folded; ``body``: the first row below the header. Their first columns divide differently.

    A column of amounts that both have adds up to the same, of other amounts.
    """
    first, other_first = min(names), min(other_names)
    if names[first] == other_names[other_first] or not (divides(names[first]) and divides(other_names[other_first])):
        return False
    shared = [column for column, name in other_names.items() if column != other_first and names.get(column) == name]
    pairs = [(_amounts(grid, body, column), _amounts(grid, other_body, column)) for column in shared]
    return any(sum(own) and abs(sum(own) - sum(other)) <= CENT and own != other for own, other in pairs)


def divides(name: str) -> bool:
    """``Department``, ``Project``, ``Quarter``, folded: the first column is of one kind, and not the table's name."""
    return any(vocabulary().fields[field].positive.is_whole(name) for field in _DIVIDED_BY)


def _amounts(grid: Grid, body: int, column: int) -> Sequence[float]:
    """The amounts of a column down to the next blank row, the smallest first."""
    end = next((row for row in range(body, len(grid.rows)) if not any(map(str.strip, grid.rows[row]))), len(grid.rows))
    cells = grid.column(column, body, end)
    return sorted(float(value) for value in parse_amounts(cells, detect_style(cells)).values if value)
