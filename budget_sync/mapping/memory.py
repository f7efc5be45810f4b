"""What a customer's source taught: a layout that comes again is mapped as before, and compared with before.

In: an ``Understanding``. Out: ``Lesson``, what a load of it teaches; of a ``RememberedLayout``, the mappings to lay
over the next file, and that file's ``Analysis`` as it stands once the memory has answered its questions.

Periods are remembered only where the header itself names their year: ``Jan`` of the file for 2025 is not ``Jan`` of the
file for 2026, so title, sheet or file name must say it anew.
"""

import hashlib
import re
from datetime import datetime
from enum import StrEnum

import msgspec

from budget_sync.domain.fields import FileType, TargetField
from budget_sync.domain.names import fold_name
from budget_sync.domain.period_text import find_period
from budget_sync.mapping.analysis import WHICH_TABLE, Analysis, ColumnMapping, Question
from budget_sync.mapping.drift import LayoutProfile, drift_question, find_drift
from budget_sync.mapping.layout_profile import profile_layout
from budget_sync.mapping.understanding import Understanding
from budget_sync.mapping.unsure_columns import UNSURE_COLUMN

_SETTLED = frozenset({"is_budget", "which_amount", UNSURE_COLUMN})  # questions that the approved mapping itself answers
_NUMBERS = "which_decimal_sign"
_FIGURES = re.compile("[0-9]+")  # the sheet Plan 2026 follows Plan 2025


class Standing(StrEnum):
    """How a layout was learnt.

    ``APPROVED``: a person gave the mappings, or confirmed the import; the mapping is replayed. ``LOADED``: it loaded
    without a question; nothing is replayed, so that a better lexicon may still understand it better, but a file that
    looks or is understood differently is held.
    """

    APPROVED = "approved"
    LOADED = "loaded"


class Lesson(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one understood file teaches once it has loaded. ``sheet``, ``header_row``, ``encoding``: as asked for.

    ``fingerprint`` is of the file as the program found it by itself, or as asked. ``encoding_used`` and ``delimiter``
    are those of the reading.
    """

    fingerprint: str
    mappings: list[ColumnMapping]
    profile: LayoutProfile
    file_type: FileType
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    encoding_used: str | None = None
    delimiter: str | None = None


class RememberedLayout(msgspec.Struct, frozen=True):
    """A lesson with its standing and when it was learnt."""

    lesson: Lesson
    standing: Standing
    learnt_at: datetime


def fingerprint_of(analysis: Analysis) -> str:
    """What makes two tables one layout: folded headers in their order, and the sheet's name but for its figures.

    How the amounts lie follows from the headers and the mapping, so it is compared as part of the mapping.
    """
    parts = [[fold_name(header) for header in analysis.headers], _FIGURES.sub("#", fold_name(analysis.sheet))]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def lesson_of(
    understanding: Understanding,
    default_currency: str | None,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Lesson:
    """What the file teaches; ``sheet`` and ``header_row`` as a person asked for them."""
    analysis = understanding.analysis
    return Lesson(
        fingerprint=fingerprint_of(analysis),
        mappings=[_lasting(mapping, analysis.headers) for mapping in analysis.mappings if mapping.target_field],
        profile=profile_layout(understanding, default_currency),
        file_type=analysis.file_type_detection.likely_file_type,
        sheet=sheet,
        header_row=header_row,
        encoding_used=analysis.encoding,
        delimiter=analysis.delimiter,
    )


def same_mapping(lesson: Lesson, analysis: Analysis) -> bool:
    """Whether the file is understood as the lesson says, without its help."""
    found = [_lasting(mapping, analysis.headers) for mapping in analysis.mappings if mapping.target_field]
    return [_essence(mapping) for mapping in found] == [_essence(mapping) for mapping in lesson.mappings]


def accepts_file_type(remembered: RememberedLayout, analysis: Analysis) -> bool:
    """Whether a person has loaded this layout although it looked like something else."""
    detected = analysis.file_type_detection.likely_file_type
    return remembered.standing is Standing.APPROVED and remembered.lesson.file_type is detected


def with_memory(analysis: Analysis, remembered: RememberedLayout, lesson: Lesson) -> Analysis:
    """The analysis as it stands beside what is remembered; ``lesson``: what this file would teach."""
    drifted = find_drift(remembered.lesson.profile, lesson.profile, analysis.headers)
    if remembered.standing is Standing.LOADED:
        others = _other_mappings(remembered.lesson, analysis)
        return _asked(analysis, [*_drift_question([*others, *drifted]), *analysis.questions])
    same_numbers = remembered.lesson.profile.decimals == lesson.profile.decimals
    settled = _SETTLED if remembered.lesson.header_row is None else {*_SETTLED, WHICH_TABLE}
    kept = [
        question
        for question in analysis.questions
        if question.code not in settled and not (question.code == _NUMBERS and same_numbers)
    ]
    approved = _asked(analysis, [*_drift_question(drifted), *kept], accepts=accepts_file_type(remembered, analysis))
    day = remembered.learnt_at.date().isoformat()
    return msgspec.structs.replace(
        approved,
        mappings=[_as_approved(mapping) for mapping in analysis.mappings],
        notes=[*analysis.notes, f"The columns are mapped as they were approved for this layout on {day}."],
    )


def _asked(analysis: Analysis, questions: list[Question], *, accepts: bool = False) -> Analysis:
    is_budget = accepts or analysis.file_type_detection.likely_file_type is FileType.BUDGET
    blocked = any(question.blocking for question in questions)
    return msgspec.structs.replace(
        analysis,
        questions=questions,
        can_proceed=is_budget and not blocked and not analysis.required_fields_missing,
    )


def _drift_question(sentences: list[str]) -> list[Question]:
    return [drift_question(sentences)] if sentences else []


def _other_mappings(lesson: Lesson, analysis: Analysis) -> list[str]:
    """In words, the columns that are now understood otherwise than when the layout was loaded."""
    before = {mapping.column_index: mapping.target_field for mapping in lesson.mappings}
    now = {mapping.column_index: mapping.target_field for mapping in analysis.mappings if mapping.target_field}
    return [
        f"column '{analysis.headers[index]}' was {_named(before.get(index))} and would now be {_named(now.get(index))}"
        for index in sorted({*before, *now})
        if index < len(analysis.headers) and before.get(index) is not now.get(index)
    ]


def _named(field: TargetField | None) -> str:
    return field.in_words if field else "left out"


def _lasting(mapping: ColumnMapping, headers: list[str]) -> ColumnMapping:
    """What of a mapping holds for the next file too."""
    header = headers[mapping.column_index] if mapping.column_index < len(headers) else mapping.source_column
    period = find_period(header)
    return ColumnMapping(
        source_column=mapping.source_column,
        column_index=mapping.column_index,
        target_field=mapping.target_field,
        confidence=1.0,
        reason="",
        period=mapping.period if period is not None and period.year is not None else None,
        label=mapping.label,
    )


def _essence(mapping: ColumnMapping) -> tuple[int, TargetField | None, str | None, str | None]:
    return mapping.column_index, mapping.target_field, mapping.period, mapping.label


def _as_approved(mapping: ColumnMapping) -> ColumnMapping:
    if mapping.target_field is None:
        return mapping
    return msgspec.structs.replace(mapping, confidence=1.0, reason=f"approved before for this layout; {mapping.reason}")
