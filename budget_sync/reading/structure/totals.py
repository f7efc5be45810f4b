"""Which rows are totals: by word, by a hierarchy of codes, by the kind of row, by arithmetic.

In: the rows with amounts. Out: ``TotalRow`` for each total, with the rows that it sums where that was found.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from budget_sync.reading.structure.arithmetic import BodyRow, Explained, explain, significant_digits
from budget_sync.reading.structure.hierarchy import parents_by_code

_MOST_EXPLAINED = 0.6
_LEAST_DIGITS = 4.0
_ROUNDS = 4


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
    for position, row in enumerate(rows):
        if row.says_total and not members[position]:
            members[position] = _block_above(rows, position, members)
    return [
        TotalRow(rows[position].row, members=tuple(rows[member].row for member in members[position]))
        for position in sorted(members)
    ]


def _by_arithmetic(rows: Sequence[BodyRow], known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Totals that the sums betray: among all rows, then among those not yet known as totals."""
    found: dict[int, tuple[int, ...]] = {}
    everything = list(range(len(rows)))
    others = [position for position in everything if position not in known or rows[position].says_total]
    for positions, upwards in ((everything, False), (others, False), (everything, True)):
        explained = explain([rows[position] for position in positions], upwards=upwards)
        chain = {positions[key]: _moved(value, positions) for key, value in explained.items()}
        for position in chain:
            if not (found.get(position) or known.get(position)):
                found[position] = _leaves(position, chain, set(known) | set(chain))
    return found


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
    """Kinds of rows of which most equal the sum of the rows up to the next, or since the last, of their kind."""
    kinds = Counter(row.kind for position, row in enumerate(rows) if position not in known)
    if len(kinds) < 2:
        return {}
    lines = kinds.most_common(1)[0][0]
    found: dict[int, tuple[int, ...]] = {}
    for kind in kinds:
        if kind == lines:
            continue
        own = [position for position, row in enumerate(rows) if row.kind == kind and position not in known]
        for upwards in (False, True):
            groups = _groups(rows, kind, known, upwards=upwards)
            told = [position for position in own if any(rows[position].values)]
            right = [position for position in told if groups[position] and _sums(rows, position, groups[position])]
            digits = sum(_digits(rows[position]) for position in right)
            if (
                right
                and len(right) >= _MOST_EXPLAINED * len(told)
                and digits >= _LEAST_DIGITS
                and (len(right) > 1 or len(groups[right[0]]) > 1)
            ):
                found |= {position: groups[position] for position in own}
                break
        if found:
            break
    return found


def _groups(
    rows: Sequence[BodyRow], kind: str, known: dict[int, tuple[int, ...]], *, upwards: bool
) -> dict[int, tuple[int, ...]]:
    """For each row of the kind, the lines between it and the neighbour of its kind (``upwards``: below it)."""
    groups: dict[int, tuple[int, ...]] = {}
    current: list[int] = []
    order = range(len(rows) - 1, -1, -1) if upwards else range(len(rows))
    for position in order:
        if rows[position].kind == kind and position not in known:
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


def _block_above(rows: Sequence[BodyRow], position: int, known: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """The lines between a total by word and the total before it: what it should have summed."""
    members: defaultdict[bool, list[int]] = defaultdict(list)
    for above in range(position - 1, -1, -1):
        if above in known:
            if members[True]:
                break
            continue
        members[True].append(above)
    return tuple(sorted(members[True]))
