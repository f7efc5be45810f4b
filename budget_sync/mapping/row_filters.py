"""Columns that tell rows in force from other rows, with the values to keep.

In: a grid, its header and columns. Out: by column the values whose rows are budget lines.
"""

from collections.abc import Collection, Sequence

from budget_sync.mapping.columns import Column
from budget_sync.mapping.row_kinds import highest_version, lines_among_sums
from budget_sync.mapping.rows_in_force import in_force, rows_by_value, supplements_among
from budget_sync.mapping.sums_of_kinds import KindsOfLines
from budget_sync.mapping.versions import ranks_of, rows_to_keep, says_actual
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.header import Header

_MOST_VALUES = 12
_HALF, _MOSTLY = 0.5, 0.9
_AGAIN = 0.3
_SEVERAL = 2
_ROWS_READ = 3000


def row_filters(
    grid: Grid, header: Header, columns: Sequence[Column], taken: Collection[int], amounts: Sequence[Column]
) -> dict[int, list[str]]:
    """Versions, actual figures among a budget, and sums among lines."""
    found: dict[int, list[str]] = {}
    kinds_of_lines = KindsOfLines(grid, header, columns, amounts)
    for column in columns:
        profile = column.profile
        if column.index in taken or profile.texts < _MOSTLY or not 1 < profile.distinct <= _MOST_VALUES:
            continue
        values = list(dict.fromkeys(grid.column(column.index, header.body)))
        if (lines := lines_among_sums(values)) is not None:
            found[column.index] = lines
            continue
        if (kinds := kinds_of_lines.among(column, values)) is not None:
            found[column.index] = kinds
            continue
        if (keep := _versions_kept(grid, header, columns, column, values, amounts)) is not None:
            found[column.index] = keep
        newest = highest_version(values)
        if newest is not None and _come_again(grid, header, columns, column, newest) >= _MOSTLY:
            found[column.index] = newest
    return found


def _versions_kept(
    grid: Grid,
    header: Header,
    columns: Sequence[Column],
    column: Column,
    values: Sequence[str],
    amounts: Sequence[Column],
) -> list[str] | None:
    """The versions in force with what supplements them; None where every row is."""
    ranks = ranks_of(values)
    rows = rows_by_value(grid, header, columns, column, amounts) if len(ranks) > 1 else {}
    added = supplements_among(rows, ranks) if rows else []
    told = [value for value in map(str.strip, values) if value and value not in added]
    keep = rows_to_keep(told)
    known = keep is not None and (says_actual(values) or _come_again(grid, header, columns, column, keep) >= _AGAIN)
    named = [*keep, *added] if keep is not None and known else None
    ranks = ranks_of(told)
    if not rows or len(set(ranks.values())) < _SEVERAL:
        return named
    whole = [*told, *added]
    kept = in_force(rows, ranks, whole if named is None else named)
    return kept if len(kept) < len(whole) else None


def _come_again(grid: Grid, header: Header, columns: Sequence[Column], told: Column, keep: Collection[str]) -> float:
    """The share of the rows left out that are versions of lines kept: else the column is the status of each line."""
    names = [
        column.index
        for column in columns
        if column.index != told.index and column.profile.texts - column.profile.code_like > _HALF
    ]
    rows = range(header.body, min(len(grid.rows), header.body + _ROWS_READ))
    lines = [
        (cell in keep, name)
        for cell, *name in zip(
            *(map(str.strip, grid.cells(rows, index)) for index in (told.index, *names)), strict=True
        )
        if cell
    ]
    kept = {tuple(name) for is_kept, name in lines if is_kept}
    others = [tuple(name) in kept for is_kept, name in lines if not is_kept]
    return sum(others) / len(others) if others else 1.0
