"""Whether what was understood may be loaded without a person: pure.

In: ``Analysis``, ``ImportOptions``. Out: None, or the error that stands in the way; its class says in which state the
import waits or ends.
"""

from budget_sync.domain.errors import BudgetSyncError, MappingIncompleteError, NotABudgetError, ReviewNeededError
from budget_sync.domain.fields import FileType, ImportMode, ImportState
from budget_sync.importing.duplicates import SAME_ROWS
from budget_sync.importing.options import ImportOptions, ReplaceScope
from budget_sync.mapping.analysis import Analysis

_STATE_OF = {
    NotABudgetError.code: ImportState.REJECTED,
    MappingIncompleteError.code: ImportState.NEEDS_REVIEW,
    ReviewNeededError.code: ImportState.NEEDS_REVIEW,
}


def hindrance(analysis: Analysis, options: ImportOptions, *, was_shown: bool = False) -> BudgetSyncError | None:
    """What keeps the file from being loaded, the gravest first; ``was_shown``: in a dry run a short while ago."""
    detected = analysis.file_type_detection
    if detected.likely_file_type is not FileType.BUDGET and not options.accept_file_type:
        evidence = f": {detected.evidence[0].rstrip('. ')}" if detected.evidence else ""
        return NotABudgetError(
            f"{analysis.file_name} looks like {_with_article(detected.likely_file_type)}, not a budget{evidence}. "
            "Nothing was loaded; if it is a budget after all, import it as one (acceptFileType; on the command line "
            "--yes).",
            likely_file_type=detected.likely_file_type,
            confidence=detected.confidence,
        )
    if analysis.required_fields_missing:
        missing = ", ".join(field.in_words for field in analysis.required_fields_missing)
        return MappingIncompleteError(
            f"{analysis.file_name} has no column for {missing}. Map one, or give a default.",
            missing=list(analysis.required_fields_missing),
        )
    # Equal rows are judged with their lines, once these are known: under two sections they are two lines.
    blocking = [question for question in analysis.questions if question.blocking and question.code != SAME_ROWS]
    if blocking and options.mappings is None and not options.confirmed:
        return ReviewNeededError(
            f"{analysis.file_name} waits for an answer: {blocking[0].text}", questions=[q.code for q in blocking]
        )
    reaches_far = options.mode is ImportMode.REPLACE and options.replace_scope is ReplaceScope.SOURCE
    if reaches_far and not (options.confirmed or options.dry_run or was_shown):
        return ReviewNeededError(
            "A replace of everything that this source wrote waits for a person: look at its dry run, then import it "
            "again, or confirm this import."
        )
    if options.always_review and not (options.confirmed or options.dry_run or options.mappings is not None):
        return ReviewNeededError(
            f"{analysis.file_name} waits for a person, as every file of its source does: look at it, then confirm it."
        )
    return None


def state_after(error: BudgetSyncError) -> ImportState:
    """The state in which an import rests after this error."""
    return _STATE_OF.get(error.code, ImportState.FAILED)


def _with_article(file_type: FileType) -> str:
    named = {
        FileType.PAYROLL: "a payroll",
        FileType.EXPENSES: "an expense report",
        FileType.INVOICE: "an invoice list",
        FileType.OTHER: "something else",
    }
    return named.get(file_type, file_type)
