"""What stands below the table: check figures, summaries and remarks after the last total.

In: the lines, the totals and the roles so far. Out: the rows that are no lines after all.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from budget_sync.reading.structure.arithmetic import BodyRow
from budget_sync.reading.structure.totals import TotalRow

_FEW = 3
_NEARLY_ALL = 0.9
_SMALL_SHARE = 0.1
_COMMON_KIND = 0.15


def after_the_table(lines: Sequence[BodyRow], totals: Sequence[TotalRow], roles: Sequence[str]) -> list[int]:
    """The rows after the grand total, and the block of another kind after the last line of a common kind."""
    return [*_after_grand_total(lines, totals), *_foreign_block(lines, roles)]


def _after_grand_total(lines: Sequence[BodyRow], totals: Sequence[TotalRow]) -> list[int]:
    rows = [line.row for line in lines]
    for total in totals:
        count = bisect_left(rows, total.row)
        if not 0 < count < len(lines) or len(total.members) < _NEARLY_ALL * count:
            continue
        above, below = lines[:count], lines[count:]
        members = set(total.members)
        if sum(line.row in members for line in above) < _NEARLY_ALL * count:
            continue
        known = {line.kind for line in above}
        if all(line.kind not in known for line in below) and len(below) < len(above):
            return [line.row for line in below]
    closing = [total for total in totals if not total.members or min(total.members) < total.row]
    if not closing:
        return []
    last = closing[-1]
    after = [line.row for line in lines if line.row > last.row]
    before = len(lines) - len(after)
    return after if before and len(after) <= max(_FEW if before > _FEW else 0, _SMALL_SHARE * before) else []


def _foreign_block(lines: Sequence[BodyRow], roles: Sequence[str]) -> list[int]:
    """Lines after a gap, of kinds that no line before the gap has."""
    kinds = Counter(line.kind for line in lines)
    common = {kind for kind, count in kinds.items() if count >= _COMMON_KIND * len(lines)}
    last = max((index for index, line in enumerate(lines) if line.kind in common), default=len(lines))
    before = {line.kind for line in lines[: last + 1]}
    tail = lines[last + 1 :]
    if not tail or any(line.kind in before for line in tail):
        return []
    gap = any(roles[row] == "blank" for row in range(lines[last].row + 1, tail[0].row))
    return [line.row for line in tail] if gap else []
