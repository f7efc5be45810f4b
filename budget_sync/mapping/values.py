"""What the cells of a column look like: the profile that speaks beside the header's words.

In: the cells of one column (all, or an even sample). Out: ``ColumnProfile``, plain figures and shares of the
filled cells.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import median

from budget_sync.domain.amount_text import NumberStyle, detect_style, parse_amounts
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import are_compact
from budget_sync.mapping.cell_meanings import (
    department_weight,
    is_currency,
    is_line_type,
    is_outcome,
    is_plan,
    is_scenario,
    is_total,
    names_department,
)
from budget_sync.mapping.flags import are_flags
from budget_sync.mapping.nested_codes import are_nested
from budget_sync.reading.structure.cells import DATE, EMPTY, NIL, NUMBER, PERCENT, TEXT, is_period, is_year

_SAMPLES = 3
_SENTENCE = 60
_LEAST_SERIAL = 3
_FEW_NUMBERS, _TELLING, _LONG_CODE = 5, 16, 6
_CODE_LETTERS = 3
_NAMES_READ = 150
_PERIODS_READ = 200
_MOST_SCENARIOS = 12
_LEAST_NAMES = 3
_PADDED = re.compile(r"[A-Za-z]{1,4}[-_]?0[0-9]+")
_PADDED_FIGURES, _SHORT_FIGURES = re.compile(r"0+[1-9][0-9]*"), re.compile(r"[0-9]{2,6}")
_ADDRESSES = ("http://", "https://", "www.")
_OUTLINE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """``filled`` of ``rows`` cells hold something; every share is of the filled ones, nil marks apart.

    ``years`` is the share of the number cells that are a year; ``magnitude`` is the median size, ``largest`` the
    greatest. ``outline``: every cell is a number of an outline (``3.1.02``), which may be a date, too. ``padded``: all
    are short figures, some with noughts before them (``002``). ``nested``: codes of a tree (``nested_codes``).
    ``scenarios``: budget, actual, forecast or a version; ``plans``: those of them that are the budget's; ``outcomes``:
    actual and forecast.
    ``usual_departments``: how far the names are such as departments have.
    """

    index: int
    rows: int = 0
    filled: int = 0
    numbers: float = 0.0
    texts: float = 0.0
    dates: float = 0.0
    percents: float = 0.0
    periods: float = 0.0
    years: float = 0.0
    whole: float = 0.0
    currency: float = 0.0
    line_types: float = 0.0
    departments: float = 0.0
    usual_departments: float = 0.0
    scenarios: float = 0.0
    plans: float = 0.0
    outcomes: float = 0.0
    money_marks: float = 0.0
    one_length: float = 0.0
    code_like: float = 0.0
    distinct: int = 0
    mean_length: float = 0.0
    magnitude: float = 0.0
    largest: float = 0.0
    is_flag: bool = False
    counts_up: bool = False
    rises: bool = False
    is_unique: bool = False
    outline: bool = False
    nested: bool = False
    padded: bool = False
    style: NumberStyle = field(default_factory=NumberStyle)
    samples: tuple[str, ...] = ()

    @property
    def fill(self) -> float:
        """The share of the rows that hold something."""
        return self.filled / self.rows if self.rows else 0.0


def profile_column(index: int, cells: Sequence[str], marks: str) -> ColumnProfile:
    """The profile of one column; ``marks`` has one character a cell (``structure.cells``)."""
    held = [(cell.strip(), mark) for cell, mark in zip(cells, marks, strict=True) if mark not in (EMPTY, NIL)]
    if not held:
        return ColumnProfile(index, rows=len(cells))
    count = len(held)
    numbers = [cell for cell, mark in held if mark == NUMBER]
    texts = [cell for cell, mark in held if mark == TEXT]
    distinct = dict.fromkeys(cell for cell, _ in held)
    named = texts if len(distinct) <= _MOST_SCENARIOS else []
    style = detect_style(numbers)
    values = [float(value) for value in parse_amounts(numbers, style).values if value is not None]
    return ColumnProfile(
        index=index,
        rows=len(cells),
        filled=count,
        numbers=len(numbers) / count,
        texts=len(texts) / count,
        dates=sum(mark == DATE for _, mark in held) / count,
        percents=sum(mark == PERCENT for _, mark in held) / count,
        periods=1.0 if are_compact(distinct) else _periods([cell for cell, _ in held[:_PERIODS_READ]]),
        years=sum(map(is_year, numbers)) / len(numbers) if numbers else 0.0,
        whole=sum(value == int(value) for value in values) / len(values) if values else 0.0,
        departments=_departments(texts),
        usual_departments=_usual_departments(texts),
        scenarios=sum(map(is_scenario, named)) / count,
        plans=sum(map(is_plan, named)) / count,
        outcomes=sum(map(is_outcome, named)) / count,
        line_types=sum(map(is_line_type, texts)) / count,
        currency=sum(map(is_currency, texts)) / count,
        money_marks=sum(map(_has_money_mark, numbers)) / count,
        one_length=_one_length(numbers),
        code_like=sum(map(_is_code_like, texts)) / count,
        distinct=len(distinct),
        mean_length=sum(len(cell) for cell, _ in held) / count,
        magnitude=median(map(abs, values)) if values else 0.0,
        largest=max(map(abs, values), default=0.0),
        is_flag=are_flags(distinct, count),
        counts_up=_counts_up(values) and len(values) == count,
        rises=len(values) > _LEAST_SERIAL and all(left < right for left, right in pairwise(values)),
        is_unique=len(distinct) == count,
        padded=any(map(_PADDED_FIGURES.fullmatch, distinct)) and all(map(_SHORT_FIGURES.fullmatch, distinct)),
        outline=all(map(_OUTLINE.fullmatch, distinct)),
        nested=len(distinct) == count and are_nested([*distinct]),
        style=style,
        samples=tuple(clean_name(cell)[:_SENTENCE] for cell in list(distinct)[:_SAMPLES]),
    )


def _periods(cells: Sequence[str]) -> float:
    """The share of the cells that are periods; totals between them (``Q1 Total``) are left out of it."""
    found = sum(map(is_period, cells))
    if not found:
        return 0.0
    totals = sum(is_total(cell) for cell in cells if not is_period(cell))
    return found / (len(cells) - (totals if totals <= found else 0))


def _departments(texts: Sequence[str]) -> float:
    """The share of the distinct texts that bear a word for a department (``Police Department``)."""
    distinct = list(dict.fromkeys(texts))[:_NAMES_READ]
    return sum(map(names_department, distinct)) / len(distinct) if distinct else 0.0


@lru_cache(maxsize=65536)
def _has_money_mark(text: str) -> bool:
    """A sign or letters beside figures; ``R-001`` numbers a request."""
    return not _PADDED.fullmatch(text) and any(
        not character.isdigit() and character not in " .,'-+()" for character in text
    )


@lru_cache(maxsize=65536)
def _is_code_like(text: str) -> bool:
    """Figures with at most a letter or two between them, an account, a classification; or the address of a page.

    Or a few letters with a padded number (``ENT01``).
    """
    if text.startswith(_ADDRESSES) or _PADDED.fullmatch(text):
        return True
    letters = sum(map(str.isalpha, text))
    return letters <= _CODE_LETTERS and letters < sum(map(str.isdigit, text))


def _one_length(numbers: Sequence[str]) -> float:
    """The share of the commonest length among plain whole numbers: codes have one or two lengths, amounts many.

    A few long numbers that neither recur nor rise have one length by chance.
    """
    lengths = [len(cell) for cell in numbers if cell.isdigit()]
    if len(lengths) < 0.9 * len(numbers) or len(lengths) <= 1:
        return 0.0
    unlike = len(set(numbers)) == len(numbers) and sorted(numbers) != list(numbers)
    if unlike and _FEW_NUMBERS <= len(numbers) < _TELLING and len(numbers[0]) >= _LONG_CODE:
        return 0.0
    return max(lengths.count(length) for length in set(lengths)) / len(lengths)


def _usual_departments(texts: Sequence[str]) -> float:
    """How far the distinct names are those that departments usually have: the mean of their weights."""
    distinct = [text for text in list(dict.fromkeys(texts))[:_NAMES_READ] if not is_total(text)]
    weights = list(map(department_weight, distinct))
    return sum(weights) / len(distinct) if sum(map(bool, weights)) >= _LEAST_NAMES else 0.0


def _counts_up(values: Sequence[float]) -> bool:
    """A serial number: it begins at nought or one and never jumps."""
    if len(values) < _LEAST_SERIAL or values[0] not in (0, 1) or values[0] == values[-1]:
        return False
    return all(right - left in (0, 1) for left, right in pairwise(values))
