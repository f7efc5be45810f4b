"""What stands below the table: check figures, summaries and remarks after the last total.

In: the rows with amounts, the lines among them, the totals and the roles so far. Out: the rows that are no lines after
all.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from budget_sync.reading.structure.between_results import between_results
from budget_sync.reading.structure.body_rows import BodyRows
from budget_sync.reading.structure.kinds import names_in
from budget_sync.reading.structure.totals import TotalRow

_FEW = 3
_NEARLY_ALL = 0.9
_SMALL_SHARE = 0.1
_COMMON_KIND = 0.15


def after_the_table(rows: BodyRows, lines: BodyRows, totals: Sequence[TotalRow], roles: Sequence[str]) -> list[int]:
    """The rows after the grand total, and the block of another kind after the last line of a common kind."""
    kept = between_results(rows, totals)
    return [row for row in (*_after_grand_total(lines, totals), *_foreign_block(lines, roles)) if row not in kept]


def _after_grand_total(lines: BodyRows, totals: Sequence[TotalRow]) -> list[int]:
    rows = lines.rows
    for total in totals:
        count = bisect_left(rows, total.row)
        if not 0 < count < len(lines) or len(total.members) < _NEARLY_ALL * count:
            continue
        members = set(total.members)
        if sum(row in members for row in rows[:count]) < _NEARLY_ALL * count:
            continue
        known = set(lines.kinds[:count])
        if known.isdisjoint(lines.kinds[count:]) and len(lines) - count < count:
            added = _added_on(total, totals)
            return [row for row in rows[count:] if row not in added]
    closing = [total for total in totals if not total.is_result and not total.heads_lines]
    if not closing:
        return []
    known = set(lines.kinds[: bisect_left(rows, closing[-1].row)])
    after = [
        row
        for row, kind in zip(rows, lines.kinds, strict=True)
        if row > closing[-1].row and not (kind in known and names_in(kind) > 1)  # filled as the lines are: one of them
    ]
    before = len(lines) - len(after)
    return after if before and len(after) <= max(_FEW if before > _FEW else 0, _SMALL_SHARE * before) else []


def _added_on(grand: TotalRow, totals: Sequence[TotalRow]) -> set[int]:
    """The rows below a total that a later one sums together with its lines: overheads upon the direct costs."""
    later = (set(total.members) for total in totals if total.row > grand.row)
    return {row for members in later if members.issuperset(grand.members) for row in members if row > grand.row}


def _foreign_block(lines: BodyRows, roles: Sequence[str]) -> list[int]:
    """Lines after a gap, of kinds that no line before the gap has."""
    kinds = Counter(lines.kinds)
    common = {kind for kind, count in kinds.items() if count >= _COMMON_KIND * len(lines)}
    last = next((place for place in range(len(lines) - 1, -1, -1) if lines.kinds[place] in common), len(lines))
    tail = lines.rows[last + 1 :]
    if not tail or not set(lines.kinds[last + 1 :]).isdisjoint(lines.kinds[: last + 1]):
        return []
    gap = any(roles[row] == "blank" for row in range(lines.rows[last] + 1, tail[0]))
    return list(tail) if gap else []
