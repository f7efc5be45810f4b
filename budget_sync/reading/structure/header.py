"""Where the header is: the row whose words stand above the numbers, alone or as the last of several.

In: a grid. Out: ``Header``. A row is judged by what lies under each of its cells (a word above numbers, a month
above numbers, a name that does not come again below), never by its position alone.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from budget_sync.domain.era_years import era_headers
from budget_sync.domain.names import clean_name, fold_name
from budget_sync.domain.period_text import find_period, numbered_months
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import DATE, EMPTY, NIL, NUMBER, PERCENT, TEXT, is_period, is_year, row_marks
from budget_sync.reading.structure.repeats import repeated_header_rows
from budget_sync.reading.structure.words import knows_word

_HEAD_ROWS = 60  # a header lower than this was in none of several hundred files
_SAMPLE_ROWS = 260
_BELOW = 30  # so many filled cells under a header cell tell what its column holds
_ENOUGH_NUMBERS = 4
_LONG_NAME = 90
_MOST_LEVELS = 4
_LEAST_SCORE = 1.0
_LEAST_CODES, _CODE_LENGTH = 4, 3
_NAMED_ABOVE = 3
_LEAST_NUMBERED, _MARK_LENGTH = 3, 2
_HALF = 0.5
_FAR_YEARS = 10  # no budget is for a year so far from its title's
_AS_GOOD = 0.62  # the first row this near the best wins: later ones repeat it


@dataclass(frozen=True, slots=True)
class Header:
    """``row``: the last row of the header (0-based), None where there is none. ``first``: its first row.

    ``names``: one a column, all levels joined; ``labels``: the lowest filled cell of the column, as written.
    ``body``: the first row that can hold lines; ``repeats``: rows below it that are the header once more.
    """

    row: int | None
    first: int | None
    body: int
    names: list[str]
    labels: list[str]
    repeats: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class _Head:
    """The first rows of a sheet with their marks; ``filled`` are the rows that hold anything."""

    cells: list[list[str]]
    marks: list[str]
    filled: list[int]
    width: int


def find_header(grid: Grid, chosen_row: int | None = None) -> Header:
    """The header of a sheet; ``chosen_row`` is a person's word for its last row."""
    head = _head_of(grid, chosen_row or 0)
    if chosen_row is not None and chosen_row < len(head.cells):
        return _with_repeats(grid, _with_levels(head, chosen_row))
    best_row, best_score = _best_row(head)
    if best_row is None:
        first = head.filled[0] if head.filled else 0
        return Header(None, None, first, [""] * head.width, [""] * head.width)
    return _with_repeats(grid, _with_levels(head, _lowest_level(head, best_row, best_score)))


def _with_repeats(grid: Grid, header: Header) -> Header:
    if header.row is None or header.first is None:
        return header
    return replace(header, repeats=repeated_header_rows(grid, header.first, header.row, header.body))


def _head_of(grid: Grid, chosen_row: int) -> _Head:
    count = min(len(grid.rows), max(_SAMPLE_ROWS, chosen_row + _MOST_LEVELS))
    width = max((_last_filled(row) for row in grid.rows[:count]), default=0)
    cells = [[*row[:width], *[""] * (width - len(row))] for row in grid.rows[:count]]
    marks = [row_marks(grid, row, width) for row in range(count)]
    return _Head(cells, marks, [row for row in range(count) if marks[row].strip()], width)


def _last_filled(row: list[str]) -> int:
    for column in range(len(row), 0, -1):
        if row[column - 1].strip():
            return column
    return 0


def _best_row(head: _Head) -> tuple[int | None, float]:
    scores = {row: _score(head, row) for row in head.filled if row < _HEAD_ROWS}
    best = max(scores.values(), default=0.0)
    if best < _LEAST_SCORE:
        return None, best
    good = [row for row, score in scores.items() if score >= max(best * _AS_GOOD, _LEAST_SCORE)]
    first_numbers = next((row for row in head.filled if row > good[0] and _holds_numbers(head, row)), len(head.cells))
    row = max((row for row in good if row <= first_numbers), key=lambda row: scores[row])
    return row, scores[row]


def _holds_numbers(head: _Head, row: int) -> bool:
    periods = _period_cells(head, row)
    return any(mark == NUMBER and column not in periods for column, mark in enumerate(head.marks[row]))


