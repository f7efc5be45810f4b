"""Whether a file may go on from its columns to the preview: pure."""

from budget_sync.domain.fields import FileType
from budget_sync.importing.draft_rows import Draft
from budget_sync.mapping.analysis import Question

_ASKED_APART = frozenset({"is_budget"})  # asked in the words of the page, with the evidence


def is_doubted(draft: Draft) -> bool:
    """Whether the file looks like something else, and nobody said that it is a budget after all."""
    detected = draft.outline.analysis.file_type_detection
    return detected.likely_file_type is not FileType.BUDGET and not draft.options.accept_file_type


def may_preview(draft: Draft) -> bool:
    """Whether everything that a line needs is there."""
    return not draft.outline.analysis.required_fields_missing and not is_doubted(draft)


def may_load(draft: Draft) -> bool:
    """Whether it may be imported without a look at the preview: nothing is open, not even what could be left so."""
    return may_preview(draft) and not any(question.blocking for _, question in open_questions(draft))


def open_questions(draft: Draft) -> list[tuple[int, Question]]:
    """What is still to be answered, each with its place in the analysis."""
    asked = enumerate(draft.outline.analysis.questions)
    doubted = is_doubted(draft)
    return [
        (place, question)
        for place, question in asked
        if question.code not in draft.answered and not (doubted and question.code in _ASKED_APART)
    ]
