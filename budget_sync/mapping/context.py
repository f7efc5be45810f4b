"""What holds for the whole file: its period, currency, scale and department, from titles, sheet and file name.

In: the document, the sheet, its header and columns. Out: ``FileContext``, each value with where it came from.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Self

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import LineType, TargetField
from budget_sync.domain.month_ends import without_month_ends
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import PeriodText, find_period
from budget_sync.domain.vocabulary import find_scale, vocabulary
from budget_sync.mapping.budget_titles import names_budget
from budget_sync.mapping.columns import Column
from budget_sync.mapping.currency_marks import beside_figures, currency_in
from budget_sync.mapping.line_type_beside import header_of_names, line_type_of
from budget_sync.mapping.shared_symbols import told_in_words
from budget_sync.reading.document import Document, Grid
from budget_sync.reading.structure.cells import NUMBER, mark_of
from budget_sync.reading.structure.header import Header

_TITLE_ROWS = 12
_SURE_WORD = 0.7
_SOME, _MOSTLY = 0.1, 0.5
_SHORT = 4  # words
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Found:
    """A text that says something for the whole file, and where it stands."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class FileContext:
    """``period`` may lack its year, ``period_code`` is it as stored; ``scale`` is what amounts are multiplied by.

    ``year`` completes months and quarters: the file's, else the one that the import gives.
    """

    period: PeriodText | None = None
    year: int | None = None
    period_code: str = ""
    period_origin: str = ""
    currency: str = ""
    currency_origin: str = ""
    scale: int = 1
    scale_origin: str = ""
    line_type: LineType | None = None
    line_type_origin: str = ""
    department: str = ""
    titles: tuple[str, ...] = ()

    def without(self, fields: Collection[TargetField], defaults: Defaults) -> Self:
        """What is left where a person says of these fields that it is otherwise."""
        found = self
        if TargetField.FISCAL_PERIOD in fields:
            found = replace(found, period=None, year=defaults.fiscal_year(), period_code="", period_origin="")
        if TargetField.CURRENCY in fields:
            found = replace(found, currency="", currency_origin="")
        return replace(found, department="") if TargetField.DEPARTMENT in fields else found

    def notes(self, *, periods_in_headers: bool = False) -> list[str]:
        """What was taken from beside the table, in words; no word of a period where every amount's header has one."""
        found = []
        if self.period_code and not periods_in_headers:
            found.append(f"Where no column says it, the period is {self.period_code}, from the {self.period_origin}.")
        if self.currency:
            found.append(f"The currency is {self.currency}, from the {self.currency_origin}.")
        if self.scale > 1:
            found.append(f"Amounts are multiplied by {self.scale:,}, as the {self.scale_origin} says.")
        if self.line_type is LineType.REVENUE:
            found.append(f"Where no row says it, the lines are revenue, as the {self.line_type_origin} says.")
        return found


def read_context(
    document: Document, grid: Grid, header: Header, columns: Sequence[Column], defaults: Defaults
) -> FileContext:
    """Everything that titles, headers, the sheet's and the file's name say of the whole."""
    beside = _beside(grid, header, document.file_name)
    labels = without_month_ends([column.label for column in columns])
    places = [*(Found(label, "header") for label in labels if label.strip()), *beside]
    period, period_origin = _period(places)
    guess, currency_origin = _currency(places, columns, grid.number_units.values())
    cells = (cell for column in columns if column.profile.money_marks > 0 for cell in column.profile.samples)
    said = [place.text for place in beside if place.origin != "sheet"]
    said += [column.label for column in columns if _is_of_amounts(column, guess)]
    currency = told_in_words(guess, said, [*(place.text for place in places), *cells]) if guess else ""
    scale, scale_origin = _scale(places, columns)
    names = header_of_names(grid, header, columns)
    line_type, line_origin = _line_type([Found(names, "header"), *beside])
    whole = period.to_period(defaults.fiscal_year_start) if period else None
    return FileContext(
        period=period,
        year=(period.year if period else None) or defaults.fiscal_year(),
        period_code=str(whole) if whole else "",
        period_origin=period_origin,
        currency=currency,
        currency_origin=currency_origin,
        scale=scale,
        scale_origin=scale_origin,
        line_type=line_type,
        line_type_origin=line_origin,
        department=_department(grid, header),
        titles=tuple(place.text for place in beside if place.origin == "title"),
    )


def year_beside(grid: Grid, header: Header, file_name: str) -> int | None:
    """The year that titles, the sheet or the file's name give to the whole table; None where they name none."""
    period, _ = _period(_beside(grid, header, file_name))
    return period.year if period else None


def budget_beside(grid: Grid, header: Header, file_name: str) -> bool:
    """Whether a title, the sheet or the file's name says that the table is a budget."""
    return any(names_budget(place.text) for place in _beside(grid, header, file_name))


