"""A file as a person is shown it: the analysis, and as many of the real rows as make clear what is what. Pure.

In: ``Understanding``. Out: ``Outline``, small enough to be kept with the draft: what stands at the top, the first
lines, and what ends the table.
"""

from collections.abc import Sequence

import msgspec

from budget_sync.domain.fields import Layout
from budget_sync.mapping.analysis import Analysis
from budget_sync.mapping.understanding import FileValue, Understanding
from budget_sync.reading.structure.rows import RowRole

_FIRST_ROWS = 8  # at least, and so many from the first line on
_LAST_ROWS = 4  # totals, notes: whatever the table ends with
_LONGEST_CELL = 60


class OutlineRow(msgspec.Struct, frozen=True):
    """One row of the file. ``row`` is 0-based; ``role`` is that of ``RowRole``."""

    row: int
    role: RowRole
    cells: list[str]


class OutlineValue(msgspec.Struct, frozen=True):
    """A value that holds for the whole file, and where it came from."""

    value: str
    origin: str


class Outline(msgspec.Struct, frozen=True):
    """``width``: the columns of the sheet. ``rows_between``: how many rows are not shown before ``last_rows``.

    ``layouts``: those in which its columns can be read.
    """

    analysis: Analysis
    width: int
    first_rows: list[OutlineRow]
    rows_between: int
    last_rows: list[OutlineRow]
    department: OutlineValue | None = None
    fiscal_period: OutlineValue | None = None
    currency: OutlineValue | None = None
    layouts: list[Layout] = []


def outline_of(understanding: Understanding) -> Outline:
    """What a person is shown of a file."""
    grid, roles = understanding.grid, understanding.roles
    width = max((len(row) for row in grid.rows), default=0)
    body = next((row for row, role in enumerate(roles) if role is RowRole.LINE), 0)
    top = min(body + _FIRST_ROWS, len(grid.rows))
    rest = [row for row in range(top, len(grid.rows)) if roles[row] is not RowRole.BLANK]
    last = [row for row in rest if roles[row] in (RowRole.TOTAL, RowRole.NOTE)][-_LAST_ROWS:] or rest[-1:]
    return Outline(
        analysis=understanding.analysis,
        width=width,
        first_rows=_rows(understanding, range(top), width),
        rows_between=len(grid.rows) - top - len(last),
        last_rows=_rows(understanding, last, width),
        department=_value(understanding.department),
        fiscal_period=_value(understanding.fiscal_period),
        currency=_value(understanding.currency),
        layouts=list(understanding.layouts),
    )


def _rows(understanding: Understanding, rows: Sequence[int], width: int) -> list[OutlineRow]:
    grid = understanding.grid
    return [
        OutlineRow(row, understanding.roles[row], [_shortened(grid.cell(row, column)) for column in range(width)])
        for row in rows
    ]


def _shortened(cell: str) -> str:
    text = cell.strip()
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _value(value: FileValue | None) -> OutlineValue | None:
    return OutlineValue(value.value, value.origin) if value else None
