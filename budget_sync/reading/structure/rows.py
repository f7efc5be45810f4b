"""What each row of a table is: header again, section, line, total, note or blank.

In: the grid, its header, the amounts of the amount columns and which columns hold labels.
Out: ``Rows``: a role for every row of the grid and the totals with what they sum.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import chain, compress, groupby, repeat
from math import nan
from operator import is_not
from typing import cast

from budget_sync.domain.names import clean_name, fold_name
from budget_sync.reading.document import Grid
from budget_sync.reading.row_blocks import are_side_by_side
from budget_sync.reading.structure.asides import asides
from budget_sync.reading.structure.body_rows import BodyRows
from budget_sync.reading.structure.cells import PERCENT, TEXT, mark_of
from budget_sync.reading.structure.header import Header
from budget_sync.reading.structure.label_marks import LabelReader
from budget_sync.reading.structure.summary_block import summary_block
from budget_sync.reading.structure.tail import after_the_table
from budget_sync.reading.structure.totals import TotalRow, find_totals
from budget_sync.reading.structure.totals_alone import totals_alone
from budget_sync.reading.structure.totals_by_name import totals_by_name
from budget_sync.reading.structure.totals_of_one import totals_of_one
from budget_sync.reading.structure.words import names_result, says_derived, says_total

_SECTION_CELLS = 3  # a row with more filled cells, or with all but the amounts, is a line without an amount
_LABEL_LENGTH = 120
_AT_ONCE = 50_000  # amounts that are held together


class RowRole(StrEnum):
    """What a row of the sheet is; only a ``LINE`` is ever loaded.

    ``FILTERED`` is a row of another version or type (an actual among plans), kept out by a row filter.
    """

    TITLE = "title"
    HEADER = "header"
    LINE = "line"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"
    BLANK = "blank"
    FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class Rows:
    """``roles``: one a row of the grid. ``sections``: the text of each section row, by row."""

    roles: list[RowRole]
    totals: list[TotalRow] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AmountCells:
    """The parsed cells of one amount column, one entry a row of the grid; None for nil, empty and unreadable."""

    index: int
    values: Sequence[Decimal | None]

    def of(self, rows: Sequence[int]) -> Iterator[Decimal | None]:
        """The cells of these rows, which rise."""
        if not are_side_by_side(rows):
            return map(self.values.__getitem__, rows)
        end = rows[-1] + 1
        pieces = (self.values[first : min(first + _AT_ONCE, end)] for first in range(rows[0], end, _AT_ONCE))
        return chain.from_iterable(pieces)


def classify_rows(grid: Grid, header: Header, amounts: Sequence[AmountCells], labels: Sequence[int]) -> Rows:
    """Every row's role; rows without a filled amount cell are sections, notes or blank."""
    roles = [RowRole.TITLE if any(cell.strip() for cell in row) else RowRole.BLANK for row in grid.rows[: header.body]]
    if header.row is not None and header.first is not None:
        for row in range(header.first, header.body):
            roles[row] = RowRole.HEADER
    body = _Body(grid, header, amounts, labels)
    for first in range(header.body, len(grid.rows), grid.block_rows):
        body.read(first, min(first + grid.block_rows, len(grid.rows)), roles)
    body.sections |= _first_section(grid, header, roles, body.sections)
    return _settle(grid, roles, body)


def _first_section(grid: Grid, header: Header, roles: Sequence[RowRole], sections: dict[int, str]) -> dict[int, str]:
    """The section of the first block, where every later block bears one in or above its own header."""
    if header.row is None or header.first is None:
        return {}
    if any(roles[row] is RowRole.HEADER for row in sections):
        name = next((label for label in header.labels if mark_of(label) == TEXT), "")
        return {header.row: clean_name(name)} if name else {}
    above = header.first - 1
    if above >= 0 and any(roles[row + 1 : row + 2] == [RowRole.HEADER] for row in sections):
        texts = [clean_name(cell) for cell in grid.rows[above] if cell.strip()]
        return {above: texts[0]} if len(texts) == 1 else {}
    return {}


