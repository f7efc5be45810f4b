"""The answers that are offered where a file leaves its year, period or department open, and what each would change.

In: an ``Understanding``, the names that the customer has, the day. Out: its questions, these with answers beside the
free text that any of them takes. Nothing is chosen for anybody: the questions stay as blocking as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import PurePath

import msgspec

from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name, fold_name
from budget_sync.domain.periods import FiscalPeriod, PeriodKind
from budget_sync.domain.vocabulary import vocabulary, words_of
from budget_sync.mapping.analysis import Answer, ColumnMapping, Question
from budget_sync.mapping.name_questions import KnownNames
from budget_sync.mapping.understanding import Understanding

COLUMN = "column:"  # an answer that is a column of the file: ``column:2`` is the third
_MOST_NAMES = 6
_MOST_COLUMNS = 3
_MOST_SHOWN = 3
_FILLED = 0.9  # a column of departments leaves few lines without one
_LONGEST = 60  # characters; longer ones describe
_APART = re.compile(r"[\W_]+")
_FREE = (None, TargetField.SUB_CATEGORY)  # what a column may be now and become the department instead


def with_offered_answers(understanding: Understanding, known: KnownNames, today: date, start: int) -> list[Question]:
    """The questions of the analysis; ``start``: the first month of the customer's fiscal year."""
    offers: dict[str, Callable[[], Iterable[Answer]]] = {
        "which_year": lambda: _years(understanding, today, start),
        "which_period": lambda: _periods(understanding, today, start),
        "which_department": lambda: [*_columns(understanding), *_names(understanding, known)],
    }
    return [
        msgspec.structs.replace(question, answers=list(offers[question.code]()))
        if question.code in offers
        else question
        for question in understanding.analysis.questions
    ]


def _nearest_years(today: date, start: int) -> tuple[int, int, int]:
    """Budgets are made for this year or the next; last year's come late."""
    now = FiscalPeriod(today.year, PeriodKind.MONTH, today.month).fiscal_year(start)
    return now, now + 1, now - 1


def _years(understanding: Understanding, today: date, start: int) -> Iterator[Answer]:
    for year in _nearest_years(today, start):
        parts = [(one.part, one.fiscal_year_start) for one in understanding.amounts if one.part is not None]
        periods = [period for part, begins in parts if (period := part.to_period(begins, year)) is not None]
        if periods:
            yield _period(year, f"its columns stand for {periods[0]} to {periods[-1]}; {_rows(understanding)}")
        elif not parts:
            yield _period(year, f"the months of its rows are those of {FiscalPeriod(year)}; {_rows(understanding)}")


def _periods(understanding: Understanding, today: date, start: int) -> Iterator[Answer]:
    for year in _nearest_years(today, start):
        yield _period(year, f"{_rows(understanding)}, count for the whole of {FiscalPeriod(year)}")


def _period(year: int, effect: str) -> Answer:
    code = str(FiscalPeriod(year))
    return Answer(code, code, effect)


def _names(understanding: Understanding, known: KnownNames) -> Iterator[Answer]:
    """The department that the sheet or the file is named for, then those that the customer has."""
    analysis = understanding.analysis
    beside = [_APART.sub(" ", text) for text in (analysis.sheet or "", PurePath(analysis.file_name).stem)]
    words = fold_name(" ".join(beside))
    names = sorted(known.departments, key=lambda name: f" {fold_name(name)} " not in f" {words} ")[:_MOST_NAMES]
    called = {fold_name(name) for name in names}
    told = (name for text in beside if (name := _named_for(text)) and fold_name(name) not in called)
    for name in [*islice(told, 1), *names]:
        yield Answer(name, name, f"{_rows(understanding)}, are loaded for {name!r}")


def _named_for(text: str) -> str:
    """The department that a sheet or a file is named for, as written: ``Marketing`` of ``Marketing budget 2026``."""
    hit = max(vocabulary().usual_departments.names.hits(text), key=lambda hit: hit.end - hit.start, default=None)
    written = text.split()
    return " ".join(written[hit.start : hit.end]) if hit and words_of(text) == tuple(map(fold_name, written)) else ""


def _columns(understanding: Understanding) -> Iterator[Answer]:
    """Columns of words that repeat or could be names: each as the department instead of what it is now."""
    found = 0
    for mapping in understanding.analysis.mappings:
        names = _distinct(understanding, mapping) if mapping.target_field in _FREE else []
        if len(names) < 2 or found == _MOST_COLUMNS:  # noqa: PLR2004 - one name for all is no column of departments
            continue
        found += 1
        header = clean_name(mapping.source_column) or f"column {mapping.column_index + 1}"
        shown = ", ".join(names[:_MOST_SHOWN]) + (" ..." if len(names) > _MOST_SHOWN else "")
        effect = f"its {len(names)} names become the departments: {shown}"
        yield Answer(f"{COLUMN}{mapping.column_index}", f"Column {header!r}", effect)


def _distinct(understanding: Understanding, mapping: ColumnMapping) -> list[str]:
    """The names in a column's lines; none where it holds no words or leaves lines without one."""
    rows = understanding.texts.rows
    cells = [name for cell in understanding.grid.cells(rows, mapping.column_index) if (name := clean_name(cell))]
    words = sum(len(cell) <= _LONGEST and any(map(str.isalpha, cell)) for cell in cells)
    return list(dict.fromkeys(cells)) if rows and words >= _FILLED * len(rows) else []


def _rows(understanding: Understanding) -> str:
    analysis = understanding.analysis
    count, total = analysis.budget_rows, analysis.sum_budgeted * analysis.amount_scale
    return f"{count} row{'' if count == 1 else 's'}, {total:,f} together"
