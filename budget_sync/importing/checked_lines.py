"""The lines of an understood file on their way to the load: checked, repeated rows settled, names as answered. Pure.

In: ``Understanding``, what was asked and taught. Out: ``CheckedLines``. A file goes through part by part; only where
repeated rows are to be left out, which the last row may still decide, it goes through a second time without them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.errors import BudgetSyncError
from budget_sync.importing.aliases import Aliases, AliasUse, AnsweredNames, name_notes
from budget_sync.importing.duplicates import (
    RepeatedRows,
    left_out,
    open_question,
    repeated_notes,
    review_needed,
    without_repeated,
)
from budget_sync.importing.loaded import too_many_errors
from budget_sync.importing.options import ImportOptions
from budget_sync.loading import PreparedLines, PreparedPart, prepare
from budget_sync.mapping.analysis import Question
from budget_sync.mapping.understanding import Understanding
from budget_sync.validation import PART_LINES, validate_parts
from budget_sync.validation.lines import ValidatedLines


@dataclass(frozen=True, slots=True)
class CheckedLines:
    """``question``: what must be asked before anything is loaded. ``uses``: spellings that were answered before."""

    prepared: PreparedLines
    question: Question | None
    uses: list[AliasUse]


def check_lines(
    understanding: Understanding,
    defaults: Defaults,
    options: ImportOptions,
    aliases: Aliases,
    *,
    part_lines: int = PART_LINES,
    take: Callable[[PreparedPart], None] | None = None,
) -> CheckedLines:
    """Every line of the file, in parts of about ``part_lines`` amounts.

    ``take`` gets each part as soon as it is prepared; only for a file without rows that repeat another.
    """
    repeated = RepeatedRows(understanding.repeats)
    names = AnsweredNames(aliases)
    parts = validate_parts(understanding, defaults, part_lines=part_lines)
    prepared = prepare(map(names.put, _looked_at(parts, repeated)), take=take)
    gone = left_out(repeated.found, options)
    if gone:
        names = AnsweredNames(aliases)
        parts = validate_parts(understanding, defaults, part_lines=part_lines)
        prepared = prepare(names.put(without_repeated(part, gone, options)) for part in parts)
    notes = [*repeated_notes(gone, options), *name_notes(understanding.analysis), *names.notes()]
    return CheckedLines(
        prepared=msgspec.structs.replace(prepared, notes=[*prepared.notes, *notes]),
        question=open_question(repeated.found, options),
        uses=names.uses,
    )


def refusal(checked: CheckedLines, options: ImportOptions, file_name: str) -> BudgetSyncError | None:
    """Why the lines may not be loaded: something is to be asked, or more rows are bad than the options allow."""
    if checked.question is not None:
        return review_needed(checked.question)
    prepared = checked.prepared
    if prepared.error_rows > prepared.total_rows * options.allowed_error_rate:
        return too_many_errors(prepared, options, file_name)
    return None


def _looked_at(parts: Iterator[ValidatedLines], repeated: RepeatedRows) -> Iterator[ValidatedLines]:
    for part in parts:
        repeated.look_at(part)
        yield part
