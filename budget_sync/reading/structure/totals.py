"""Which rows are totals: by word, by a hierarchy of codes, by the kind of row, by arithmetic.

In: the rows with amounts. Out: ``TotalRow`` for each total, with the rows that it sums where that was found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from budget_sync.reading.structure.arithmetic import Explained, explain
from budget_sync.reading.structure.body_rows import BodyRows, marked
from budget_sync.reading.structure.carried_over import carried_over
from budget_sync.reading.structure.hierarchy import parents_by_code
from budget_sync.reading.structure.kinds import names_in
from budget_sync.reading.structure.steps import depths_by_indent, depths_in, parents_by_depth, parents_by_step
from budget_sync.reading.structure.totals_by_kind import sums, totals_by_kind

_MOST_RESULTS = 0.5  # every other row of a statement may be one; more are a list of such things
_ROUNDS = 4
_LONG_LIST = 5000
_LEVELLED = 50_000  # longer lists with a level are extracts of databases, where it is a grade
_FAR_DOWN = 5000  # below it only the nearest lines are tried: time must not grow with the square
_SHORT_LIST = 500
_LEAST_PARENTS, _PARENTS_DIGITS = 2, 8.0


@dataclass(frozen=True, slots=True)
class TotalRow:
    """``members``: the rows of the grid that it should sum, all lines; empty where nothing told.

    ``is_result``: by its name a result of other rows (Gross profit), and no sum.
    """

    row: int
    label: str = ""
    members: tuple[int, ...] = ()
    is_result: bool = False

    @property
    def heads_lines(self) -> bool:
        """Whether it stands above all that it sums."""
        return bool(self.members) and min(self.members) > self.row


def find_totals(rows: BodyRows, labels: Iterable[Sequence[str]]) -> list[TotalRow]:
    """The totals among the rows, in their order; ``labels``: the cells of each label column, one a row."""
    results = _results(rows)
    members: dict[int, tuple[int, ...]] = dict.fromkeys(marked(rows.says_total), ())
    members |= dict.fromkeys(results, ())
    filled: list[bytearray] = []
    depths: list[list[int]] = []
    by_code = parents_by_code(rows, _watched(labels, filled, depths))
    depths += filter(None, [depths_by_indent(rows.kinds)])
    members |= by_code or parents_by_step(rows, filled) or parents_by_depth(rows, depths)
    for _ in range(_ROUNDS):
        of_kind = totals_by_kind(rows, members)
        if not of_kind:
            break
        members |= of_kind
    members |= _by_arithmetic(rows, members)
    members |= _borne_out_by_the_last(rows, members) or _borne_out_by_all(rows, members)
    opening = carried_over(rows, members)
    members |= opening
    for position in _named_like_totals(rows, members):
        del members[position]
    for position in marked(rows.says_total):
        if not members.get(position, True):
            members[position] = _covered(rows, position, members)
    return [
        TotalRow(
            rows.rows[position],
            members=tuple(rows.rows[member] for member in members[position]),
            is_result=position in results | opening.keys() and not members[position],
        )
        for position in sorted(members)
    ]


def _watched(
    labels: Iterable[Sequence[str]], filled: list[bytearray], depths: list[list[int]]
) -> Iterator[Sequence[str]]:
    """The columns as they come; noted of each that leaves cells out which hold something, and each column of depths."""
    for cells in labels:
        if not all(cells):
            filled.append(bytearray(map(bool, map(str.strip, cells))))
        elif len(cells) <= _LEVELLED and (told := depths_in(cells)):
            depths.append(told)
        yield cells


def _named_like_totals(rows: BodyRows, members: dict[int, tuple[int, ...]]) -> list[int]:
    """Lines whose name only begins or ends like a total (Total Rewards, Bonus): filled as lines are, and no sum."""
    said = list(marked(rows.says_total))
    if not said:
        return []
    lines = {kind for kind, says in zip(rows.kinds, rows.says_total, strict=True) if not says}
    return [
        position
        for position in said
        if not members[position]
        and not rows.is_total[position]
        and not rows.says_derived[position]
        and rows.kinds[position] in lines
        and names_in(rows.kinds[position]) > 1
    ]


def _results(rows: BodyRows) -> set[int]:
    """Rows that bear the name of a result alone (Gross profit); where many do, it is a list of such things."""
    named = set(marked(rows.is_result))
    return named if len(named) <= _MOST_RESULTS * len(rows) else set()


def _by_arithmetic(rows: BodyRows, known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Totals that the sums betray: among all rows, then among those not yet known as totals.

    A long list of one kind of rows without any total is an extract of a database: sums in it are coincidence.
    """
    if len(rows) > _LONG_LIST and not known and len(set(rows.kinds)) == 1:
        return {}
    found: dict[int, tuple[int, ...]] = {}
    everything = range(len(rows))
    others = [position for position in everything if position not in known or rows.says_total[position]]
    plain = rows.without(known)
    tried: tuple[tuple[Sequence[int], bool], ...] = (
        (everything, False),
        (others, False),
        (plain, False),
        (everything, True),
        (others, True),
    )
    for positions, upwards in tried:
        explained = explain(rows.take(positions), upwards=upwards)
        chain = {positions[key]: _moved(value, positions) for key, value in explained.items()}
        chain = {key: value for key, value in chain.items() if not (upwards and _has_result(rows, (key, *value)))}
        totals = {*known, *chain}
        for position in chain:
            if not (found.get(position) or known.get(position)):
                found[position] = _leaves(position, chain, totals)
    return found


