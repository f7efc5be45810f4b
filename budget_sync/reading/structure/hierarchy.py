"""Rows whose code is the beginning of other rows' codes: the parents of a tree, with their children's sums.

In: the rows with amounts and their label cells. Out: the parents, where the sums bear the tree out.
"""

import re
from collections.abc import Iterable, Sequence
from math import isnan

from budget_sync.reading.structure.body_rows import BodyRows

_CODE = re.compile(r"(?P<code>[0-9A-Za-z]{1,6}(?:[.\-/][0-9A-Za-z]{1,6})*|[0-9]{1,12})\.?(?=$|[\s:])")
_HEAD_OF_GROUP = re.compile(r"[0-9]{1,2}\.0")  # 1.0 above 1.1 and 1.2
_DIGIT = re.compile(r"[0-9]")
_SEPARATED = re.compile(r"[.\-/]")
_FILLED_LEVELS = re.compile(r"(?:[.\-/]0+)+$")
_LEAST_PARENTS = 2
_MOST_RIGHT = 0.6
_MOSTLY_CODED, _NEARLY_ALL_DIFFER = 0.5, 0.95


def parents_by_code(rows: BodyRows, columns: Iterable[Sequence[str]]) -> dict[int, tuple[int, ...]]:
    """Position of each parent to the positions of the leaves beneath it; empty where no column is such a tree.

    ``columns``: the cells of each label column, one a row.
    """
    for cells in columns:
        if len(set(cells)) < _MOSTLY_CODED * _NEARLY_ALL_DIFFER * len(rows):
            continue  # whatever the codes in them are
        codes = map(_code, cells)
        coded = {position: code for position, code in enumerate(codes) if code}
        if len(coded) < _MOSTLY_CODED * len(rows) or len(set(coded.values())) < _NEARLY_ALL_DIFFER * len(coded):
            continue
        for codes_of_rows in (coded, _without_filling(coded)):
            tree = _tree(codes_of_rows)
            if len(tree) >= _LEAST_PARENTS and _is_borne_out(rows, tree):
                return tree
    return {}


def _without_filling(coded: dict[int, str]) -> dict[int, str]:
    """Codes of one shape whose upper levels are filled up with noughts (``1.1.0.00`` above ``1.1.2.50``), without."""
    shapes = {_DIGIT.sub("0", code) for code in coded.values()}
    if len(shapes) != 1 or _DIGIT.sub("", shapes.pop()).strip(".-/"):
        return {}
    shorter = {position: _shorter(code) for position, code in coded.items()}
    return shorter if all(shorter.values()) else {}


def _shorter(code: str) -> str:
    without = _FILLED_LEVELS.sub("", code)
    return without if _SEPARATED.search(code) else without.rstrip("0")


def _code(text: str) -> str:
    match = _CODE.match(text.strip())
    code = match["code"] if match and any(character.isdigit() for character in match["code"]) else ""
    return code.removesuffix(".0") if _HEAD_OF_GROUP.fullmatch(code) else code


def _tree(coded: dict[int, str]) -> dict[int, tuple[int, ...]]:
    """Each parent with its leaves: in sorted order the descendants of a code follow it."""
    ordered = sorted(coded.items(), key=lambda item: _sort_key(item[1]))
    leaves: dict[int, list[int]] = {}
    path: list[tuple[int, str]] = []
    parents: set[int] = set()
    for position, code in ordered:
        while path and not _begins(path[-1][1], code):
            path.pop()
        parents.update(ancestor for ancestor, _ in path)
        path.append((position, code))
        for ancestor, _ in path[:-1]:
            leaves.setdefault(ancestor, []).append(position)
    return {parent: tuple(sorted(leaf for leaf in leaves[parent] if leaf not in parents)) for parent in parents}


def _sort_key(code: str) -> list[str]:
    return _SEPARATED.split(code)


def _begins(parent: str, code: str) -> bool:
    if len(code) <= len(parent) or not code.startswith(parent):
        return False
    following = code[len(parent)]
    return following in ".-/" or (parent.isdigit() and code.isdigit())


def _is_borne_out(rows: BodyRows, tree: dict[int, tuple[int, ...]]) -> bool:
    right = told = 0
    for parent, leaves in tree.items():
        values = rows.values(parent)
        if not any(values):
            continue
        told += 1
        right += all(
            value is None or _near(value, [rows.amounts[column][leaf] for leaf in leaves])
            for column, value in enumerate(values)
        )
    return told >= _LEAST_PARENTS and right >= _MOST_RIGHT * told


def _near(value: float, members: Sequence[float]) -> bool:
    """Equal but for rounding: a published table rounds each of its figures by itself."""
    total = sum(member for member in members if not isnan(member))
    step = 0.5 if value == round(value) else 0.05 if round(value, 1) == value else 0.005
    return abs(total - value) <= max(step * (len(members) + 1) if len(members) > 1 else step, abs(value) * 1e-9)
