"""A version yields only to one of the same period: next year's draft is in force where nothing else is for that year.

In: a column that tells versions apart, and the values kept by their rank. Out: the values whose rows are in force.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.domain.fields import TargetField
from budget_sync.mapping.columns import Column
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.header import Header

_HALF, _MOSTLY = 0.5, 0.9
_NAMED = 0.6
_LITTLE = 0.5
_ROWS_READ = 20_000

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsOfValue:
    """What the rows of one value are for: ``periods``, and ``lines``, each with its period and its amounts."""

    periods: set[Key] = field(default_factory=set)
    lines: dict[Key, float] = field(default_factory=dict)


def in_force(rows: Mapping[str, RowsOfValue], ranks: Mapping[str, float], keep: Sequence[str]) -> list[str]:
    """``ranks``: of each value that is a version of the budget, the larger the more in force."""
    kept = list(keep)
    for value in sorted(ranks.keys() - set(keep), key=lambda one: -ranks[one]):
        if _is_apart(rows[value], [rows[other] for other in kept]):
            kept.append(value)
    for value in [one for one in kept if one in ranks]:
        above = [rows[other].lines.keys() for other in kept if ranks.get(other, 0.0) > ranks[value]]
        again = rows[value].lines.keys() & set().union(*above)
        if again and len(again) >= _MOSTLY * len(rows[value].lines):
            kept.remove(value)
    return kept


def supplements_among(rows: Mapping[str, RowsOfValue], ranks: Mapping[str, float]) -> list[str]:
    """Versions that are little beside a lower one in the lines of both: they are added to it and replace nothing."""
    return [
        value
        for value, rank in ranks.items()
        if any(_adds(rows[value], rows[other]) for other, beneath in ranks.items() if beneath < rank)
    ]


def _adds(own: RowsOfValue, other: RowsOfValue) -> bool:
    both = own.lines.keys() & other.lines.keys()
    added, budget = (sum(abs(one.lines[key]) for key in both) for one in (own, other))
    return 0 < added <= _LITTLE * budget


def _is_apart(own: RowsOfValue, others: Sequence[RowsOfValue]) -> bool:
    return bool(own.periods) and own.periods.isdisjoint(set().union(*(other.periods for other in others)))


def rows_by_value(
    grid: Grid, header: Header, columns: Sequence[Column], told: Column, amounts: Sequence[Column]
) -> Mapping[str, RowsOfValue]:
    """The rows of each value of a column that tells versions apart; ``amounts``: the columns that are loaded."""
    others = [column for column in columns if column is not told and column not in amounts]
    periods = [column.index for column in others if _is_period(column)]
    names = [column.index for column in others if column.index not in periods and _names(column)]
    found: dict[str, RowsOfValue] = defaultdict(RowsOfValue)
    rows = range(header.body, min(len(grid.rows), header.body + _ROWS_READ))
    values = [parse_amounts(grid.cells(rows, one.index), one.profile.style).values for one in amounts]
    cells = [grid.cells(rows, index) for index in (told.index, *periods, *names)]
    for position, (cell, *own) in enumerate(zip(*cells, strict=True)):
        key = tuple(map(str.strip, own))
        if not cell.strip() or not any(key):
            continue
        if any(key[: len(periods)]):
            found[cell.strip()].periods.add(key[: len(periods)])
        if any(key[len(periods) :]):
            lines = found[cell.strip()].lines
            lines[key] = lines.get(key, 0.0) + sum(float(column[position] or 0) for column in values)
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
