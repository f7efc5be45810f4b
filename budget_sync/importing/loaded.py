"""What a load came to, in the words of the history: pure.

In: ``PreparedLines``, ``LoadOutcome``, the file's control totals. Out: state, counts and warnings.
"""

from collections.abc import Sequence

from budget_sync.domain.errors import ControlTotalsDifferError, TooManyErrorsError
from budget_sync.domain.fields import ImportState
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import ImportStats, NamedLines
from budget_sync.loading import LoadOutcome, PreparedLines, UndoOutcome
from budget_sync.mapping.analysis import ControlTotal

_NAMED = 20  # in a sentence
_LISTED = 1_000


def too_many_errors(prepared: PreparedLines, options: ImportOptions, file_name: str) -> TooManyErrorsError:
    """The error that names the column with most of the bad cells."""
    worst, count = max(prepared.bad_cells.items(), key=lambda column: column[1])
    return TooManyErrorsError(
        f"{prepared.error_rows} of {prepared.total_rows} rows of {file_name} are bad, more than the "
        f"{options.allowed_error_rate:.0%} allowed; {count} of the errors are in {worst!r}. Nothing was loaded.",
        error_rows=prepared.error_rows,
        total_rows=prepared.total_rows,
        column=worst,
    )


def totals_agree(totals: Sequence[ControlTotal], options: ImportOptions) -> None:
    """Let the file's own totals pass.

    Raises:
        ControlTotalsDifferError: one is not what its rows add up to, and the options ask for agreement.
    """
    warnings = total_warnings(totals)
    if options.totals_must_agree and warnings:
        raise ControlTotalsDifferError(f"{warnings[0]} Nothing was loaded.", totals=len(warnings))


def total_warnings(totals: Sequence[ControlTotal]) -> list[str]:
    """A sentence for each total of the file that is not what its rows add up to; rows are counted from 1."""
    return [
        f"Row {total.row + 1} ({total.label}) states {total.stated}, but its rows add up to {total.computed}."
        for total in totals
        if total.agrees is False
    ]


def stats_of(prepared: PreparedLines, outcome: LoadOutcome) -> ImportStats:
    """The counts of rows and lines."""
    return ImportStats(
        total_rows=prepared.total_rows,
        success_rows=prepared.success_rows,
        error_rows=prepared.error_rows,
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        removed=outcome.removed,
    )


def state_of(prepared: PreparedLines, outcome: LoadOutcome, *, is_again: bool) -> ImportState:
    """The final state; ``is_again``: the same bytes were loaded with the same mapping before."""
    if is_again and not outcome.changed:
        return ImportState.UNCHANGED
    return ImportState.COMPLETED_WITH_ERRORS if prepared.error_rows else ImportState.COMPLETED


def named_lines(outcome: LoadOutcome | UndoOutcome) -> NamedLines:
    """The lines that a person should look at, each kind up to a thousand."""
    kept = outcome.kept if isinstance(outcome, UndoOutcome) else ()
    return NamedLines(list(kept[:_LISTED]), list(outcome.closed[:_LISTED]), list(outcome.over_committed[:_LISTED]))


def load_warnings(prepared: PreparedLines, outcome: LoadOutcome, totals: Sequence[ControlTotal]) -> list[str]:
    """What a person should know of the load."""
    return [*prepared.notes, *total_warnings(totals), *_line_warnings(outcome)]


def undo_warnings(outcome: UndoOutcome) -> list[str]:
    """What a person should know of an undo."""
    count, names = len(outcome.kept), _named(outcome.kept)
    kept = f"{count} lines were changed since and stay as they are: {names}"
    if count == 1:
        kept = f"1 line was changed since and stays as it is: {names}"
    return [*([kept] if count else []), *_line_warnings(outcome)]


def _line_warnings(outcome: LoadOutcome | UndoOutcome) -> list[str]:
    return [*_over_committed(outcome.over_committed), *_closed(outcome.closed)]


def _over_committed(lines: Sequence[str]) -> list[str]:
    if len(lines) == 1:
        return [f"1 line is now below what is reserved and committed on it: {_named(lines)}"]
    said = f"{len(lines)} lines are now below what is reserved and committed on them: {_named(lines)}"
    return [said] if lines else []


def _closed(lines: Sequence[str]) -> list[str]:
    if len(lines) == 1:
        return [f"1 line has money reserved or committed; it was closed, not removed: {_named(lines)}"]
    said = f"{len(lines)} lines have money reserved or committed; they were closed, not removed: {_named(lines)}"
    return [said] if lines else []


def _named(lines: Sequence[str]) -> str:
    return "; ".join(lines[:_NAMED]) + (" ..." if len(lines) > _NAMED else "")
