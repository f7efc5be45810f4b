"""Rows called total that are all there is of what they stand for: a chapter given by its total alone, as a line.

In: the rows with amounts, the totals found among them and the label columns. Out: the rows of the grid that are lines.
Elsewhere a label groups several rows; such a row has one that no other bears, and sums nothing. Only those that open
the table are told so: below lines, a total that is far from their sum may still be that of some of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from math import isnan

from budget_sync.domain.names import fold_name
from budget_sync.reading.structure.body_rows import BodyRows
from budget_sync.reading.structure.totals import TotalRow
from budget_sync.reading.structure.totals_by_kind import nearly, sums
from budget_sync.reading.structure.words import says_total

_SEVERAL = 2
_MOSTLY = 0.5


def totals_alone(rows: BodyRows, totals: Mapping[int, TotalRow], columns: Iterable[Sequence[str]]) -> Iterator[int]:
    """``totals``: by row of the grid. ``columns``: the cells of each label column, one a row."""
    first = list(takewhile(lambda place: rows.rows[place] in totals, range(len(rows))))
    if len(first) < _SEVERAL or not all(rows.says_total[place] for place in first) or _sum_lines(rows, totals, first):
        return
    labels = list(columns)
    for cells in labels:
        counts = Counter(cell.strip() for cell in cells)
        if sum(count for count in counts.values() if count > 1) < _MOSTLY * len(cells):
            continue
        own = {place: cells[place].strip() for place in first}
        alone = [place for place in first if own[place] and counts[own[place]] == 1 and not says_total(own[place])]
        names = Counter(_name_of(labels, place) for place in alone)
        yield from (rows.rows[place] for place in alone if names[_name_of(labels, place)] >= _SEVERAL)


def _name_of(labels: Sequence[Sequence[str]], position: int) -> str:
    return next((fold_name(cells[position]) for cells in labels if says_total(cells[position])), "")


def _sum_lines(rows: BodyRows, totals: Mapping[int, TotalRow], first: Sequence[int]) -> bool:
    """Whether the first totals, or one of them, are what lines below add up to, typed or rounded a little off."""
    below = range(first[-1] + 1, len(rows))
    lines = [place for place in below if rows.rows[place] not in totals]
    block = list(takewhile(lambda place: rows.rows[place] not in totals, below))
    if any(sums(rows, place, members, is_near=nearly) for place in first for members in (block, lines)):
        return True
    places = {row: place for place, row in enumerate(rows.rows)}
    members = {place: [places[row] for row in totals[rows.rows[place]].members] for place in first}
    if any(told and sums(rows, place, told, is_near=nearly) for place, told in members.items()):
        return True
    return any(
        nearly(_told(column, lines), stated, len(lines)) for column in rows.amounts if (stated := _told(column, first))
    )


def _told(column: Sequence[float], places: Sequence[int]) -> float:
    return sum(column[place] for place in places if not isnan(column[place]))
