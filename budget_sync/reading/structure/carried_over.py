"""Balances that are carried over: what each column opens with is what the one before it closes with.

In: the rows with amounts, those of them that are known as totals. Out: the rows that open the columns.
"""

from collections.abc import Iterable

from budget_sync.reading.structure.body_rows import BodyRows, marked

_LEAST_COLUMNS = 4
_LEAST_DIFFERENT = 3  # rents that never change follow each other, too


def carried_over(rows: BodyRows, totals: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """``totals``: positions. The balance that closes the columns is one of them, or bears the name of a result."""
    if len(rows.amounts) < _LEAST_COLUMNS:
        return {}
    known = set(totals)
    closing = known | set(marked(rows.says_derived))
    ends = {end for end in (_amounts(rows, position)[:-1] for position in closing) if len(set(end)) >= _LEAST_DIFFERENT}
    seconds = {end[0] for end in ends}
    return {
        position: ()
        for position, second in enumerate(rows.amounts[1])
        if round(second, 2) in seconds and position not in known and _amounts(rows, position)[1:] in ends
    }


def _amounts(rows: BodyRows, position: int) -> tuple[float, ...]:
    return tuple(round(column[position], 2) for column in rows.amounts)