def _settle(grid: Grid, roles: list[RowRole], body: "_Body") -> Rows:
    if left_out := asides(roles, body.sections):
        for row in left_out:
            roles[row] = RowRole.BLANK if roles[row] is RowRole.BLANK else RowRole.NOTE
            body.sections.pop(row, None)
        body.leave_out([at for at, row in enumerate(body.candidates.rows) if roles[row] is not RowRole.LINE])
    candidates, sections = body.candidates, body.sections
    known = {total.row: total for total in find_totals(candidates, body.label_columns())}
    for total in (*totals_by_name(candidates, body.label_columns()), *totals_of_one(candidates, body.labels)):
        known.setdefault(total.row, total)
    for row in set(totals_alone(candidates, known, body.label_columns())):
        del known[row]
    known |= summary_block(candidates, known, body.label_columns())
    totals = [known[row] for row in sorted(known)]
    for total in totals:
        roles[total.row] = RowRole.TOTAL
    lines = candidates
    if totals:
        lines = candidates.take([at for at, row in enumerate(candidates.rows) if roles[row] is RowRole.LINE])
    for row in after_the_table(candidates, lines, totals, roles):
        roles[row] = RowRole.NOTE
    for row in _unlabelled(lines):
        if roles[row] is RowRole.LINE:
            roles[row] = RowRole.TOTAL
    last_line = next((row for row in range(len(roles) - 1, -1, -1) if roles[row] is RowRole.LINE), -1)
    for row in range(last_line + 1, len(grid.rows)):
        if roles[row] is RowRole.SECTION:
            roles[row] = RowRole.NOTE
            sections.pop(row, None)
    named = [replace(total, label=body.label(total.row)) for total in totals]
    return Rows(roles, named, sections)


def _unlabelled(lines: BodyRows) -> list[int]:
    """Amounts without any label where nearly all lines have one: check figures, totals without a word."""
    bare = list(compress(lines.rows, lines.unlabelled))
    return bare if len(bare) <= 0.2 * len(lines) else []


