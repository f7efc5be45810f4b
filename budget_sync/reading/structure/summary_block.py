"""A first block that sums the blocks below it, name by name: the whole by kinds of cost, then each chapter by the same.

In: the rows with amounts, the totals found among them, the label columns. Out: the rows of the first block as totals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import isnan

from budget_sync.domain.names import fold_name
from budget_sync.domain.period_text import find_period
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.reading.structure.arithmetic import CENT, significant_digits
from budget_sync.reading.structure.body_rows import BodyRows
from budget_sync.reading.structure.totals import TotalRow

_LEAST_LINES, _SEVERAL = 2, 2
_LEAST_DIGITS = 15  # of one block that is as the first is: two offices may be planned alike, in round figures
_LONGEST = 5_000


def summary_block(
    rows: BodyRows, totals: Mapping[int, TotalRow], columns: Iterable[Sequence[str]]
) -> dict[int, TotalRow]:
    """By row of the grid, the head of the first block among them: it sums the lines of the others."""
    heads = [totals[row] for row in sorted(totals) if _heads_lines(totals[row])]
    if len(heads) < _SEVERAL or len(rows) > _LONGEST or len(heads[0].members) < _LEAST_LINES:
        return {}
    first, second = heads[:_SEVERAL]
    below = sorted({row for head in heads[1:] for row in head.members})
    if below[0] < second.row or max(first.members) > second.row:
        return {}
    body = _Named(rows, list(columns))
    parts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in below:
        parts[body.name(row)].append(row)
    own = {body.name(row): row for row in first.members}
    if own.keys() != parts.keys() or len(own) < len(first.members):
        return {}
    if not all(body.sums(row, parts[name]) for name, row in own.items()):
        return {}
    if len(heads) == _SEVERAL and (
        body.digits(first.members) < _LEAST_DIGITS or body.says_when_or_which(first, second)
    ):
        return {}
    found = {row: TotalRow(row, members=tuple(parts[name])) for name, row in own.items()}
    return found | {first.row: TotalRow(first.row, members=tuple(below))}


def _heads_lines(total: TotalRow) -> bool:
    return bool(total.members) and min(total.members) > total.row


class _Named:
    """The rows by their number in the grid, with what their labels say."""

    def __init__(self, rows: BodyRows, labels: Sequence[Sequence[str]]) -> None:
        self._rows = rows
        self._labels = labels
        self._place = {row: position for position, row in enumerate(rows.rows)}

    def name(self, row: int) -> tuple[str, ...]:
        return tuple(fold_name(cells[self._place[row]]) for cells in self._labels)

    def sums(self, row: int, parts: Sequence[int]) -> bool:
        return all(
            abs(sum(_told(column[self._place[part]]) for part in parts) - _told(column[self._place[row]])) <= CENT
            for column in self._rows.amounts
        )

    def digits(self, members: Sequence[int]) -> int:
        amounts = {_told(self._rows.amounts[0][self._place[row]]) for row in members}
        return sum(significant_digits(amount) for amount in amounts if amount)

    def says_when_or_which(self, *heads: TotalRow) -> bool:
        """A year, or a version of the budget: the same plan once more, not the sum of it."""
        said = [cell for head in heads for cell in self.name(head.row)]
        return any(find_period(cell) is not None or vocabulary().versions.hits(cell) for cell in said)


def _told(value: float) -> float:
    return 0.0 if isnan(value) else value
