"""Kinds of rows of which most equal the sum of the lines beside them: the bold ones, those with a code, those set in.

In: the rows with amounts and the totals known so far. Out: by position what each further total sums.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from math import isnan

from budget_sync.reading.structure.arithmetic import CENT, significant_digits
from budget_sync.reading.structure.body_rows import Amounts, BodyRows

_MOST_EXPLAINED = 0.6
_LEAST_DIGITS = 3.0
_MOST_OF_ALL = 0.45  # of chapters and their sum, that sum is one half
_KINDS_TRIED = 12
_SLIP = 0.01
_NO_INDENT = str.maketrans("", "", "0123456789")


def totals_by_kind(rows: BodyRows, known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Kinds of rows of which most equal the sum of the rows up to the next, or since the last, of their kind.

    Tried for the kind in full and without its indentation; a total word or a result's name counts as explained.
    """
    flat = {kind: kind.translate(_NO_INDENT) for kind in set(rows.kinds)}
    for kinds in (rows.kinds, [flat[kind] for kind in rows.kinds] if len(flat) > 1 else []):
        others = [kind for position, kind in enumerate(kinds) if position not in known] if known else kinds
        counts = Counter(others)
        lines = counts.most_common(1)[0][0] if counts else ""
        for kind, _ in counts.most_common(_KINDS_TRIED):
            if kind == lines:
                continue
            for upwards in (False, True):
                groups = _groups(kinds, kind, known, upwards=upwards)
                if _are_totals(rows, kinds, kind, known, groups):
                    alone = _heads_alone(rows, groups) if upwards else set()
                    return {position: groups[position] for position in groups if position not in {*known, *alone}}
    return {}


def _are_totals(
    rows: BodyRows,
    kinds: Sequence[str],
    kind: str,
    known: dict[int, tuple[int, ...]],
    groups: dict[int, tuple[int, ...]],
) -> bool:
    told = [position for position, own in enumerate(kinds) if own == kind and any(rows.values(position))]
    summed = [position for position in told if groups[position] and sums(rows, position, groups[position])]
    fresh = [position for position in summed if position not in known]
    named = [position for position in told if rows.says_total[position] or rows.says_derived[position]]
    digits = sum(_digits(rows.values(position)) for position in fresh)
    several = any(len(groups[position]) > 1 for position in summed)
    return bool(
        fresh
        and digits >= _LEAST_DIGITS
        and (len(fresh) > 1 or several)
        and len({*summed, *named}) >= _MOST_EXPLAINED * len(told)
    )


def _heads_alone(rows: BodyRows, groups: dict[int, tuple[int, ...]]) -> set[int]:
    """Chapters with nothing below them are lines, among others that head theirs.

    The sum of all chapters is none, and the first row may be a title.
    """
    whole = [sum(abs(column[place]) for place in groups if not isnan(column[place])) for column in rows.amounts]
    return {
        position
        for position, below in groups.items()
        if not below
        and position > min(groups)
        and not (rows.says_total[position] or rows.says_derived[position])
        and all(
            value is None or abs(value) < _MOST_OF_ALL * total
            for value, total in zip(rows.values(position), whole, strict=True)
        )
    }


def _groups(
    kinds: Sequence[str], kind: str, known: dict[int, tuple[int, ...]], *, upwards: bool
) -> dict[int, tuple[int, ...]]:
    """For each row of the kind, the lines between it and the neighbour of its kind (``upwards``: below it)."""
    groups: dict[int, tuple[int, ...]] = {}
    current: list[int] = []
    order = range(len(kinds) - 1, -1, -1) if upwards else range(len(kinds))
    for position in order:
        if kinds[position] == kind:
            groups[position] = tuple(sorted(current))
            current = []
        elif position not in known:
            current.append(position)
    return groups


def _digits(values: Amounts) -> int:
    return max((significant_digits(value) for value in values if value), default=0)


def exactly(total: float, stated: float, members: int) -> bool:  # noqa: ARG001 - as nearly is asked
    """To the cent, as far as floats hold it."""
    return abs(total - stated) <= max(CENT, abs(stated) * 1e-9)


def nearly(total: float, stated: float, members: int) -> bool:
    """Each member rounded to the unit by itself, or a slip of one in a hundred."""
    return abs(total - stated) <= max(float(members), abs(stated) * _SLIP)


def sums(
    rows: BodyRows,
    position: int,
    members: Sequence[int],
    is_near: Callable[[float, float, int], bool] = exactly,
) -> bool:
    """Whether the row is the sum of the members in each column in which it says anything."""
    for amounts in rows.amounts:
        value = amounts[position]
        if isnan(value):
            continue
        total = sum(amounts[member] for member in members if not isnan(amounts[member]))
        if not is_near(total, value, len(members)):
            return False
    return True