def _has_result(rows: BodyRows, positions: Sequence[int]) -> bool:
    """Revenue is the sum of its costs and the gross profit below, EBIT of interest and net income: none sums them."""
    return any(rows.is_result[position] for position in positions)


def _borne_out_by_the_last(rows: BodyRows, known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Small round sums that are no coincidence: without them the lines add up to the total that the file states."""
    last = rows.says_total.rfind(1)
    if last < 0 or known[last] or last > _SHORT_LIST:
        return {}
    above = [position for position in range(last) if position not in known]
    if sums(rows, last, above):
        return {}
    for upwards in (True, False):
        explained = explain(rows.take(above), upwards=upwards, lenient=True)
        chain = {above[key]: _moved(value, above) for key, value in explained.items()}
        lines = [position for position in above if position not in chain]
        if chain and sums(rows, last, lines):
            totals = {*known, *chain}
            return {position: _leaves(position, chain, totals) for position in chain} | {last: tuple(lines)}
    return {}


def _borne_out_by_all(rows: BodyRows, known: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Small sums above their lines that are no coincidence: every row is such a sum or belongs to one.

    Only where one column names the rows: where several do, they tell what belongs to what.
    """
    if len(rows) - len(known) > _SHORT_LIST:
        return {}
    plain = rows.without(known)
    if any(names_in(rows.kinds[position]) > 1 for position in plain):
        return {}
    explained = explain(rows.take(plain), upwards=True, lenient=True)
    chain = {plain[key]: _moved(value, plain) for key, value in explained.items()}
    belonging = [member for members in chain.values() for member in members]
    whole = len(chain) >= _LEAST_PARENTS and sorted([*chain, *belonging]) == plain
    digits = sum(value.digits for value in explained.values())
    if not whole or digits < _PARENTS_DIGITS or any(_has_result(rows, (key, *chain[key])) for key in chain):
        return {}
    return chain


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


def _covered(rows: BodyRows, position: int, known: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """What a total by word should sum: the lines since the total before it, or all above where only that agrees."""
    block: list[int] = []
    for other in range(position - 1, -1, -1):
        if other not in known:
            block.append(other)
        elif block:
            break
    if position > _FAR_DOWN or (block and position - 1 not in known and sums(rows, position, block)):
        return tuple(sorted(block))
    above = [other for other in range(position) if other not in known]
    follows_total = position > 0 and position - 1 in known
    return tuple(above if follows_total or sums(rows, position, above) else sorted(block))