class _Body:
    """The rows below the header, with what the columns are; ``candidates`` and ``sections`` as far as it has read."""

    def __init__(self, grid: Grid, header: Header, amounts: Sequence[AmountCells], labels: Sequence[int]) -> None:
        self._grid = grid
        self._amounts = amounts
        self._labels = list(labels)
        self._reader = LabelReader()
        self._amount_columns = {amount.index for amount in amounts}
        self._beside_amounts = header.width - len(self._amount_columns)
        self._header = {column: fold_name(label) for column, label in enumerate(header.labels) if label.strip()}
        self.candidates = BodyRows(len(amounts))
        self.sections: dict[int, str] = {}
        self._opens = True
        self._repeats = header.repeats
        self._words = set(self._header.values()) | self._upper_words(header)

    def _upper_words(self, header: Header) -> set[str]:
        first, last = header.first, header.row
        upper = self._grid.rows[first:last] if first is not None and last is not None else []
        return {fold_name(cell) for cells in upper for cell in cells if cell.strip()}

    def read(self, first: int, end: int, roles: list[RowRole]) -> None:
        """Read the rows ``first`` to ``end`` (not included) and add the role of each."""
        values = [amount.values[first:end] for amount in self._amounts]
        if values and all(map(is_not, values[0], repeat(None))) and self._repeats.isdisjoint(range(first, end)):
            lines: Sequence[int] = range(first, end)
            roles.extend([RowRole.LINE] * len(lines))
            self.candidates.opens.extend([self._opens, *[False] * (len(lines) - 1)])
            self._opens = False
        else:
            lines = self._read_each(first, end, values, roles)
        self._add(lines, first, values)

    def _read_each(
        self, first: int, end: int, values: Sequence[Sequence[Decimal | None]], roles: list[RowRole]
    ) -> list[int]:
        """The rows that may be lines, where not all of them are for the amounts that they bear."""
        filled: Iterable[bool] = (any(value is not None for value in row) for row in zip(*values, strict=True))
        lines: list[int] = []
        for row, has_amount in enumerate(filled if values else repeat(False, end - first), first):
            is_line = has_amount and row not in self._repeats  # the years of a header can be read as amounts
            role, text = (RowRole.LINE, "") if is_line else self.role(row)
            roles.append(role)
            if text:
                self.sections[row] = text
            if role is RowRole.LINE:
                lines.append(row)
                self.candidates.opens.append(self._opens)
            self._opens = role is not RowRole.LINE
        return lines

    def _add(self, lines: Sequence[int], first: int, values: Sequence[Sequence[Decimal | None]]) -> None:
        """Add rows that may be lines to the candidates, but for the mark that is added already."""
        rows = self.candidates
        rows.rows.extend(lines)
        for amounts, own in zip(rows.amounts, values, strict=True):
            if len(own) == len(lines) and all(map(is_not, own, repeat(None))):
                amounts.extend(map(float, cast("Sequence[Decimal]", own)))
            else:
                amounts.extend(nan if (value := own[row - first]) is None else float(value) for row in lines)
        marks = self._reader.marks([self._grid.cells(lines, column) for column in self._labels], len(lines))
        for _, alike in groupby(marks, id):
            mark, *others = alike
            rows.mark(mark, 1 + len(others))

    def role(self, row: int) -> tuple[RowRole, str]:
        """The role of a row without amounts, or of the header once more; its text where it opens a section."""
        if row in self._repeats:
            return RowRole.HEADER, ""
        if self._has_formula(row):
            return RowRole.LINE, ""
        cells = self._grid.rows[row]
        filled = [column for column, cell in enumerate(cells) if cell.strip()]
        if not filled:
            return RowRole.BLANK, ""
        text = next((clean_name(cells[column]) for column in filled if mark_of(cells[column]) == TEXT), "")
        if self._repeats_header(cells, filled):
            return RowRole.HEADER, "" if fold_name(text) in self._words else text
        return self._without_amounts(text, filled, cells)

    def _without_amounts(self, text: str, filled: list[int], cells: list[str]) -> tuple[RowRole, str]:
        """A row of words: a line whose amounts are nil or unreadable, a section, a remark, or a margin in percent."""
        if not text:
            return RowRole.NOTE, ""  # nothing but nil marks: a row of units, a ruled line
        if own := [mark_of(cells[column]) for column in filled if column in self._amount_columns]:
            share = set(own) == {PERCENT} and ("%" in text or says_derived(text) or names_result(text))
            return (RowRole.NOTE if share else RowRole.LINE), ""
        few = len(filled) < _SECTION_CELLS or len(filled) == _SECTION_CELLS < self._beside_amounts
        if few and len(text) <= _LABEL_LENGTH and not says_total(text):
            return RowRole.SECTION, text
        return RowRole.NOTE, ""

    def _has_formula(self, row: int) -> bool:
        """A formula in an amount column, its result not stored: a line that lacks its amount, not one without."""
        kinds = self._grid.kinds
        return kinds is not None and any(kinds[row][column : column + 1] == "f" for column in self._amount_columns)

    def _repeats_header(self, cells: list[str], filled: list[int]) -> bool:
        same = sum(self._header.get(column) == fold_name(cells[column]) for column in filled)
        texts = [column for column in filled if column in self._amount_columns and mark_of(cells[column]) == TEXT]
        return (
            same > 1
            or (same >= 1 and bool(texts))
            or (len(texts) > 1 and len(texts) == sum(column in self._amount_columns for column in filled))
        )

    def leave_out(self, positions: Sequence[int]) -> None:
        """Candidates that are no lines after all."""
        if positions:
            self.candidates = self.candidates.take(self.candidates.without(positions))

    def label_columns(self) -> Iterator[list[str]]:
        """The label cells of the candidates, a column after the other."""
        return (self._grid.cells(self.candidates.rows, column) for column in self._labels)

    def labels(self, row: int) -> list[str]:
        """The label cells of one row."""
        cells = self._grid.rows[row]
        return [cells[column] for column in self._labels if column < len(cells)]

    def label(self, row: int) -> str:
        """What the row is called: its label cells, joined."""
        return clean_name(" ".join(self.labels(row)))
