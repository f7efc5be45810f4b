"""What the rows of a table say: department, sub-category, period, currency and line type of every line.

In: the grid, the roles of its rows and the chosen columns. Out: ``RowTexts``, sections and merged labels filled down.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.fields import LineType, TargetField
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import PeriodText, read_periods
from budget_sync.domain.vocabulary import currencies, vocabulary
from budget_sync.mapping.understanding import JOIN, RowTexts
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.rows import RowRole, Rows

Chosen = Mapping[TargetField, Sequence[int]]


def row_texts(grid: Grid, rows: Rows, chosen: Chosen, fiscal_year_start: int, year: int | None) -> RowTexts:
    """The texts of the rows whose role is line."""
    lines = [row for row, role in enumerate(rows.roles) if role is RowRole.LINE]
    sections = _sections(rows, lines)
    department = _labels(grid, lines, chosen.get(TargetField.DEPARTMENT, ()))
    sub_category = _labels(grid, lines, chosen.get(TargetField.SUB_CATEGORY, ()))
    types = _line_types(grid, lines, chosen.get(TargetField.LINE_TYPE, ()), sections)
    if not chosen.get(TargetField.DEPARTMENT):
        department = ["" if _type_of(text) else text for text in sections]
    return RowTexts(
        rows=lines,
        department=department,
        sub_category=sub_category,
        fiscal_period=_periods(grid, lines, chosen.get(TargetField.FISCAL_PERIOD, ()), fiscal_year_start, year),
        currency=[_currency(text) for text in _labels(grid, lines, chosen.get(TargetField.CURRENCY, ()))],
        line_type=types,
    )


def _cell(grid: Grid, row: int, column: int) -> str:
    cells = grid.rows[row]
    return cells[column] if column < len(cells) else ""


def _sections(rows: Rows, lines: Sequence[int]) -> list[str]:
    """For each line the text of the section that it stands in."""
    found, current, place = [], "", 0
    starts = sorted(rows.sections)
    for line in lines:
        while place < len(starts) and starts[place] < line:
            current = rows.sections[starts[place]]
            place += 1
        found.append(current)
    return found


def _labels(grid: Grid, lines: Sequence[int], columns: Sequence[int]) -> list[str]:
    """The text of the columns, joined where there are several."""
    if not columns:
        return [""] * len(lines)
    filled = [_filled_down(grid, lines, column) for column in columns]
    if len(filled) == 1:
        return filled[0]
    return [JOIN.join(dict.fromkeys(part for part in parts if part)) for parts in zip(*filled, strict=True)]


def _filled_down(grid: Grid, lines: Sequence[int], column: int) -> list[str]:
    """The column's text; where only the first row of a group bears it, the rows below take it over."""
    texts = [clean_name(_cell(grid, line, column)) for line in lines]
    if not _is_written_once(texts):
        return texts
    current = ""
    filled = []
    for text in texts:
        current = text or current
        filled.append(current)
    return filled


def _is_written_once(texts: Sequence[str]) -> bool:
    """A label stands on the first row of its group only: few, all different, the first row among them."""
    held = [text for text in texts if text]
    if not held or len(held) > 0.5 * len(texts) or not texts[0]:
        return False
    return len(set(held)) == len(held)


def _periods(
    grid: Grid, lines: Sequence[int], columns: Sequence[int], fiscal_year_start: int, year: int | None
) -> list[str]:
    if not columns:
        return [""] * len(lines)
    read = [read_periods([_cell(grid, line, column) for line in lines]) for column in columns]
    found = []
    for place, line in enumerate(lines):
        parts = [periods[place] for periods in read if periods[place] is not None]
        period = _together([part for part in parts if part is not None], fiscal_year_start, year)
        found.append(period or clean_name(_cell(grid, line, columns[0])))
    return found


def _together(parts: Sequence[PeriodText], fiscal_year_start: int, year: int | None) -> str:
    """A year and a month of two columns are one period."""
    named = next((part.year for part in parts if part.year is not None), year)
    for part in sorted(parts, key=lambda part: part.kind):
        period = part.to_period(fiscal_year_start, named)
        if period is not None:
            return str(period)
    return ""


def _currency(text: str) -> str:
    return currencies().code_of.get(text.casefold(), text) if text else ""


def _line_types(grid: Grid, lines: Sequence[int], columns: Sequence[int], sections: Sequence[str]) -> list[str]:
    texts = _labels(grid, lines, columns) if columns else list(sections)
    known = {text: _type_of(text) for text in set(texts) | set(sections)}
    return [known[text] or known[section] for text, section in zip(texts, sections, strict=True)]


def _type_of(text: str) -> str:
    """``revenue`` or ``expense`` where the text says one of the two alone."""
    words = vocabulary()
    revenue, expense = text in words.revenue, text in words.expense
    if revenue == expense:
        return ""
    return str(LineType.REVENUE if revenue else LineType.EXPENSE)