def _score(head: _Head, row: int) -> float:
    """How much the row looks like the last row of a header."""
    score, named = 0.0, 0
    periods = _period_cells(head, row)
    for column, mark in enumerate(head.marks[row]):
        below = _below(head, row, column)
        numbers = sum(kind in (NUMBER, PERCENT) for kind in below)
        numeric = numbers and numbers >= 0.6 * sum(kind != NIL for kind in below)
        weight = 0.4 + 0.6 * min(numbers, _ENOUGH_NUMBERS) / _ENOUGH_NUMBERS
        if mark == EMPTY:
            score -= 0.5 if numeric and numbers > 1 else 0.0
        elif column in periods:
            score += 1.6 * weight if numeric or not below else 0.2
            named += 1
        elif mark in (NUMBER, PERCENT, DATE):
            score -= 1.5 if numeric else 0.5
        elif mark == TEXT:
            named += 1
            if column and head.cells[row][column] == head.cells[row][column - 1]:
                continue  # a title over merged cells, filled to the right
            text = _text_score(head.cells[row][column], head, row, column, numeric=bool(numeric), filled=bool(below))
            score += text * weight if numeric else text
    if not named:
        return 0.0
    return score - 0.02 * row


def _text_score(text: str, head: _Head, row: int, column: int, *, numeric: bool, filled: bool) -> float:
    if len(text) > _LONG_NAME:
        return -0.5
    known = 0.7 if knows_word(text) else 0.0
    if numeric:
        return 1.5 + known
    if not filled:
        return known * 0.5
    folded = fold_name(text)
    again = any(
        fold_name(head.cells[other][column]) == folded and not _is_copy(head, row, other)
        for other in head.filled
        if row < other < row + _BELOW
    )
    return -0.3 + known if again else 0.3 + known


def _is_copy(head: _Head, row: int, other: int) -> bool:
    """The same words once more: a header that is repeated between blocks is no less one."""
    return [cell.strip() for cell in head.cells[row]] == [cell.strip() for cell in head.cells[other]]


def _below(head: _Head, row: int, column: int) -> list[str]:
    found = []
    for other in head.filled:
        if other <= row:
            continue
        mark = head.marks[other][column]
        if mark != EMPTY:
            found.append(mark)
            if len(found) == _BELOW:
                break
    return found


def _period_cells(head: _Head, row: int) -> set[int]:
    """Columns whose cell in this row is a period, or a code that rises from column to column."""
    cells, marks = head.cells[row], head.marks[row]
    if TEXT in marks and (numbered := numbered_months(cells)):
        return set(numbered)
    numbers = [column for column, mark in enumerate(marks) if mark == NUMBER]
    found = {column for column, mark in enumerate(marks) if mark in (TEXT, DATE) and is_period(cells[column])}
    found.update(era_headers(cells, cells))
    years = [column for column in numbers if is_year(cells[column])]
    if (
        len(years) > 1 and len({cells[column] for column in years}) == len(years) and len(years) >= 0.6 * len(numbers)
    ) or (len(years) == 1 == len(numbers) and _names_columns(head, row) and not _is_amount(head, row, years[0])):
        found.update(years)
    if not years or len(years) < len(numbers):
        found.update(_rising_codes(head, row, numbers))
    return found


def _names_columns(head: _Head, row: int) -> bool:
    """Whether words stand in the row, in a file's first row one that headers bear: Rent, 2000 is a line."""
    words = [cell for cell, mark in zip(head.cells[row], head.marks[row], strict=True) if mark == TEXT]
    return bool(words) and (row != head.filled[0] or any(map(knows_word, words)))


def _is_amount(head: _Head, row: int, column: int) -> bool:
    """``Sales, 2000`` below ``Rent, 800`` or a title of 2026: an amount like those, and no year of the table."""
    above = [other for other in head.filled if other < row]
    figures = (head.cells[other][column] for other in above if head.marks[other][column] == NUMBER)
    titles = (find_period(cell) for other in above for cell in head.cells[other] if cell.strip())
    told = [title.year for title in titles if title is not None and title.year is not None]
    far = told and min(abs(int(head.cells[row][column]) - year) for year in told) > _FAR_YEARS
    return bool(far) or any(not is_year(figure) for figure in figures)


def _rising_codes(head: _Head, row: int, numbers: list[int]) -> list[int]:
    """Whole numbers of one length that rise strictly, beside a word: codes of funds or accounts as a header."""
    cells = [head.cells[row][column].strip() for column in numbers]
    if len(cells) < _LEAST_CODES or not all(
        cell.isdigit() and len(cell) == len(cells[0]) >= _CODE_LENGTH for cell in cells
    ):
        return []
    if TEXT not in head.marks[row] or not all(left < right for left, right in pairwise(cells)):
        return []
    above = [other for other in head.filled if other < row][-_NAMED_ABOVE:]  # a section's name may lie between
    named = max((sum(_is_named(head, other, column) for column in numbers) for other in above), default=0)
    return numbers if named < _HALF * len(numbers) else []


