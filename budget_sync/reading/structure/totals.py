"""Which rows are totals: by word, by a hierarchy of codes, by the kind of row, by arithmetic.

In: the rows with amounts. Out: ``TotalRow`` for each total, with the rows that it sums where that was found.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from budget_sync.reading.structure.arithmetic import BodyRow, Explained, explain, significant_digits
from budget_sync.reading.structure.hierarchy import parents_by_code

_MOST_EXPLAINED = 0.6
_LEAST_DIGITS = 3.0
_ROUNDS = 4
_LONG_LIST = 5000
_FAR_DOWN = 5000  # below it only the nearest lines are tried: time must not grow with the square
_KINDS_TRIED = 12
_SHORT_LIST = 500
_NO_INDENT = str.maketrans("", "", "0123456789")


@dataclass(frozen=True, slots=True)
class TotalRow:
    """``members``: the rows of the grid that it should sum, all lines; empty where nothing told."""

    row: int
    label: str = ""
    members: tuple[int, ...] = ()


def find_totals(rows: Sequence[BodyRow], codes: Sequence[Sequence[str]]) -> list[TotalRow]:
    """The totals among the rows, in their order."""
    members: dict[int, tuple[int, ...]] = {position: () for position, row in enumerate(rows) if row.says_total}
    members |= parents_by_code(rows, codes)
    for _ in range(_ROUNDS):
        of_kind = _totals_by_kind(rows, members)
        if not of_kind:
            break
        members |= of_kind
    members |= _by_arithmetic(rows, members)
    members |= _borne_out_by_the_last(rows, members)
    for position, row in enumerate(rows):
        if row.says_total and not members[position]:
            members[position] = _covered(rows, position, members)
    return [
        TotalRow(rows[position].row, members=tuple(rows[member].row for member in members[position]))
        for position in sorted(members)
    ]


def _by_arithmetic(rows: Sequence[BodyRow], known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Totals that the sums betray: among all rows, then among those not yet known as totals.

    A long list of one kind of rows without any total is an extract of a database: sums in it are coincidence.
    """
    if len(rows) > _LONG_LIST and not known and len({row.kind for row in rows}) == 1:
        return {}
    found: dict[int, tuple[int, ...]] = {}
    everything = list(range(len(rows)))
    others = [position for position in everything if position not in known or rows[position].says_total]
    plain = [position for position in everything if position not in known]
    for positions, upwards in ((everything, False), (others, False), (plain, False), (everything, True)):
        explained = explain([rows[position] for position in positions], upwards=upwards)
        chain = {positions[key]: _moved(value, positions) for key, value in explained.items()}
        totals = {*known, *chain}
        for position in chain:
            if not (found.get(position) or known.get(position)):
                found[position] = _leaves(position, chain, totals)
    return found


def _borne_out_by_the_last(rows: Sequence[BodyRow], known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Small round sums that are no coincidence: without them the lines add up to the total that the file states."""
    last = max((position for position, row in enumerate(rows) if row.says_total), default=None)
    if last is None or known[last] or last > _SHORT_LIST:
        return {}
    above = [position for position in range(last) if position not in known]
    if _sums(rows, last, above):
        return {}
    for upwards in (True, False):
        explained = explain([rows[position] for position in above], upwards=upwards, lenient=True)
        chain = {above[key]: _moved(value, above) for key, value in explained.items()}
        lines = [position for position in above if position not in chain]
        if chain and _sums(rows, last, lines):
            totals = {*known, *chain}
            return {position: _leaves(position, chain, totals) for position in chain} | {last: tuple(lines)}
    return {}


def _moved(explained: Explained, positions: Sequence[int]) -> tuple[int, ...]:
    return tuple(positions[member] for member in explained.members)


def _leaves(position: int, chain: dict[int, tuple[int, ...]], totals: set[int]) -> tuple[int, ...]:
    """The lines beneath a total, through the totals between."""
    found: list[int] = []
    waiting = list(chain[position])
    while waiting:
        member = waiting.pop()
        if member in chain:
            waiting.extend(chain[member])
        elif member not in totals:
            found.append(member)
    return tuple(sorted(found))


def _totals_by_kind(rows: Sequence[BodyRow], known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Kinds of rows of which most equal the sum of the rows up to the next, or since the last, of their kind.

    Tried for the kind in full and without its indentation; a total word or a result's name counts as explained.
    """
    for kinds in ([row.kind for row in rows], [row.kind.translate(_NO_INDENT) for row in rows]):
        counts = Counter(kind for position, kind in enumerate(kinds) if position not in known)
        lines = counts.most_common(1)[0][0] if counts else ""
        for kind, _ in counts.most_common(_KINDS_TRIED):
            if kind == lines:
                continue
            for upwards in (False, True):
                groups = _groups(kinds, kind, known, upwards=upwards)
                if _are_totals(rows, kinds, kind, known, groups):
                    return {position: groups[position] for position in groups if position not in known}
    return {}


def _are_totals(
    rows: Sequence[BodyRow],
    kinds: Sequence[str],
    kind: str,
    known: dict[int, tuple[int, ...]],
    groups: dict[int, tuple[int, ...]],
) -> bool:
    told = [position for position, own in enumerate(kinds) if own == kind and any(rows[position].values)]
    summed = [position for position in told if groups[position] and _sums(rows, position, groups[position])]
    fresh = [position for position in summed if position not in known]
    named = [position for position in told if rows[position].says_total or rows[position].says_derived]
    digits = sum(_digits(rows[position]) for position in fresh)
    several = any(len(groups[position]) > 1 for position in summed)
    return bool(
        fresh
        and digits >= _LEAST_DIGITS
        and (len(fresh) > 1 or several)
        and len({*summed, *named}) >= _MOST_EXPLAINED * len(told)
    )


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


def _sums(rows: Sequence[BodyRow], position: int, members: Sequence[int]) -> bool:
    for column, value in enumerate(rows[position].values):
        if value is None:
            continue
        total = sum(rows[member].values[column] or 0.0 for member in members)
        if abs(total - value) > max(0.0101, abs(value) * 1e-9):
            return False
    return True


def _digits(row: BodyRow) -> int:
    return max((significant_digits(value) for value in row.values if value), default=0)


def _covered(rows: Sequence[BodyRow], position: int, known: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """What a total by word should sum: the lines since the total before it, or all above where only that agrees."""
    block: list[int] = []
    for other in range(position - 1, -1, -1):
        if other not in known:
            block.append(other)
        elif block:
            break
    if position > _FAR_DOWN or (block and position - 1 not in known and _sums(rows, position, block)):
        return tuple(sorted(block))
    above = [other for other in range(position) if other not in known]
    follows_total = position > 0 and position - 1 in known
    return tuple(above if follows_total or _sums(rows, position, above) else sorted(block))
