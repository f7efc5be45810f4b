"""Validated lines as COPY takes them: pure, and small enough to keep between two steps.

In: ``ValidatedLines``. Out: ``PreparedLines``: the source amounts, each with the number of its budget line, and the
budget lines with their folded keys. Amounts stay the text that validation checked; PostgreSQL sums them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from budget_sync.domain.names import clean_name, fold_name
from budget_sync.validation.lines import RowError, ValidatedLines

# What COPY's text format gives a meaning; NUL has no place in PostgreSQL's text.
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})
_SPECIAL = frozenset("\\\t\n\r\0")


class PreparedLines(msgspec.Struct, frozen=True):
    """``amounts``: line number, row, column, amount, raw text. ``lines``: line number and the rest of ``staged_name``.

    Both are the text format of COPY in UTF-8. Rows are counted as rows of the source, ``line_count`` as budget lines.
    """

    amounts: bytes
    lines: bytes
    amount_count: int
    line_count: int
    errors: list[RowError]
    total_rows: int
    success_rows: int
    error_rows: int
    notes: list[str]


def prepare(validated: ValidatedLines) -> PreparedLines:
    """Number the budget lines and write everything as COPY takes it; rows of one line share its number.

    Of several spellings of one name in the file, the first is the one that is stored.
    """
    frame = validated.frame
    departments, department_keys = _folded(frame["department"])
    sub_categories, sub_category_keys = _folded(frame["sub_category"])
    others = [_factorized(frame[name]) for name in ("fiscal_period", "line_type", "currency")]
    numbers, firsts = _line_numbers([departments.codes, sub_categories.codes, *(other.codes for other in others)])
    amounts = _copy_text(
        [
            map(str, numbers.tolist()),
            map(str, frame["row"].tolist()),
            map(str, frame["column"].tolist()),
            frame["budgeted_amount"].tolist(),
            _escaped(frame["raw_amount"].tolist()),
        ]
    )
    names = [departments.take(firsts), _take(department_keys, departments.codes[firsts])]
    names += [sub_categories.take(firsts), _take(sub_category_keys, sub_categories.codes[firsts])]
    lines = _copy_text([map(str, range(len(firsts))), *names, *(other.take(firsts) for other in others)])
    return PreparedLines(
        amounts=amounts,
        lines=lines,
        amount_count=len(frame),
        line_count=len(firsts),
        errors=validated.errors,
        total_rows=validated.total_rows,
        success_rows=validated.success_rows,
        error_rows=validated.error_rows,
        notes=[*validated.notes, *_summed_note(len(frame), len(firsts))],
    )


class _Coded:
    """A column as whole numbers into its distinct values."""

    def __init__(self, codes: "np.ndarray[Any, np.dtype[np.int64]]", values: list[str]) -> None:
        self.codes = codes
        self.values = values

    def take(self, positions: "np.ndarray[Any, np.dtype[np.int64]]") -> list[str]:
        return _take(self.values, self.codes[positions])


def _take(values: list[str], codes: "np.ndarray[Any, np.dtype[np.int64]]") -> list[str]:
    return [values[code] for code in codes.tolist()]


def _factorized(column: "pd.Series[str]") -> _Coded:
    codes, values = pd.factorize(column)
    return _Coded(codes.astype(np.int64), _escaped([str(value) for value in values]))


def _folded(column: "pd.Series[str]") -> tuple[_Coded, list[str]]:
    """The column with one value a folded key, and the keys in the order of those values."""
    codes, written = pd.factorize(column)
    by_key: dict[str, int] = {}
    spellings: list[str] = []
    position_of = np.empty(len(written), dtype=np.int64)
    for number, text in enumerate(written):
        key = fold_name(text)
        if key not in by_key:
            by_key[key] = len(spellings)
            spellings.append(clean_name(text))
        position_of[number] = by_key[key]
    coded = _Coded(position_of[codes] if len(written) else codes.astype(np.int64), _escaped(spellings))
    return coded, _escaped(list(by_key))


def _line_numbers(
    columns: "Sequence[np.ndarray[Any, np.dtype[np.int64]]]",
) -> "tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]":
    """The number of the line of each row, in order of appearance, and the first row of each line."""
    combined = columns[0]
    for column in columns[1:]:
        # Numbered anew at each step, so that the product stays below rows squared.
        combined = pd.factorize(combined * (int(column.max(initial=0)) + 1) + column)[0].astype(np.int64)
    numbers = pd.factorize(combined)[0].astype(np.int64)
    return numbers, np.unique(numbers, return_index=True)[1]


def _escaped(texts: list[str]) -> list[str]:
    if _SPECIAL.isdisjoint("".join(texts)):
        return texts
    return [text.translate(_ESCAPES) for text in texts]


def _copy_text(columns: Sequence[Iterable[str]]) -> bytes:
    rows = "\n".join(map("\t".join, zip(*columns, strict=True)))
    return (rows + "\n").encode("utf-8", errors="replace") if rows else b""


def _summed_note(amounts: int, lines: int) -> list[str]:
    if amounts == lines:
        return []
    return [f"{amounts} amounts were summed to {lines} budget lines, because several rows name the same line."]
