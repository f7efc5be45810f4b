"""The rows of a file that were rejected, in the file's own columns, so that they can be corrected and sent again. Pure.

In: ``Understanding`` of the file, its ``RowError``. Out: ``FailedRows``. What stands above the first line (titles, the
header) goes along. A name that the row had from a row above it is written into its own cell, and what only sections
said (a department, say) into a column behind the others: one section above one row is no section any more. So the same
columns mean the same again, though most rows are gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name
from budget_sync.domain.number_style import NumberStyle
from budget_sync.mapping.understanding import RowTexts, Understanding
from budget_sync.reading.structure.rows import RowRole
from budget_sync.validation.lines import RowError

_TITLES = {
    TargetField.DEPARTMENT: "Department",
    TargetField.SUB_CATEGORY: "Sub-category",
    TargetField.FISCAL_PERIOD: "Fiscal period",
    TargetField.CURRENCY: "Currency",
    TargetField.LINE_TYPE: "Line type",
}
_ABOVE = frozenset({RowRole.TITLE, RowRole.HEADER, RowRole.NOTE, RowRole.BLANK})


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row as it goes back: ``row`` is its 0-based place in the file; ``advice``: what to do, by column."""

    row: int
    cells: list[str]
    kinds: str = ""
    advice: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FailedRows:
    """``sheet`` None: of a text file. ``header`` is the position of the last header row in ``rows``, None for none.

    ``styles``: how the numbers of each amount column are written.
    """

    sheet: str | None
    rows: list[AnswerRow]
    header: int | None
    styles: dict[int, NumberStyle]


def failed_rows(understanding: Understanding, errors: Iterable[RowError]) -> FailedRows:
    """The rejected rows with what they need around them."""
    of_row: dict[int, list[RowError]] = defaultdict(list)
    for error in errors:
        of_row[error.row].append(error)
    roles = understanding.roles
    first = next((row for row, role in enumerate(roles) if role is RowRole.LINE), len(roles))
    above = [row for row in range(first) if roles[row] in _ABOVE]
    headers = [row for row in above if roles[row] is RowRole.HEADER]
    answers = _Answers(understanding, headers[-1] if headers else None, list(of_row))
    rows = [answers.plain(row) for row in above]
    written: set[int] = set()
    for row in sorted(of_row):
        for section in answers.sections(row):
            if section not in written:
                rows.append(answers.plain(section))
                written.add(section)
        rows.append(answers.failed(row, of_row[row]))
    return FailedRows(
        understanding.grid.sheet,
        rows,
        above.index(headers[-1]) if headers else None,
        {amount.index: amount.style for amount in understanding.amounts},
    )


def column_of(error: RowError, headers: Sequence[str], cells: Sequence[str]) -> int | None:
    """Which cell of its row an error is about; of columns with one name the one that holds the bad value."""
    named = [index for index, header in enumerate(headers) if header.strip() == error.column]
    if not named and error.column and error.column.startswith("column "):
        named = [int(error.column.removeprefix("column ")) - 1]
    bad = [index for index in named if index < len(cells) and clean_name(cells[index]) == clean_name(error.value)]
    return next(iter([*bad, *named]), None)


class _Answers:
    """The rows of one understood file."""

    def __init__(self, understanding: Understanding, header: int | None, failed: Sequence[int]) -> None:
        self._grid = understanding.grid
        self._roles = understanding.roles
        self._headers = [header.strip() for header in understanding.analysis.headers]
        self._texts = understanding.texts
        self._position = {row: position for position, row in enumerate(understanding.texts.rows)}
        self._labels = [
            (mapping.column_index, _texts_of(understanding.texts, mapping.target_field))
            for mapping in understanding.analysis.mappings
            if mapping.target_field not in (None, TargetField.BUDGETED_AMOUNT)
        ]
        self._header = header
        self._width = max([len(self._headers), *(len(self._grid.rows[row]) for row in failed)])
        positions = [self._position[row] for row in failed if row in self._position]
        mapped = {mapping.target_field for mapping in understanding.analysis.mappings}
        said = {field: _texts_of(self._texts, field) for field in _TITLES if field not in mapped}
        self._said_above = {
            field: texts for field, texts in said.items() if header is not None and any(texts[at] for at in positions)
        }

    def plain(self, row: int) -> AnswerRow:
        """A row as it stands in the file; the header names the columns behind the others."""
        cells = list(self._grid.rows[row])
        if row == self._header and self._said_above:
            cells = [*self._padded(cells), *(_TITLES[field] for field in self._said_above)]
        return AnswerRow(row, cells, self._kinds(row))

    def failed(self, row: int, errors: Sequence[RowError]) -> AnswerRow:
        """A rejected row, the names that it had from above filled in."""
        cells = self._padded(self._grid.rows[row])
        for column, texts in self._labels:
            if column < len(cells) and not cells[column].strip():
                cells[column] = self._from_above(row, column, texts)
        advice: dict[int, str] = {}
        for error in errors:
            column = column_of(error, self._headers, cells) or 0
            advice[column] = f"{advice[column]}\n{error.reason}" if column in advice else error.reason
        position = self._position.get(row)
        cells += ["" if position is None else texts[position] for texts in self._said_above.values()]
        return AnswerRow(row, cells, self._kinds(row), advice)

    def sections(self, row: int) -> list[int]:
        """The sections that the row stands under, outermost first: the nearest, and those whose names it bears.

        None where columns of their own say what the sections said.
        """
        if self._said_above:
            return []
        position = self._position.get(row)
        names = "" if position is None else " ".join(_names(self._texts, position))
        found: list[int] = []
        labels: set[str] = set()
        for above in range(row - 1, -1, -1):
            if self._roles[above] is not RowRole.SECTION:
                continue
            label = clean_name(next((cell for cell in self._grid.rows[above] if cell.strip()), ""))
            if not found or (label in names and label not in labels):
                found.append(above)
                labels.add(label)
        return found[::-1]

    def _padded(self, cells: Sequence[str]) -> list[str]:
        return [*cells, *[""] * (self._width - len(cells))]

    def _from_above(self, row: int, column: int, texts: Sequence[str]) -> str:
        position = self._position.get(row)
        meant = texts[position] if position is not None else ""
        if not meant:
            return ""
        for above in range(row - 1, -1, -1):
            cells = self._grid.rows[above]
            if self._roles[above] is RowRole.LINE and column < len(cells) and cells[column].strip():
                return cells[column] if clean_name(cells[column]) in meant else ""
        return ""

    def _kinds(self, row: int) -> str:
        return self._grid.kinds[row] if self._grid.kinds is not None else ""


def _texts_of(texts: RowTexts, target: TargetField | None) -> list[str]:
    by_field: dict[TargetField | None, list[str]] = {
        TargetField.DEPARTMENT: texts.department,
        TargetField.SUB_CATEGORY: texts.sub_category,
        TargetField.FISCAL_PERIOD: texts.fiscal_period,
        TargetField.CURRENCY: texts.currency,
        TargetField.LINE_TYPE: texts.line_type,
    }
    return by_field.get(target, [])


def _names(texts: RowTexts, position: int) -> tuple[str, str]:
    return texts.department[position], texts.sub_category[position]
