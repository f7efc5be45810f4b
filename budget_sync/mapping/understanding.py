"""What the mapping room hands on: the analysis, and the table as it was understood, ready to become lines.

``Understanding.amounts`` are the columns whose cells are budgets; ``lines_of`` gives, for one of them, every
source row that is a budget line as columns of text, sections filled down and file-level values filled in.
"""

import re
from dataclasses import dataclass, field

from budget_sync.domain.amount_text import NumberStyle
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import Layout, TargetField
from budget_sync.domain.period_text import PeriodText
from budget_sync.mapping.analysis import Analysis, ColumnMapping
from budget_sync.mapping.customer_words import NO_WORDS, CustomerWords
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.rows import RowRole

_YEAR = re.compile(r"FY([0-9]{4})")
_ALL = slice(None)
JOIN = " \u203a "  # between a parent's name and its child's


@dataclass(frozen=True, slots=True)
class UnderstandingRequest:
    """What is already decided. ``sheet`` and ``header_row`` (0-based) as a person chose them, else found.

    ``mappings``: what a person approved, by column index; with them the same bytes give the same lines again.
    ``words``: the customer's own, heard before the lexicon. ``decimal_sign``: what decides where the cells of a column
    leave it open. ``layout``: how the amounts lie. ``overruled``: the fields of which what stands beside the table
    (title, sheet, file name) does not count.
    """

    sheet: str | None = None
    header_row: int | None = None
    mappings: tuple[ColumnMapping, ...] | None = None
    defaults: Defaults = field(default_factory=Defaults)
    words: CustomerWords = NO_WORDS
    decimal_sign: str | None = None
    layout: Layout | None = None
    overruled: frozenset[TargetField] = frozenset()


@dataclass(frozen=True, slots=True)
class FileValue:
    """A value that holds for the whole file and where it came from (``title``, ``sheet``, ``file name``)."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """One column of budgets. ``period``: the stored code that its header gives, None where rows say it.

    ``style`` is how its numbers are written. ``department``, ``sub_category`` and ``line_type`` are what the
    header gives to its lines (a measure, a department of a wide table), '' for nothing. ``part``: a month or a
    quarter without a year in the header, which the rows' own year completes.
    """

    index: int
    style: NumberStyle
    period: str | None = None
    department: str = ""
    sub_category: str = ""
    line_type: str = ""
    part: PeriodText | None = None
    fiscal_year_start: int = 1


@dataclass(frozen=True, slots=True)
class LineTexts:
    """The budget lines of one amount column, as lists of one entry a source row.

    ``fiscal_period``: a stored code, else the text as written (no period: an error of that row), '' where
    neither row, header nor file says one. ``line_type``: ``expense``, ``revenue`` or ''. ``currency``: ISO 4217,
    else as written, or ''. What is '' is for the defaults of the import to fill. ``amount``: the cell as written.
    """

    rows: list[int]
    department: list[str]
    sub_category: list[str]
    fiscal_period: list[str]
    currency: list[str]
    line_type: list[str]
    amount: list[str]


@dataclass(frozen=True, slots=True)
class RowTexts:
    """What the rows themselves say, aligned with the line rows; '' where a row says nothing."""

    rows: list[int]
    department: list[str]
    sub_category: list[str]
    fiscal_period: list[str]
    currency: list[str]
    line_type: list[str]

    @property
    def meanings(self) -> tuple[list[str], ...]:
        """All that tells the line of one row from that of another."""
        return self.department, self.sub_category, self.fiscal_period, self.currency, self.line_type


@dataclass(frozen=True, slots=True)
class Understanding:
    """The whole understanding of one file; pure values, nothing read again.

    ``roles`` has one entry a row of ``grid``. ``repeats``: each line row that equals an earlier one cell by cell, with
    that row. ``department``, ``fiscal_period``, ``currency`` and ``line_type``
    hold for the whole file where rows and headers are silent; None: nothing found. ``layouts``: those in which its
    columns can be read.
    """

    analysis: Analysis
    grid: Grid
    roles: list[RowRole]
    amounts: list[AmountColumn]
    texts: RowTexts
    department: FileValue | None = None
    fiscal_period: FileValue | None = None
    currency: FileValue | None = None
    line_type: FileValue | None = None
    repeats: dict[int, int] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()

    def lines_of(self, column: AmountColumn, part: slice = _ALL) -> LineTexts:
        """The lines of one amount column: the row's own words first, then the header's, then the file's.

        Rows whose amount cell is empty are left out; nil marks (``-``, ``n/a``) stay, for validation to judge.
        ``part``: of which entries of ``texts``; a large file is taken part by part.
        """
        texts = self.texts
        first = part.indices(len(texts.rows))[0]
        rows = texts.rows[part]
        cells = self.grid.cells(rows, column.index)
        filled = [place for place, cell in enumerate(cells) if cell.strip()]
        kept = [first + place for place in filled] if first else filled
        return LineTexts(
            rows=[texts.rows[position] for position in kept],
            department=_filled(texts.department, kept, column.department, self.department),
            sub_category=_joined(texts.sub_category, kept, column.sub_category),
            fiscal_period=self._periods(column, kept),
            currency=_filled(texts.currency, kept, "", self.currency),
            line_type=_filled(texts.line_type, kept, column.line_type, self.line_type),
            amount=[cells[place] for place in filled],
        )

    def _periods(self, column: AmountColumn, kept: list[int]) -> list[str]:
        if column.period:
            return [column.period] * len(kept)
        periods = _filled(self.texts.fiscal_period, kept, "", self.fiscal_period)
        if column.part is None:
            return periods
        known = {text: _completed(column, text) for text in set(periods)}
        return [known[text] for text in periods]


def _completed(column: AmountColumn, text: str) -> str:
    """The header's month in the row's year; what is no year stays as it is, for validation to judge."""
    year = _YEAR.fullmatch(text)
    if year is None or column.part is None:
        return text
    period = column.part.to_period(column.fiscal_year_start, int(year[1]))
    return str(period) if period is not None else text


def _filled(texts: list[str], kept: list[int], header: str, whole: FileValue | None) -> list[str]:
    otherwise = header or (whole.value if whole else "")
    return [texts[position] or otherwise for position in kept]


def _joined(texts: list[str], kept: list[int], header: str) -> list[str]:
    if not header:
        return [texts[position] for position in kept]
    return [f"{texts[position]}{JOIN}{header}" if texts[position] else header for position in kept]
