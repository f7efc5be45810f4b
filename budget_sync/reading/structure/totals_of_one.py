"""Rows called the total of the one line right above them: ``Postage total`` under ``Postage``.

In: the rows with amounts and their label cells. Out: ``TotalRow`` for each. Filled as lines are and the sum of none but
one, such a row looks like any line: only its name and its equal amounts tell.
"""

from collections.abc import Callable, Iterator, Sequence

from budget_sync.domain.vocabulary import words_of
from budget_sync.reading.structure.body_rows import BodyRows, amount_or_nought, marked
from budget_sync.reading.structure.totals import TotalRow
from budget_sync.reading.structure.words import name_of_total


def totals_of_one(rows: BodyRows, labels: Callable[[int], Sequence[str]]) -> Iterator[TotalRow]:
    """``labels``: the label cells of a row of the grid."""
    for position in marked(rows.says_total):
        above = position - 1
        if above < 0 or not _bears_the_same(rows, above, position):
            continue
        names = {" ".join(words_of(cell)) for cell in labels(rows.rows[above])} - {""}
        if any(name_of_total(cell) in names for cell in labels(rows.rows[position])):
            yield TotalRow(rows.rows[position], members=(rows.rows[above],))


def _bears_the_same(rows: BodyRows, above: int, below: int) -> bool:
    return all(amount_or_nought(column[above]) == amount_or_nought(column[below]) for column in rows.amounts)
