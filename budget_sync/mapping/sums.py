"""Columns that are the sum of the columns beside them, row by row: row totals, whatever they are called.

In: the columns of numbers and their sampled cells. Out: each sum column with the columns that it sums.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.mapping.columns import Column
from budget_sync.reading.structure.arithmetic import CENT

_MOST_RIGHT = 0.9
_LEAST_ROWS = 3
_LEAST_PARTS = 2
_LONGEST_RUN = 120  # ten years of months; without a bound a table of thousands of columns takes minutes
_PARTS_OF_YEAR = (12, 4)
_TRIFLE = 1e-6
_NEAR_BY = 6
_ROUNDED = 0.51
_MOSTLY_SAME = 0.8  # its totals may be missing


def row_totals(columns: Sequence[Column], cells: Mapping[int, Sequence[str]]) -> dict[int, tuple[int, ...]]:
    """Index of each sum column to the indexes that it sums: a run of at least two beside it, left or right."""
    numeric = [column for column in columns if column.index in cells]
    values = {column.index: _values(cells[column.index], column) for column in numeric}
    named = {column.index: column for column in numeric}
    order = list(named)
    found: dict[int, tuple[int, ...]] = {}
    for place, index in enumerate(order):
        left = [other for other in order[:place][::-1] if other not in found]
        right = order[place + 1 :]
        parts = _run(values, index, left) or _run(values, index, right)
        if parts and not _is_next_period(named[index], [named[part] for part in parts]):
            found[index] = parts
    return found


def _is_next_period(column: Column, parts: Sequence[Column]) -> bool:
    """March beside January and February is no total, though its figures be their sum."""
    times = [one.period for one in (column, *parts)]
    if "total" in column.evidence.tags or any(time is None for time in times):
        return False
    return len({time.kind for time in times if time}) == 1 and len(set(times)) == len(times)


def _run(values: Mapping[int, Sequence[float]], index: int, others: Sequence[int]) -> tuple[int, ...]:
    """The shortest run of neighbours that adds up to the column in nearly every row."""
    own = values[index]
    told = [row for row, value in enumerate(own) if value]
    if len(told) < _LEAST_ROWS:
        return ()
    sums = [0.0] * len(own)
    filled = [0] * len(own)
    parts = 0
    for length, other in enumerate(others[:_LONGEST_RUN], 1):
        addends = values[other]
        for row in told:
            if addends[row]:
                sums[row] += addends[row]
                filled[row] += 1
        parts += any(addends[row] for row in told)
        if parts < _LEAST_PARTS:
            continue
        agree = (abs(sums[row] - own[row]) <= max(CENT, abs(own[row]) * 1e-9) for row in told)
        if _nearly_all(agree, len(told)) and any(filled[row] > 1 for row in told):
            return tuple(others[:length])
    return ()


def copies_of(cells: Mapping[int, Sequence[str]], figures: Sequence[Column]) -> set[int]:
    """Columns that repeat a column of other figures (what was spent) but for a trifle: they are no budgets either."""
    known = {column.index: _values(cells[column.index], column) for column in figures if column.index in cells}
    plain = {index: [_plain(cell) for cell in own] for index, own in cells.items() if index not in known}
    return {index for index, values in plain.items() if any(_repeats(values, other) for other in known.values())}


def shares_of_others(columns: Sequence[Column], cells: Mapping[int, Sequence[str]]) -> set[int]:
    """Columns that are a twelfth or a quarter of another in nearly every row: what the year comes to each month."""
    values = [(column, _values(cells[column.index], column)) for column in columns]
    return {
        column.index
        for column, own in values
        if any(_is_share(own, year) for other, year in values if other.period == column.period)
    }


def sizes_of_others(columns: Sequence[Column], cells: Mapping[int, Sequence[str]]) -> set[int]:
    """Columns that hold what one called a budget does, without its signs; unless they are called so, too."""
    values = {column.index: _values(cells[column.index], column) for column in columns}
    called = {column.index for column in columns if "budget" in column.evidence.tags}
    signed = [values[index] for index in called if min(values[index], default=0) < 0 < max(values[index], default=0)]
    sizes = [[abs(value) for value in own] for own in signed]
    return {index for index, own in values.items() if index not in called and own in sizes}


def factors(columns: Sequence[Column], cells: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """Columns that make another by multiplication in nearly every row, how many and what one costs, each with that one.

    The column that they make stands right of both, a few columns away; all are of one time.
    """
    told = [column for column in columns if column.index in cells and "%" not in column.name]
    order = [column.index for column in told]
    values = {column.index: _values(cells[column.index], column) for column in told}
    periods = {column.index: column.period for column in told}
    found: dict[int, int] = {}
    for place, made in enumerate(order):
        for pair in combinations(order[max(0, place - _NEAR_BY) : place], 2):
            at_one_time = len({periods[index] for index in (*pair, made)} - {None}) <= 1
            if at_one_time and _makes(values[pair[0]], values[pair[1]], values[made]):
                found |= dict.fromkeys(pair, made)
    return found


def _makes(one: Sequence[float], other: Sequence[float], made: Sequence[float]) -> bool:
    """Prices may be rounded; where one of a thing is bought it says nothing, and a part of it is a share."""
    told = [row for row, value in enumerate(made) if value and one[row] and other[row]]
    if len([row for row in told if min(abs(one[row]), abs(other[row])) > 1.0]) < _LEAST_ROWS:
        return False
    right = sum(abs(one[row] * other[row] - made[row]) <= max(_ROUNDED, abs(made[row]) * 1e-4) for row in told)
    return right >= _MOST_RIGHT * len(told)


def _is_share(own: Sequence[float], other: Sequence[float]) -> bool:
    told = [row for row, value in enumerate(own) if value]
    if len(told) < _LEAST_ROWS:
        return False
    return any(
        _nearly_all((abs(own[row] * parts - other[row]) <= parts * CENT for row in told), len(told))
        for parts in _PARTS_OF_YEAR
    )


def _nearly_all(marks: Iterable[bool], count: int) -> bool:
    """Whether nearly all of so many marks are true; no more of them are looked at than it takes to know."""
    wrong = 0
    for mark in marks:
        wrong += not mark
        if wrong > count - _MOST_RIGHT * count:
            return False
    return True


def _plain(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return 0.0


def _values(cells: Sequence[str], column: Column) -> list[float]:
    return [float(value or 0) for value in parse_amounts(cells, column.profile.style).values]


def _repeats(values: Sequence[float], other: Sequence[float]) -> bool:
    told = [row for row, value in enumerate(other) if value]
    if len(told) < _LEAST_ROWS or not any(abs(values[row] - other[row]) for row in told):
        return False
    same = sum(abs(values[row] - other[row]) <= _TRIFLE * abs(other[row]) for row in told)
    return same >= _MOSTLY_SAME * len(told)
