"""Rows whose depth is told by which of several columns is filled (division, chapter), by a number or by indentation.

In: the rows with amounts and, by label column, which cells are filled, or the depths. Out: the parents with the leaves
beneath them, where the sums bear it out.
"""

import re
from collections.abc import Sequence
from math import isnan

from budget_sync.reading.structure.body_rows import BodyRows

_INDENT = re.compile(r"[0-9]+")  # of a kind (kinds.cell_kind)
_LEAST_STEPS, _LEAST_DEPTHS = 2, 3  # two depths are two kinds of rows, which are told without this
_LEAST_PARENTS, _MANY_PARENTS = 2, 6
_LEAST_FILLED, _MOST_FILLED = 0.02, 0.95
_MOSTLY_ALONE, _MOST_BESIDE = 0.8, 0.5
_MOST_RIGHT = 0.6


def parents_by_step(rows: BodyRows, filled: Sequence[bytes | bytearray]) -> dict[int, tuple[int, ...]]:
    """Position of each parent to the positions of its leaves; empty where the columns are no such stairs.

    ``filled``: a column after the other, 1 for a cell that holds something. A row fills one step alone, or its own
    and all before it.
    """
    count = len(rows)
    steps = _steps([one for one in filled if _LEAST_FILLED * count <= one.count(1) <= _MOST_FILLED * count])
    if len(steps) < _LEAST_STEPS:
        return {}
    depths = _depths(steps, count)
    if len(set(depths)) < _LEAST_DEPTHS:
        return {}
    tree = _tree(depths)
    return tree if _is_borne_out(rows, tree) else {}


def depths_in(cells: Sequence[str]) -> list[int]:
    """The depth that a column of levels (1, 2, 3, 3, 2, 3) gives each row, 1 at the top; empty for any other column."""
    if not cells or not _is_depth(cells[0]) or not all(map(_is_depth, cells)):
        return []
    depths = [int(cell) for cell in cells]
    return depths if len(set(depths)) > 1 and depths[0] == min(depths) else []


def depths_by_indent(kinds: Sequence[str]) -> list[int]:
    """How far the label of each row is indented, from the kinds of the rows; empty where none is."""
    indent_of = {kind: int(match[0]) if (match := _INDENT.search(kind)) else 0 for kind in set(kinds)}
    return [indent_of[kind] for kind in kinds] if any(indent_of.values()) else []


def parents_by_depth(rows: BodyRows, columns: Sequence[Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """The same by the first column of depths that the sums bear out."""
    trees = (_tree(depths) for depths in columns)
    return next((tree for tree in trees if _is_borne_out(rows, tree)), {})


def _is_depth(cell: str) -> bool:
    return len(cell.strip()) == 1 and cell.strip() in "123456789"


def _steps(columns: Sequence[bytes | bytearray]) -> list[bytes | bytearray]:
    """From the left, each that is mostly filled alone, or only where the one before is: no mark beside a step."""
    steps: list[bytes | bytearray] = []
    for column in columns:
        before = [any(step[row] for step in steps) for row, held in enumerate(column) if held]
        last = [steps[-1][row] for row, held in enumerate(column) if held] if steps else []
        finer = bool(steps) and all(last) and column.count(1) < steps[-1].count(1)
        if sum(before) <= _MOST_BESIDE * len(before) or finer:
            steps.append(column)
    return steps


def _depths(steps: Sequence[bytes | bytearray], count: int) -> list[int]:
    """How deep each row is: the first step filled, or the last where a row repeats the steps above its own.

    A row without any step is the top of the stairs where others repeat it, else a total, as high as the first.
    """
    held = [[step for step, column in enumerate(steps, 1) if column[row]] for row in range(count)]
    alone = sum(len(own) == 1 for own in held) >= _MOSTLY_ALONE * count
    return [(own[0] if own else 1) if alone else (own[-1] if own else 0) for own in held]


def _tree(depths: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Each row that a deeper one follows, with the rows below it that none does, up to the next as deep as itself."""
    leaves: dict[int, list[int]] = {}
    path: list[int] = []
    for position, depth in enumerate(depths):
        while path and depths[path[-1]] >= depth:
            path.pop()
        if position + 1 < len(depths) and depths[position + 1] > depth:
            leaves[position] = []
            path.append(position)
        else:
            for parent in path:
                leaves[parent].append(position)
    return {parent: tuple(own) for parent, own in leaves.items()}


def _is_borne_out(rows: BodyRows, tree: dict[int, tuple[int, ...]]) -> bool:
    """Most parents are the sums of their leaves, more than one of several leaves, or one where many are all right."""
    right = [parent for parent, leaves in tree.items() if _sums(rows, parent, leaves)]
    several = sum(len(tree[parent]) > 1 for parent in right)
    if several and len(right) == len(tree) >= _MANY_PARENTS:
        return True
    return several >= _LEAST_PARENTS and len(right) >= _MOST_RIGHT * len(tree)


def _sums(rows: BodyRows, parent: int, leaves: Sequence[int]) -> bool:
    """In every column in which the parent and a leaf have an amount."""
    told = False
    for amounts in rows.amounts:
        members = [amounts[leaf] for leaf in leaves if not isnan(amounts[leaf])]
        if isnan(amounts[parent]) or not members:
            continue
        told = told or amounts[parent] != 0
        step = 0.5 if amounts[parent] == round(amounts[parent]) else 0.05
        if abs(sum(members) - amounts[parent]) > step * len(members):
            return False
    return told
