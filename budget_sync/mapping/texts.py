"""What the rows of a table say: department, sub-category, period, currency and line type of every line.

In: the grid, the roles of its rows and the chosen columns. Out: ``RowTexts``, sections and merged labels filled down.
"""

from collections.abc import Mapping, Sequence
from itertools import compress, count, repeat
from operator import is_

from budget_sync.domain.fields import LineType, TargetField
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.vocabulary import currencies, vocabulary
from budget_sync.mapping.columns import Column
from budget_sync.mapping.fields import is_written_once
from budget_sync.mapping.line_type_beside import line_type_of
from budget_sync.mapping.row_periods import row_periods
from budget_sync.mapping.summed_heads import summed_heads
from budget_sync.mapping.understanding import JOIN, RowTexts
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.rows import RowRole, Rows

_HALF = 0.5
_BEAR_LABELS = frozenset({RowRole.LINE, RowRole.NOTE, RowRole.SECTION, RowRole.FILTERED})
Chosen = Mapping[TargetField, Sequence[int]]


def row_texts(
    grid: Grid, rows: Rows, chosen: Chosen, periods: Sequence[Column], fiscal_year_start: int, year: int | None
) -> RowTexts:
    """The texts of the rows whose role is line; ``periods``: the columns of the fiscal period."""
    lines = list(compress(count(), map(is_, rows.roles, repeat(RowRole.LINE))))
    above = rows.roles[: lines[0] if lines else 0]
    body = max((row for row, role in enumerate(above) if role is RowRole.HEADER), default=-1) + 1
    named_periods = period_sections(rows)
    others = {row: text for row, text in rows.sections.items() if row not in named_periods}
    sections = _sections(others or summed_heads(grid, rows, lines), lines)
    department = _labels(grid, rows, lines, chosen.get(TargetField.DEPARTMENT, ()), body)
    sub_category = _labels(grid, rows, lines, chosen.get(TargetField.SUB_CATEGORY, ()), body)
    types = _line_types(grid, rows, lines, chosen.get(TargetField.LINE_TYPE, ()), body)
    if _say_types(sections):
        types = [own or _type_of(section) for own, section in zip(types, sections, strict=True)]
    else:
        if any(sections):
            types = [own or told for own, told in zip(types, _income_first(sections), strict=True)]
        if not chosen.get(TargetField.DEPARTMENT):
            department = [_without_its_word(section) for section in sections]
    return RowTexts(
        rows=lines,
        department=department,
        sub_category=sub_category,
        fiscal_period=(
            row_periods(grid, lines, periods, fiscal_year_start, year)
            if periods or not named_periods
            else [_period_of(text, fiscal_year_start, year) for text in _sections(named_periods, lines)]
        ),
        currency=_currencies(_labels(grid, rows, lines, chosen.get(TargetField.CURRENCY, ()), body)),
        line_type=types,
    )


def period_sections(rows: Rows) -> dict[int, str]:
    """The section rows that are a period and nothing else: it belongs to the rows below them."""
    return {row: text for row, text in rows.sections.items() if parse_period(text) is not None}


def _period_of(text: str, fiscal_year_start: int, year: int | None) -> str:
    """The stored period of a section, else its text, '' above the first."""
    named = parse_period(text) if text else None
    period = named.to_period(fiscal_year_start, year) if named else None
    return str(period) if period is not None else text


def _sections(heads: Mapping[int, str], lines: Sequence[int]) -> list[str]:
    """For each line the text of the section that it stands in."""
    if not heads:
        return [""] * len(lines)
    found, current, place = [], "", 0
    starts = sorted(heads)
    for line in lines:
        while place < len(starts) and starts[place] <= line:
            current = heads[starts[place]]
            place += 1
        found.append(current)
    return found


def _labels(grid: Grid, rows: Rows, lines: Sequence[int], columns: Sequence[int], first: int) -> list[str]:
    """The text of the columns, joined where there are several."""
    if not columns:
        return [""] * len(lines)
    filled = [_filled_down(grid, rows, lines, column, first) for column in columns]
    if len(filled) == 1:
        return filled[0]
    return [JOIN.join(dict.fromkeys(part for part in parts if part)) for parts in zip(*filled, strict=True)]


def _filled_down(grid: Grid, rows: Rows, lines: Sequence[int], column: int, first: int) -> list[str]:
    """The column's text; where only the first row of a group bears it, the rows below take it over.

    That first row may be one without an amount. Where no line bears the text at all, it stands on the total rows that
    open the groups.
    """
    clean = _CleanNames()
    texts = list(map(clean.__getitem__, grid.cells(lines, column)))
    if not lines or all(texts):
        return texts
    everything = range(first, lines[-1] + 1)
    if not any(texts):
        return _carried(grid, everything, lines, column)
    bearing = [row for row in everything if rows.roles[row] in _BEAR_LABELS]
    if not (is_written_once(texts) or is_written_once([clean[cell] for cell in grid.cells(bearing, column)])):
        return texts
    return _carried(grid, bearing, lines, column)


def _carried(grid: Grid, rows: Sequence[int], lines: Sequence[int], column: int) -> list[str]:
    """For each line the nearest filled cell of the column in it or above it, among ``rows``."""
    wanted, found, current = set(lines), [], ""
    clean = _CleanNames()
    for row, cell in zip(rows, grid.cells(rows, column), strict=True):
        current = clean[cell] or current
        if row in wanted:
            found.append(current)
    return found


class _CleanNames(dict[str, str]):
    """Each spelling of a column cleaned once, and held once."""

    def __missing__(self, text: str) -> str:
        self[text] = name = clean_name(text)
        return name


def _currencies(texts: Sequence[str]) -> list[str]:
    code_of = currencies().code_of
    known = {text: code_of.get(text.casefold(), text) if text else "" for text in set(texts)}
    return list(map(known.__getitem__, texts))


def _line_types(grid: Grid, rows: Rows, lines: Sequence[int], columns: Sequence[int], first: int) -> list[str]:
    texts = _labels(grid, rows, lines, columns, first)
    known = {text: _type_of(text) for text in set(texts)}
    return list(map(known.__getitem__, texts))


def _without_its_word(section: str) -> str:
    """``Department: 7010 Nursing`` is the department 7010 Nursing."""
    word, colon, name = section.partition(":")
    named = vocabulary().fields[TargetField.DEPARTMENT].positive.is_whole(word)
    return name.strip() if colon and named and name.strip() else section


def _say_types(sections: Sequence[str]) -> bool:
    """Whether the sections are revenue and expenses; one called Sales among departments is a department."""
    named = {section for section in sections if section}
    return bool(named) and sum(bool(_type_of(section)) for section in named) > _HALF * len(named)


def _income_first(sections: Sequence[str]) -> list[str]:
    """``Income`` before ``Housing`` and ``Food``, as households plan: the lines of the first section are revenue."""
    first = next(filter(None, sections), "")
    income = line_type_of(first) is LineType.REVENUE
    return [str(LineType.REVENUE) if income and section == first else "" for section in sections]


def _type_of(text: str) -> str:
    """``revenue`` or ``expense`` where the text says one of the two alone."""
    words = vocabulary()
    revenue, expense = text in words.revenue, text in words.expense
    if revenue == expense:
        return ""
    return str(LineType.REVENUE if revenue else LineType.EXPENSE)
