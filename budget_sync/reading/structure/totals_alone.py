"""Rows called total that are all there is of what they stand for: a chapter given by its total alone, as a line.

In: the rows with amounts, the totals found among them and the label columns. Out: the rows of the grid that are lines.
Elsewhere a label groups several rows; such a row has one that no other bears, and sums nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isnan

from budget_sync.domain.names import fold_name
from budget_sync.reading.structure.arithmetic import CENT
from budget_sync.reading.structure.body_rows import BodyRows, marked
from budget_sync.reading.structure.totals import TotalRow
from budget_sync.reading.structure.words import says_total

_SEVERAL = 2
_MOSTLY = 0.5


def totals_alone(rows: BodyRows, totals: Mapping[int, TotalRow], columns: Iterable[Sequence[str]]) -> Iterator[int]:
    """``totals``: by row of the grid. ``columns``: the cells of each label column, one a row."""
    places = {row: position for position, row in enumerate(rows.rows)} if totals else {}
    unproved = [
        position
        for position in marked(rows.says_total)
        if (total := totals.get(rows.rows[position])) is not None
        and not _sums(rows, position, [places[member] for member in total.members])
    ]
    if len(unproved) < _SEVERAL:
        return
    labels = list(columns)
    for cells in labels:
        counts = Counter(cell.strip() for cell in cells)
        if sum(count for count in counts.values() if count > 1) < _MOSTLY * len(cells):
            continue
        own = {place: cells[place].strip() for place in unproved}
        alone = [place for place in unproved if own[place] and counts[own[place]] == 1 and not says_total(own[place])]
        names = Counter(_name_of(labels, place) for place in alone)
        yield from (rows.rows[place] for place in alone if names[_name_of(labels, place)] >= _SEVERAL)


def _name_of(labels: Sequence[Sequence[str]], position: int) -> str:
    return next((fold_name(cells[position]) for cells in labels if says_total(cells[position])), "")


def _sums(rows: BodyRows, position: int, members: Sequence[int]) -> bool:
    for amounts in rows.amounts:
        total = sum(amounts[member] for member in members if not isnan(amounts[member]))
        if not isnan(amounts[position]) and abs(total - amounts[position]) > CENT:
            return False
    return bool(members)
