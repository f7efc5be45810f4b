"""Rows of a file that are identical in every column: a mistake, or two things that cost the same. Pure.

In: the rows that repeat another cell by cell, the validated lines part by part, and what the sender says of such rows.
Out: the lines that go on. Rows of one line that differ in some other column are no duplicates: they are summed.
"""

from collections.abc import Mapping

from budget_sync.domain.errors import ReviewNeededError
from budget_sync.importing.options import Duplicates, ImportOptions
from budget_sync.mapping.analysis import Answer, Question
from budget_sync.validation.lines import RowError, ValidatedLines

_SAME_LINE = ["column", "department", "sub_category", "fiscal_period", "line_type", "currency"]
_FIRST_NAMED = 3
SAME_ROWS = "same_rows"  # the question of the analysis, which sees equal cells but not yet equal lines


class RepeatedRows:
    """Looks at the lines of a file part by part; ``found``: each row that repeats an earlier one, with that row.

    Such rows are equal cell by cell (``repeats``) and name the same lines. Rows whose amounts are all zero are left
    alone: summed or not, nothing changes.
    """

    def __init__(self, repeats: Mapping[int, int]) -> None:
        self.found: dict[int, int] = {}
        self._group_of = dict(repeats) | {first: first for first in repeats.values()}
        self._first_of: dict[tuple[object, ...], int] = {}

    def look_at(self, part: ValidatedLines) -> None:
        """The next part of the file."""
        if not self._group_of:
            return
        lines = part.lines
        columns = zip(*(lines.texts(name) for name in _SAME_LINE), strict=True)
        for row, amount, line in zip(lines.row, lines.budgeted_amount, columns, strict=True):
            if row in self._group_of and amount.strip("-0."):
                first = self._first_of.setdefault((self._group_of[row], *line), row)
                if first != row:
                    self.found[row] = first


def open_question(repeated: Mapping[int, int], options: ImportOptions) -> Question | None:
    """What must be asked of repeated rows before anything is loaded; None where there are none, or the sender said."""
    if not repeated or options.duplicates is not None or options.confirmed:
        return None
    return duplicates_question(repeated)


def review_needed(question: Question) -> ReviewNeededError:
    """The error of an import that waits for the answer."""
    return ReviewNeededError(question.text, questions=[question.code])


def left_out(repeated: Mapping[int, int], options: ImportOptions) -> Mapping[int, int]:
    """The repeated rows that do not go on, as the sender says; those that are counted do."""
    return repeated if options.duplicates in (Duplicates.FIRST, Duplicates.ERROR) else {}


def without_repeated(part: ValidatedLines, repeated: Mapping[int, int], options: ImportOptions) -> ValidatedLines:
    """The lines of a part without these rows, which are errors where the sender says so."""
    lines = part.lines
    kept = [row not in repeated for row in lines.row]
    if all(kept):
        return part
    errors = part.errors
    if options.duplicates is Duplicates.ERROR:
        refused = [
            RowError(row, None, "", "duplicate_row", f"It repeats row {repeated[row] + 1} in every column.")
            for row in dict.fromkeys(row for row in lines.row if row in repeated)
        ]
        errors = sorted([*errors, *refused], key=lambda error: error.row)
    return ValidatedLines(lines.only(kept), errors, part.total_rows, part.notes)


def repeated_notes(repeated: Mapping[int, int], options: ImportOptions) -> list[str]:
    """What a person should know of repeated rows that were left out."""
    if not repeated or options.duplicates is not Duplicates.FIRST:
        return []
    return [f"{len(repeated)} rows repeat an earlier row and were left out."]


def duplicates_question(repeated: Mapping[int, int]) -> Question:
    """What a person is asked about the repeated rows; rows are counted from 1, as a reader does."""
    pairs = [f"{row + 1} repeats {first + 1}" for row, first in list(repeated.items())[:_FIRST_NAMED]]
    more = ", ..." if len(repeated) > _FIRST_NAMED else ""
    return Question(
        code=SAME_ROWS,
        text=f"{len(repeated)} rows are identical to an earlier row in every column (row {', '.join(pairs)}{more}). "
        "Do they count, or are they there by mistake?",
        answers=[
            Answer(Duplicates.SUM, "Count them", "Their amounts are added up."),
            Answer(Duplicates.FIRST, "Leave them out", "Only the first of each is loaded."),
            Answer(Duplicates.ERROR, "Refuse them", "They are reported as bad rows."),
        ],
    )
