"""Rows that other rows name as what they belong to, and that bear the sum of those: a tree written as a list.

In: the rows with amounts and their label columns. Out: ``TotalRow`` for each. Name and parent stand in two columns
(``Item``, ``Main``), wherever the children are; a name alone proves nothing, the sums must agree.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, permutations
from math import isnan

from budget_sync.reading.structure.arithmetic import CENT
from budget_sync.reading.structure.body_rows import BodyRows
from budget_sync.reading.structure.totals import TotalRow

_LONGEST = 5_000  # rows: longer lists are extracts of databases, which store no sums
_MOST_LABELS = 6
_LEAST_CHILDREN = 2
_MOSTLY = 0.6

Tree = dict[int, list[int]]


def totals_by_name(rows: BodyRows, labels: Iterable[Sequence[str]]) -> list[TotalRow]:
    """``labels``: the cells of each label column, one a row."""
    if not 0 < len(rows) <= _LONGEST:
        return []
    columns = [[cell.strip() for cell in cells] for cells in islice(labels, _MOST_LABELS)]
    held = [set(cells) - {""} for cells in columns]
    for one, other in permutations(range(len(columns)), 2):
        if held[one].isdisjoint(held[other]):
            continue
        names, parents = columns[one], columns[other]
        tree = _tree(names, parents)
        summed = {parent: children for parent, children in tree.items() if _sums(rows, parent, children)}
        if summed and len(summed) >= _MOSTLY * len(tree):
            return [
                TotalRow(rows.rows[parent], members=tuple(rows.rows[leaf] for leaf in _leaves(summed, parent)))
                for parent in summed
            ]
    return []


def _tree(names: Sequence[str], parents: Sequence[str]) -> Tree:
    """The rows that other rows name, each with those; a name that two rows bear is nobody's."""
    own: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(names):
        own[name].append(position)
    tree: Tree = defaultdict(list)
    for position, parent in enumerate(parents):
        above = own.get(parent, []) if parent else []
        if len(above) == 1 and above[0] != position:
            tree[above[0]].append(position)
    return {parent: children for parent, children in tree.items() if len(children) >= _LEAST_CHILDREN}


def _sums(rows: BodyRows, parent: int, children: Sequence[int]) -> bool:
    told = False
    for amounts in rows.amounts:
        if isnan(amounts[parent]):
            continue
        total = sum(amounts[child] for child in children if not isnan(amounts[child]))
        if abs(total - amounts[parent]) > max(CENT, abs(total) * 1e-9):
            return False
        told = told or bool(total)
    return told


def _leaves(tree: Tree, parent: int) -> list[int]:
    """The lines at the ends of the branches."""
    found: list[int] = []
    seen, waiting = {parent}, [parent]
    while waiting:
        children = [child for child in tree[waiting.pop()] if child not in seen]
        seen.update(children)
        found += [child for child in children if child not in tree]
        waiting += [child for child in children if child in tree]
    return sorted(found)
