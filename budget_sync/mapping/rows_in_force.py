"""A version yields only to one of the same period: next year's draft is in force where nothing else is for that year.

In: a column that tells versions apart, and the values kept by their rank. Out: the values whose rows are in force.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.columns import Column
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.header import Header

_HALF, _MOSTLY = 0.5, 0.9
_NAMED = 0.6
_ROWS_READ = 20_000

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rows of one value are for: ``periods``, and ``lines``, each with its period."""

    periods: set[Key] = field(default_factory=set)
    lines: set[Key] = field(default_factory=set)


def in_force(
    grid: Grid, header: Header, columns: Sequence[Column], told: Column, ranks: Mapping[str, float], keep: Sequence[str]
) -> list[str]:
    """``ranks``: of each value that is a version of the budget, the larger the more in force."""
    rows = _rows(grid, header, columns, told)
    kept = list(keep)
    for value in sorted(ranks.keys() - set(keep), key=lambda one: -ranks[one]):
        if _is_apart(rows[value], [rows[other] for other in kept]):
            kept.append(value)
    for value in [one for one in kept if one in ranks]:
        above = [rows[other].lines for other in kept if ranks.get(other, 0.0) > ranks[value]]
        again = rows[value].lines & set().union(*above)
        if again and len(again) >= _MOSTLY * len(rows[value].lines):
            kept.remove(value)
    return kept


def _is_apart(own: _Told, others: Sequence[_Told]) -> bool:
    return bool(own.periods) and own.periods.isdisjoint(set().union(*(other.periods for other in others)))


def _rows(grid: Grid, header: Header, columns: Sequence[Column], told: Column) -> Mapping[str, _Told]:
    periods = [column.index for column in columns if column is not told and _is_period(column)]
    names = [
        column.index for column in columns if column is not told and column.index not in periods and _names(column)
    ]
    found: dict[str, _Told] = defaultdict(_Told)
    rows = range(header.body, min(len(grid.rows), header.body + _ROWS_READ))
    cells = [grid.cells(rows, index) for index in (told.index, *periods, *names)]
    for cell, *own in zip(*cells, strict=True):
        key = tuple(map(str.strip, own))
        if not cell.strip() or not any(key):
            continue
        if any(key[: len(periods)]):
            found[cell.strip()].periods.add(key[: len(periods)])
        if any(key[len(periods) :]):
            found[cell.strip()].lines.add(key)
    return found


def _is_period(column: Column) -> bool:
    named = column.evidence.strength(TargetField.FISCAL_PERIOD) >= _NAMED
    return named or column.profile.years > _HALF or column.profile.periods > _HALF


def _names(column: Column) -> bool:
    """Names and codes of what a row is for, no number of the row and no remark."""
    profile, tags = column.profile, column.evidence.tags
    coded = "code" in tags or profile.code_like > _HALF
    numbers_rows = coded and profile.is_unique
    return (coded or profile.texts > _HALF) and not numbers_rows and "remark" not in tags
