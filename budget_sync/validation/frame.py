"""An Understanding and the defaults of an import become one frame of text columns, wide rows laid long.

In: ``Understanding``, ``Defaults``. Out: ``Unchecked``: the frame with ``LINE_COLUMNS``, what is known of bad amounts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import LineType
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.periods import FiscalPeriod, PeriodKind
from budget_sync.mapping.understanding import LineTexts, Understanding
from budget_sync.validation.amounts import CellAmounts, amount_texts, turned_round
from budget_sync.validation.lines import LINE_COLUMNS

_FORMULA = "f"


@dataclass(frozen=True, slots=True)
class Unchecked:
    """``reasons`` of bad amounts by the index of ``frame``; ``formulas``: (row, column) of cells without a value."""

    frame: pd.DataFrame
    reasons: dict[int, str]
    formulas: list[tuple[int, int]]
    notes: list[str]


def lines_frame(understanding: Understanding, defaults: Defaults) -> Unchecked:
    """Every filled amount cell of every line row, with the names that it stands under; nil marks make no line."""
    cells = CellAmounts()
    texts: dict[str, list[str]] = {name: [] for name in _NAMES}
    for column in understanding.amounts:
        lines = understanding.lines_of(column)
        cells.read(column, lines.rows, lines.amount, understanding.grid.kinds_of(lines.rows, column.index))
        for name, read in _NAMES.items():
            texts[name].extend(read(lines, defaults))
    turned, sign_notes = turned_round(cells.values, texts["line_type"])
    amounts, notes = amount_texts(cells.values, texts["line_type"], turned, understanding.analysis.amount_scale)
    frame = pd.DataFrame(
        {"row": pd.Series(cells.rows, dtype="int64"), "column": pd.Series(cells.columns, dtype="int64")}
        | {name: pd.Series(values, dtype="str") for name, values in texts.items()}
        | {"budgeted_amount": pd.Series(amounts, dtype="str"), "raw_amount": pd.Series(cells.raw, dtype="str")}
    )
    kept = [value is not None or position in cells.reasons for position, value in enumerate(cells.values)]
    return Unchecked(
        frame.loc[kept, list(LINE_COLUMNS)], cells.reasons, _formulas(understanding), [*sign_notes, *notes]
    )


def _formulas(understanding: Understanding) -> list[tuple[int, int]]:
    """Amount cells of lines that are formulas without a stored result."""
    rows = understanding.texts.rows
    return [
        (row, column.index)
        for column in understanding.amounts
        for row, kind in zip(rows, understanding.grid.kinds_of(rows, column.index) or (), strict=False)
        if kind == _FORMULA
    ]


def _cleaned(texts: Sequence[str], default: str | None) -> list[str]:
    """Names as they are stored; each spelling is cleaned once."""
    clean = {text: clean_name(text) or default or "" for text in set(texts)}
    return [clean[text] for text in texts]


def _periods(texts: Sequence[str], defaults: Defaults) -> list[str]:
    """Stored codes; the default year completes a month or quarter without one, anything else stays as written."""
    default = FiscalPeriod.from_code(defaults.fiscal_period) if defaults.fiscal_period else None
    year = default.year if default and default.kind is PeriodKind.YEAR else None
    codes: dict[str, str] = {}
    for text in set(texts):
        cleaned = clean_name(text)
        period = parse_period(cleaned)
        partial = period is not None and period.year is None and year is not None
        stored = period.to_period(defaults.fiscal_year_start, year) if period and partial else None
        codes[text] = str(stored) if stored else cleaned or str(default or "")
    return [codes[text] for text in texts]


_NAMES: dict[str, Callable[[LineTexts, Defaults], list[str]]] = {
    "department": lambda lines, defaults: _cleaned(lines.department, defaults.department),
    "sub_category": lambda lines, _: _cleaned(lines.sub_category, None),
    "fiscal_period": lambda lines, defaults: _periods(lines.fiscal_period, defaults),
    "line_type": lambda lines, _: _cleaned(lines.line_type, LineType.EXPENSE.value),
    "currency": lambda lines, defaults: _cleaned(lines.currency, defaults.currency),
}
