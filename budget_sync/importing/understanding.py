"""A file understood with what its customer taught: the memory of its source first, then the rules of the mapping room.

In: bytes, what was asked, what counts where the file is silent, what was taught. Out: ``Understood``. Pure but for the
child process that parses workbooks.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.errors import UnreadableFileError
from budget_sync.importing.corrections import corrected
from budget_sync.importing.file_rows import read_incoming
from budget_sync.importing.knowledge import Knowledge
from budget_sync.importing.options import ImportOptions
from budget_sync.mapping import understand
from budget_sync.mapping.chosen_place import require_place
from budget_sync.mapping.memory import (
    Lesson,
    RememberedLayout,
    Standing,
    accepts_file_type,
    fingerprint_of,
    lesson_of,
    same_mapping,
    with_memory,
)
from budget_sync.mapping.name_questions import name_questions
from budget_sync.mapping.offered_answers import with_offered_answers
from budget_sync.mapping.understanding import Understanding, UnderstandingRequest
from budget_sync.reading.document import Document

_UNICODE = "utf"  # its bytes leave nothing open
_MOST_PLACES = 5  # other sheets and header rows that a person once chose and that are tried


@dataclass(frozen=True, slots=True)
class Understood:
    """``lesson``: what the file teaches once it has loaded. ``accepts_file_type``: whatever kind it looks like."""

    understanding: Understanding
    lesson: Lesson
    accepts_file_type: bool = False


def understand_incoming(
    content: bytes, file_name: str, options: ImportOptions, defaults: Defaults, known: Knowledge
) -> Understood:
    """Read and understand a file as the options ask; where they give no mappings, as the source's memory says.

    Raises:
        UnreadableFileError: the bytes are no table.
        InvalidRequestError: the file has no such sheet or row as the options name.
    """
    encoding = options.encoding or next((one.lesson.encoding for one in known.layouts if one.lesson.encoding), None)
    document = corrected(_read(content, file_name, options, encoding), options.corrections)
    require_place(document, options.sheet, options.header_row)
    understood = _with_memory(document, options, defaults, known)
    understood = replace(understood, lesson=msgspec.structs.replace(understood.lesson, encoding=encoding))
    understanding = understood.understanding
    asked = with_offered_answers(understanding, known.names, known.today, defaults.fiscal_year_start)
    asked += name_questions(understanding, known.names)
    analysis = msgspec.structs.replace(understanding.analysis, questions=asked)
    return replace(understood, understanding=replace(understanding, analysis=analysis))


def _read(content: bytes, file_name: str, options: ImportOptions, encoding: str | None) -> Document:
    """As a person chose the encoding; one chosen for an earlier file of the source counts where bytes leave it open."""
    document = read_incoming(content, file_name, options.encoding)
    if encoding in (None, options.encoding, document.encoding) or (document.encoding or _UNICODE).startswith(_UNICODE):
        return document
    with suppress(UnreadableFileError):
        return read_incoming(content, file_name, encoding)
    return document


def _with_memory(document: Document, options: ImportOptions, defaults: Defaults, known: Knowledge) -> Understood:
    mappings = tuple(options.mappings) if options.mappings is not None else None
    request = UnderstandingRequest(
        options.sheet,
        options.header_row,
        mappings,
        defaults,
        known.words,
        options.decimal_sign,
        options.layout,
        frozenset(options.overruled),
    )
    understanding = understand(document, request)
    if mappings is None and options.layout is None:
        for place, found in _places(document, request, understanding, known):
            remembered = _recognised(found, known)
            if remembered is not None:
                return _remembered(document, place, found, remembered)
    return Understood(understanding, _lesson(understanding, request))


def _places(
    document: Document, request: UnderstandingRequest, understanding: Understanding, known: Knowledge
) -> Iterator[tuple[UnderstandingRequest, Understanding]]:
    """The file as the program finds its table, then at the sheets and header rows that a person once chose."""
    yield request, understanding
    if request.sheet is not None or request.header_row is not None:
        return
    chosen = [(one.lesson.sheet, one.lesson.header_row) for one in known.layouts]
    for sheet, header_row in list(dict.fromkeys(one for one in chosen if one != (None, None)))[:_MOST_PLACES]:
        if sheet is None or any(grid.sheet == sheet for grid in document.grids):
            place = replace(request, sheet=sheet, header_row=header_row)
            yield place, understand(document, place)


def _recognised(understanding: Understanding, known: Knowledge) -> RememberedLayout | None:
    fingerprint = fingerprint_of(understanding.analysis)
    return next((one for one in known.layouts if one.lesson.fingerprint == fingerprint), None)


def _remembered(
    document: Document, place: UnderstandingRequest, found: Understanding, remembered: RememberedLayout
) -> Understood:
    """The file as the memory maps it, held against what earlier files looked like."""
    if remembered.standing is Standing.APPROVED and not same_mapping(remembered.lesson, found.analysis):
        mapped = replace(place, sheet=found.analysis.sheet, mappings=tuple(remembered.lesson.mappings))
        found = understand(document, mapped)
    lesson = _lesson(found, place)
    analysis = with_memory(found.analysis, remembered, lesson)
    return Understood(
        replace(found, analysis=analysis), lesson, accepts_file_type=accepts_file_type(remembered, found.analysis)
    )


def _lesson(understanding: Understanding, request: UnderstandingRequest) -> Lesson:
    return lesson_of(understanding, request.defaults.currency, sheet=request.sheet, header_row=request.header_row)
