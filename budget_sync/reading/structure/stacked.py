"""Tables under one another on one sheet: cut where a row names the columns anew, after a blank row in other words.

In: a grid. Out: for each table its rows. A header that is repeated between the blocks of one table does not cut it,
nor do the two sides of one budget, income and costs. Months that go on below do: read by the first header they would
be those of another time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budget_sync.domain.names import fold_name
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import DATE, NUMBER, PERCENT, TEXT, is_period, row_marks
from budget_sync.reading.structure.header import Header, find_header
from budget_sync.reading.structure.second_view import is_second_view

_LONGEST = 1_000  # rows: what is longer is one list
_LEAST_NAMES, _NAMES_TELL, _LEAST_ROWS, _LEAST_MOVED = 2, 3, 2, 2
_FIGURES = (NUMBER, PERCENT, DATE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows ``first`` to ``end`` (not included) of a sheet."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Names:
    """The header of a table by column, folded, and the words above it; ``row`` is where the table starts."""

    row: int
    body: int
    by_column: dict[int, str]
    title: Sequence[str]

    def says_side(self) -> bool:
        """Whether the table is called income or costs, by its title or its first column."""
        first = self.by_column[min(self.by_column)] if self.by_column else ""
        sides = (vocabulary().revenue, vocabulary().expense)
        return any(text in side for text in (first, *self.title) for side in sides)


def stacked_tables(grid: Grid) -> list[tuple[Stretch, Grid]]:
    """The tables from the top down, each with its rows where they were and the titles of the sheet; mostly one."""
    whole = [(Stretch(0, len(grid.rows)), grid)]
    if not 0 < len(grid.rows) <= _LONGEST:
        return whole
    header = find_header(grid)
    if header.row is None or header.first is None:
        return whole
    starts = [0, *(names.row for names in _other_tables(grid, header, header.first))]
    if len(starts) == 1:
        return whole
    ends = (_last_filled(grid, end) + 1 for end in (*starts[1:], len(grid.rows)))
    stretches = [Stretch(first, end) for first, end in zip(starts, ends, strict=True)]
    return [(stretch, _cut(grid, stretch, header.first)) for stretch in stretches]


def _other_tables(grid: Grid, header: Header, first: int) -> Iterator[_Names]:
    """The later tables, each with a header unlike that of the table before it."""
    names = {column: fold_name(label) for column, label in enumerate(header.labels) if label.strip()}
    current = _Names(0, header.body, names, [cell for row in grid.rows[:first] for cell in row if cell.strip()])
    with_figures, gap = 0, False
    titles: list[int] = []  # the rows of one cell right above
    for row in range(header.body, len(grid.rows)):
        cells = grid.rows[row]
        marks = row_marks(grid, row, len(cells))
        filled = [column for column, cell in enumerate(cells) if cell.strip()]
        if not filled:
            gap, titles = True, []
        elif len(filled) == 1 and marks[filled[0]] == TEXT:
            titles.append(row)
        else:
            if with_figures >= _LEAST_ROWS and _names_columns(grid, row, filled, marks):
                said = [cell for title in titles for cell in grid.rows[title] if cell.strip()]
                own = {column: fold_name(cells[column]) for column in filled}
                found = _Names(titles[0] if titles else row, row + 1, own, said)
                if _misleads(current, found) or (
                    gap and (_is_another(current, found) or _repeats(grid, current, found))
                ):
                    yield found
                    current, with_figures = found, 0
            with_figures += any(mark in _FIGURES for mark in marks)
            gap, titles = False, []


def _names_columns(grid: Grid, row: int, filled: Sequence[int], marks: str) -> bool:
    """Several words, each once, no figure among them, and figures under one of them in the very next row."""
    cells = grid.rows[row]
    names = [cells[column].strip() for column in filled if column == 0 or cells[column] != cells[column - 1]]
    if len(names) < _LEAST_NAMES or len(set(names)) < len(names) or any(name.startswith("=") for name in names):
        return False
    if any(marks[column] != TEXT and not is_period(cells[column]) for column in filled) or row + 1 == len(grid.rows):
        return False
    below = row_marks(grid, row + 1, len(cells))
    return any(below[column] == NUMBER for column in filled[1:])


def _is_another(table: _Names, other: _Names) -> bool:
    """Three names and more, none of them that of the column above."""
    same = any(table.by_column.get(column) == name for column, name in other.by_column.items())
    if same or len(set(other.by_column.values())) < _NAMES_TELL:
        return False
    return not (table.says_side() and other.says_side())


def _misleads(table: _Names, other: _Names) -> bool:
    """Whether the header of the one would be wrong for the figures of the other."""
    return _is_shifted(table, other) or _is_of_another_time(table, other)


def _repeats(grid: Grid, table: _Names, other: _Names) -> bool:
    """Whether the other divides the same money anew."""
    return is_second_view(grid, table.by_column, table.body, other.by_column, other.body)


def _is_shifted(table: _Names, other: _Names) -> bool:
    """The same words over other columns."""
    places: dict[str, set[int]] = {}
    for column, name in table.by_column.items():
        places.setdefault(name, set()).add(column)
    moved = [column not in places[name] for column, name in other.by_column.items() if name in places]
    return sum(moved) >= _LEAST_MOVED


def _is_of_another_time(table: _Names, other: _Names) -> bool:
    """April to June over the columns of January to March."""
    pairs = [(table.by_column.get(column, ""), name) for column, name in other.by_column.items()]
    return sum(is_period(own) and is_period(name) and own != name for own, name in pairs) >= _LEAST_MOVED


def _last_filled(grid: Grid, end: int) -> int:
    return next((row for row in range(end - 1, -1, -1) if any(cell.strip() for cell in grid.rows[row])), end - 1)


def _cut(grid: Grid, stretch: Stretch, titles: int) -> Grid:
    """Only these rows and the first ones, which are the sheet's titles; the others are empty."""
    kept = [row < titles or stretch.first <= row < stretch.end for row in range(len(grid.rows))]
    rows = [list(cells) if keep else [] for cells, keep in zip(grid.rows, kept, strict=True)]
    kinds = None
    if grid.kinds is not None:
        kinds = [own if keep else "" for own, keep in zip(grid.kinds, kept, strict=True)]
    return replace(grid, rows=rows, kinds=kinds)
