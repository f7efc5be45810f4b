"""Columns that hold the sums of sections, apart from the column of the lines: ``Amount``, and beside it ``Subtotal``.

In: the columns of numbers and their sampled cells. Out: the indexes of those columns. A statement in two columns, whose
outer one holds plain lines as well, is no such: every figure among the lines must be the sum of those above or below.
Nor is revenue beside expense, or credit beside debit, though each program balances; what no word calls a sum is none
of a column of expenses either: ``Funding`` beside ``Cost``.
"""

from collections.abc import Mapping, Sequence

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.columns import Column
from budget_sync.reading.structure.arithmetic import CENT

_LEAST_SECTIONS = 2
_MOST_FILLED = 0.5  # a subtotal of single lines is no section's


def subtotals_beside(columns: Sequence[Column], cells: Mapping[int, Sequence[str]]) -> set[int]:
    """Each has no figure in a row of the column whose sections it adds up."""
    told = [column for column in columns if column.index in cells]
    values = {column.index: _values(cells[column.index], column) for column in told}
    sides = {column.index for column in told if _is_a_side(column)}
    sums = {column.index for column in told if _says_sum(column)}
    return {
        index
        for index, own in values.items()
        if index not in sides and sum(map(bool, own)) <= _MOST_FILLED * len(own)
        if any(_adds_sections(own, lines) for other, lines in values.items() if index in sums or other not in sides)
    }


def _is_a_side(column: Column) -> bool:
    words = vocabulary()
    doubled = any(column.name in side for side in (words.debit, words.credit))
    return doubled or not column.evidence.tags.isdisjoint({"revenue", "expense"})


def _says_sum(column: Column) -> bool:
    return "total" in column.evidence.tags or column.name in vocabulary().rows.subtotal


def _adds_sections(own: Sequence[float], lines: Sequence[float]) -> bool:
    if any(value and line for value, line in zip(own, lines, strict=True)):
        return False
    return _are_sums(own, lines) or _are_sums(own[::-1], lines[::-1])


def _are_sums(own: Sequence[float], lines: Sequence[float]) -> bool:
    """Each of the lines since the one before it; what follows the last line is their total, or added upon it."""
    last = max((row for row, line in enumerate(lines) if line), default=-1)
    section: list[float] = []
    sections, of_several = 0, 0
    for row, (value, line) in enumerate(zip(own, lines, strict=True)):
        if line:
            section.append(line)
        elif value and (section or row < last):
            if abs(sum(section) - value) > max(CENT, abs(value) * 1e-9):
                return False
            sections, of_several, section = sections + 1, of_several + (len(section) > 1), []
    return sections >= _LEAST_SECTIONS and of_several > 0 and not section


def _values(cells: Sequence[str], column: Column) -> list[float]:
    return [float(value or 0) for value in parse_amounts(cells, column.profile.style).values]