def _beside(grid: Grid, header: Header, file_name: str) -> list[Found]:
    """What stands beside the table, the nearest first."""
    places = [Found(title, "title") for title in _titles(grid, header)]
    places += [Found(grid.sheet, "sheet")] if grid.sheet else []
    return [*places, Found(PurePath(file_name).stem, "file name")]


def _department(grid: Grid, header: Header) -> str:
    """``Department: Sales``, ``Department | Sales`` or ``Department: | Sales`` above the table."""
    words = vocabulary().fields[TargetField.DEPARTMENT].positive
    first = header.first if header.first is not None else header.body
    for row in grid.rows[: min(first, _TITLE_ROWS)]:
        filled = [clean_name(cell) for cell in row if cell.strip()]
        for place, cell in enumerate(filled):
            name, _, value = cell.partition(":")
            if words.is_whole(name) and words.weight(name) >= _SURE_WORD:
                following = filled[place + 1] if len(filled) > place + 1 else ""
                named = clean_name(value) or ("" if _is_label(following) else following)
                if named and find_scale(named) is None and not currency_in(named):
                    return named
    return ""


def _is_label(text: str) -> bool:
    """``Fiscal year`` or ``Prepared by:``: the next thing that a form asks for, left empty or not."""
    return text.endswith(":") or any(words.positive.is_whole(text) for words in vocabulary().fields.values())


def _titles(grid: Grid, header: Header) -> list[str]:
    first = header.first if header.first is not None else _first_numbers(grid)
    above = [cell for row in grid.rows[: min(first, _TITLE_ROWS)] for cell in row if cell.strip()]
    return list(dict.fromkeys(clean_name(cell) for cell in above))


def _first_numbers(grid: Grid) -> int:
    """Of a table without a header: the row of its first figures."""
    marks = ((row, mark_of(cell)) for row in range(min(len(grid.rows), _TITLE_ROWS)) for cell in grid.rows[row])
    return next((row for row, mark in marks if mark == NUMBER), 0)


def _period(places: Iterable[Found]) -> tuple[PeriodText | None, str]:
    """The first place that names a year, a header last. The date of a print or a decision is no plan's time."""
    found = [(period, place.origin) for place in places if (period := find_period(place.text)) and not period.day]
    years = [one for one in found if one[0].year is not None and one[1] != "header"]
    years += [one for one in found if one[0].year is not None and one[1] == "header"]
    return years[0] if years else (None, "")


def _currency(places: Iterable[Found], columns: Sequence[Column], units: Iterable[str]) -> tuple[str, str]:
    for place in places:
        code = currency_in(place.text)
        if code:
            return code, place.origin
    beside = Counter(
        beside_figures(cell)
        for column in columns
        if column.profile.money_marks > _SOME and "code" not in column.evidence.tags  # R-001 numbers a request
        for cell in column.profile.samples
    )
    shown = Counter(map(beside_figures, units))
    for marks, origin in ((beside, "cells"), (shown, "number format")):
        del marks[""]
        if marks:
            return marks.most_common(1)[0][0], origin
    return "", ""


def _is_of_amounts(column: Column, currency: str) -> bool:
    """``Canadian dollar rate`` and ``Peso %`` are headers of other figures."""
    marked = column.profile.money_marks > _SOME or currency_in(column.label) == currency
    named = column.evidence.strength(TargetField.BUDGETED_AMOUNT) >= _SURE_WORD
    return (marked or named) and column.evidence.tags.isdisjoint({"code", "count", "difference"})


def _scale(places: Sequence[Found], columns: Sequence[Column]) -> tuple[int, str]:
    """Scale words in headers of amounts and in titles; a file's name seldom means one."""
    own = {column.label for column in columns if column.profile.numbers >= _MOSTLY or _is_corner(column)}
    for place in places:
        if place.origin == "file name" or (place.origin == "header" and place.text not in own):
            continue
        factor = _factor(place.text)
        if factor is not None:
            return factor, place.origin
    return 1, ""


def _is_corner(column: Column) -> bool:
    """``($ in millions)`` or ``In millions`` over the names that rows begin with is said of the amounts beside them."""
    bare = [] if column.evidence.fields or len(column.label.split()) > _SHORT else [column.label]
    return column.index == 0 and any(find_scale(part) for part in (*_BRACKETS.findall(column.label), *bare))


def _factor(text: str) -> int | None:
    """What stands in brackets is read first: ``Budget 2025 (in thousands)`` is no count of thousands."""
    for part in (*_BRACKETS.findall(text), text):
        factor = find_scale(part)
        if factor is not None:
            return factor
    return None


def _line_type(places: Iterable[Found]) -> tuple[LineType | None, str]:
    """Of the header of the names, titles and the sheet's name; a file is seldom named for what all of its lines are."""
    found = ((line_type_of(place.text), place.origin) for place in places if place.origin != "file name")
    return next(((line_type, origin) for line_type, origin in found if line_type is not None), (None, ""))
