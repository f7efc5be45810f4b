"""The columns of a table with everything that speaks about them: name, values, period, neighbours.

In: a grid and its header. Out: a list of ``Column``, one a column of the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from budget_sync.domain.period_text import PeriodText, find_period, read_periods
from budget_sync.mapping.names import NameEvidence, read_name
from budget_sync.mapping.values import ColumnProfile, profile_column
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import row_marks
from budget_sync.reading.structure.header import Header

SAMPLE_ROWS = 1500
_ONE_TO_ONE = 1.06


@dataclass(frozen=True, slots=True)
class Column:
    """``name``: the header, all its levels joined; ``label``: its lowest level as written.

    ``period``: what the header says of time. ``code_of``: the column whose codes this one holds.
    """

    index: int
    name: str
    label: str
    evidence: NameEvidence
    profile: ColumnProfile
    period: PeriodText | None = None
    code_of: int | None = None


def read_columns(grid: Grid, header: Header) -> list[Column]:
    """Every column; values come from an even sample of the rows where there are many."""
    rows = [row for row in _sample(header.body, len(grid.rows)) if any(cell.strip() for cell in grid.rows[row])]
    marks = [row_marks(grid, row, header.width) for row in rows]
    cells = [_cells(grid, rows, column) for column in range(header.width)]
    profiles = [
        profile_column(column, cells[column], "".join(row[column] for row in marks)) for column in range(header.width)
    ]
    codes = _codes(profiles, cells)
    periods = _periods(header, profiles)
    return [
        Column(
            index=column,
            name=header.names[column],
            label=header.labels[column],
            evidence=read_name(header.names[column]),
            profile=profiles[column],
            period=periods[column],
            code_of=codes.get(column),
        )
        for column in range(header.width)
    ]


def _sample(first: int, end: int) -> range:
    count = end - first
    return range(first, end, max(1, -(-count // SAMPLE_ROWS)))


def _cells(grid: Grid, rows: Sequence[int], column: int) -> list[str]:
    return [grid.rows[row][column] if column < len(grid.rows[row]) else "" for row in rows]


def _periods(header: Header, profiles: Sequence[ColumnProfile]) -> list[PeriodText | None]:
    """The periods of the headers above numbers; what one leaves open its neighbours settle."""
    numeric = [column for column, profile in enumerate(profiles) if profile.numbers >= 0.5 or not profile.filled]
    found: list[PeriodText | None] = [None] * len(profiles)
    settled = read_periods([header.labels[column] for column in numeric])
    for column, period in zip(numeric, settled, strict=True):
        label = period or find_period(header.labels[column])
        joined = find_period(header.names[column])
        if label is not None and label.year is None and joined is not None and joined.kind is label.kind:
            label = joined
        found[column] = label or joined
    return found


def _codes(profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[str]]) -> dict[int, int]:
    """Columns of codes to the column of names that they stand for, one to one, where names are beside."""
    found: dict[int, int] = {}
    for code in profiles:
        if not code.filled or code.mean_length > 14 or (code.texts > 0.5 and code.mean_length > 8) or code.distinct < 2:
            continue
        for name in profiles:
            if name.index == code.index or name.texts < 0.6 or name.mean_length <= code.mean_length + 2:
                continue
            if abs(name.index - code.index) > 2 or name.distinct < 2 or name.fill < 0.5 * code.fill:
                continue
            pairs = set(zip(cells[code.index], cells[name.index], strict=True))
            if len(pairs) <= _ONE_TO_ONE * max(code.distinct, name.distinct) + 1 and (
                min(code.distinct, name.distinct) >= 0.8 * max(code.distinct, name.distinct)
            ):
                found[code.index] = name.index
                break
    return found
