"""A first block that sums the blocks below it, name by name: the whole by kinds of cost, then each chapter by the same.

In: the rows with amounts, the totals found among them, the label columns. Out: the rows of the first block as totals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from budget_sync.domain.names import fold_name
from budget_sync.reading.structure.arithmetic import CENT, significant_digits
from budget_sync.reading.structure.body_rows import BodyRows, amount_or_nought
from budget_sync.reading.structure.totals import TotalRow

_LEAST_LINES, _SEVERAL = 2, 2
_LEAST_BLOCKS = 3  # of two that are alike none is a sum: two schools are planned by one formula, to the cent
_LEAST_DIGITS = 8  # of round figures one may be the sum of two others
_ALIKE = 0.005
_LONGEST = 5_000


def summary_block(
    rows: BodyRows, totals: Mapping[int, TotalRow], columns: Iterable[Sequence[str]]
) -> dict[int, TotalRow]:
    """By row of the grid, the head of the first block among them: it sums the lines of the others."""
    heads = [totals[row] for row in sorted(totals) if totals[row].heads_lines]
    if len(heads) < _LEAST_BLOCKS or len(rows) > _LONGEST or len(heads[0].members) < _LEAST_LINES:
        return {}
    first, second = heads[:2]
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
    if body.digits(first.members) < _LEAST_DIGITS or not _shared_unevenly(body, own, heads[1:]):
        return {}
    found = {row: TotalRow(row, members=tuple(parts[name])) for name, row in own.items()}
    return found | {first.row: TotalRow(first.row, members=tuple(below))}


def _shared_unevenly(body: "_Named", own: Mapping[tuple[str, ...], int], blocks: Sequence[TotalRow]) -> bool:
    """Several blocks tell, one of them more of one name than of another; offices planned by one formula do not."""
    shares = [
        [body.amount(row) / whole for row in block.members if (whole := body.amount(own[body.name(row)]))]
        for block in blocks
    ]
    told = [of_one for of_one in shares if any(of_one)]
    return len(told) >= _SEVERAL and any(max(of_one) - min(of_one) > _ALIKE for of_one in told)


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
            abs(
                sum(amount_or_nought(column[self._place[part]]) for part in parts)
                - amount_or_nought(column[self._place[row]])
            )
            <= CENT
            for column in self._rows.amounts
        )

    def amount(self, row: int) -> float:
        """In the first column."""
        return amount_or_nought(self._rows.amounts[0][self._place[row]])

    def digits(self, members: Sequence[int]) -> int:
        return sum(significant_digits(amount) for amount in set(map(self.amount, members)) if amount)
