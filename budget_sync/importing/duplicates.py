"""Rows of a file that are identical in every column: a mistake, or two things that cost the same. Pure.

In: the grid of the file, its validated lines, and what the sender says of such rows. Out: the lines that go on. Rows
of one line that differ in some other column are no duplicates: they are summed.
"""

from budget_sync.domain.errors import ReviewNeededError
from budget_sync.importing.options import Duplicates, ImportOptions
from budget_sync.mapping.analysis import Answer, Question
from budget_sync.reading.document import Grid
from budget_sync.validation.lines import RowError, ValidatedLines

_SAME_LINE = ["column", "department", "sub_category", "fiscal_period", "line_type", "currency", "raw_amount"]
_FIRST_NAMED = 3
SAME_ROWS = "same_rows"  # the question of the analysis, which sees equal cells but not yet equal lines


def repeated_rows(grid: Grid, validated: ValidatedLines) -> dict[int, int]:
    """Each row that repeats an earlier one cell by cell and names the same lines, with that earlier row.

    Rows whose amounts are all zero are left alone: summed or not, nothing changes.
    """
    frame = validated.frame
    is_zero = frame["budgeted_amount"].str.strip("-0.").eq("")
    candidates = frame.loc[frame.duplicated(_SAME_LINE, keep=False) & ~is_zero, "row"]
    first_of: dict[tuple[str, ...], int] = {}
    repeated = {}
    for row in sorted(set(candidates.tolist())):
        first = first_of.setdefault(tuple(grid.rows[row]), row)
        if first != row:
            repeated[row] = first
    return repeated


def settle_duplicates(validated: ValidatedLines, repeated: dict[int, int], options: ImportOptions) -> ValidatedLines:
    """The lines with repeated rows summed, left out or refused, as the sender says.

    Raises:
        ReviewNeededError: the sender did not say, and nobody has confirmed.
    """
    if not repeated:
        return validated
    match options.duplicates:
        case None if not options.confirmed:
            question = duplicates_question(repeated)
            raise ReviewNeededError(question.text, questions=[question.code])
        case Duplicates.FIRST:
            return _without(validated, repeated, [], f"{len(repeated)} rows repeat an earlier row and were left out.")
        case Duplicates.ERROR:
            errors = [
                RowError(row, None, "", "duplicate_row", f"It repeats row {first + 1} in every column.")
                for row, first in repeated.items()
            ]
            return _without(validated, repeated, errors, None)
    return validated


def duplicates_question(repeated: dict[int, int]) -> Question:
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


def _without(
    validated: ValidatedLines, repeated: dict[int, int], errors: list[RowError], note: str | None
) -> ValidatedLines:
    kept = validated.frame[~validated.frame["row"].isin(list(repeated))]
    notes = [*validated.notes, note] if note else validated.notes
    return ValidatedLines(kept.reset_index(drop=True), [*validated.errors, *errors], validated.total_rows, notes)