def _is_named(head: _Head, row: int, column: int) -> bool:
    """Whether the cell names its column: a word, or a year."""
    return head.marks[row][column] == TEXT or is_year(head.cells[row][column])


def _is_header_like(head: _Head, row: int) -> bool:
    """No number but periods, at least two names."""
    periods = _period_cells(head, row)
    marks = head.marks[row]
    named = sum(mark == TEXT or column in periods for column, mark in enumerate(marks))
    plain = sum(mark in (NUMBER, PERCENT, DATE) and column not in periods for column, mark in enumerate(marks))
    return named > 1 and plain == 0


def _lowest_level(head: _Head, row: int, score: float) -> int:
    """The last row of the header whose first good row is known: the next rows may be levels of it too."""
    current = row
    for following in range(row + 1, min(row + _MOST_LEVELS, len(head.cells))):
        if not head.marks[following].strip() or not _is_header_like(head, following):
            break
        if _score(head, following) < max(0.5 * score, _LEAST_SCORE) or not _above_numbers(head, following):
            break
        current = following
    return current


def _above_numbers(head: _Head, row: int) -> bool:
    """At least half of the row's names stand above numbers: it names columns, it does not fill them."""
    above = total = 0
    for column, mark in enumerate(head.marks[row]):
        if mark in (TEXT, DATE, NUMBER):
            below = _below(head, row, column)
            total += bool(below)
            above += sum(kind in (NUMBER, PERCENT, NIL) for kind in below) > 0.6 * len(below) if below else 0
    return total > 0 and above >= 0.5 * total and above > 1


def _with_levels(head: _Head, row: int) -> Header:
    first = row
    while first > 0 and row - first < _MOST_LEVELS - 1 and _is_upper_level(head, first - 1, row):
        first -= 1
    levels = [_spread(head, level, row) for level in range(first, row)] + [head.cells[row]]
    names, labels = [], []
    for column in range(head.width):
        parts = [clean_name(level[column]) for level in levels if level[column].strip()]
        names.append(" ".join(dict.fromkeys(parts)))
        own = [head.cells[level][column] for level in range(first, row + 1) if head.cells[level][column].strip()]
        labels.append(own[-1] if own else "")
    return Header(row, first, _body_start(head, row), names, labels)


def _is_upper_level(head: _Head, level: int, row: int) -> bool:
    """A row above the header that names groups of its columns; a title in the first column is none."""
    marks = head.marks[level]
    filled = [column for column, mark in enumerate(marks) if mark != EMPTY]
    if not filled or any(len(head.cells[level][column]) > _LONG_NAME for column in filled):
        return False
    names = [column for column in filled if marks[column] != NUMBER or is_year(head.cells[level][column])]
    if len(names) < len(filled) or (len(filled) == 1 and (filled[0] == 0 or marks[filled[0]] == NUMBER)):
        return False
    named = [column for column, mark in enumerate(head.marks[row]) if mark != EMPTY]
    return any(column in named for column in filled) or any(named[0] < column for column in filled)


def _spread(head: _Head, level: int, row: int) -> list[str]:
    """A group name counts for the columns to its right until the next one; one written for each column, for those."""
    spread, current, alone = [], "", False
    for column, cell in enumerate(head.cells[level]):
        if cell.strip():
            current, alone = cell, column > 0 and cell == head.cells[level][column - 1]
        elif alone:
            current = ""
        spread.append(current if head.cells[row][column].strip() or cell.strip() else "")
    return spread


def _body_start(head: _Head, row: int) -> int:
    """The row after the header; a row that only numbers the columns (a, b, 1, 2, 3) belongs to it."""
    following = row + 1
    if following < len(head.cells) and _numbers_columns(head.cells[following]):
        return following + 1
    return following


def _numbers_columns(cells: list[str]) -> bool:
    filled = [cell.strip().strip("()") for cell in cells if cell.strip()]
    if len(filled) < _LEAST_NUMBERED or any(len(cell) > _MARK_LENGTH for cell in filled):
        return False
    digits = [int(cell) for cell in filled if cell.isdecimal()]
    letters = [cell for cell in filled if not cell.isdecimal()]
    counts_up = len(digits) > 1 and digits[0] == 1 and all(right == left + 1 for left, right in pairwise(digits))
    return counts_up and letters == sorted(letters) and all(cell.isalpha() for cell in letters)
