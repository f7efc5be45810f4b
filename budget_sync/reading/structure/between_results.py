"""Lines that lead from one result to the next (taxes to net income), or are added to one total for the next one.

In: the rows with amounts, the totals among them. Out: the rows between two of them whose difference they are.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import fsum, isclose
from operator import mul

from budget_sync.reading.structure.arithmetic import CENT
from budget_sync.reading.structure.body_rows import BodyRows, amount_or_nought
from budget_sync.reading.structure.totals import TotalRow

_MOST_SIGNED = 4  # lines of which some add and some take away; of more, chance finds such signs


def between_results(rows: BodyRows, totals: Sequence[TotalRow]) -> set[int]:
    """``rows``: all with amounts, the totals too. In each column they are what the later result is more, or less.

    Some may add to it (interest received) and some take away. To a total they are added as it is stated, though its own
    lines do not come to that; to nought nothing is.
    """
    if not totals:
        return set()
    results = {total.row for total in totals if total.is_result}
    sums = {total.row for total in totals}
    places = [place for place, row in enumerate(rows.rows) if row in sums]
    found: set[int] = set()
    for before, after in pairwise(places):
        own = range(before + 1, after)
        of_results = {rows.rows[before], rows.rows[after]} <= results
        told = of_results or any(abs(amount_or_nought(column[before])) > CENT for column in rows.amounts)
        if own and told and _leads(rows, before, after, own, _signs(len(own)) if of_results else [(1,) * len(own)]):
            found.update(rows.rows[place] for place in own)
    return found


def _signs(count: int) -> Iterable[tuple[int, ...]]:
    return product((1, -1), repeat=count) if count <= _MOST_SIGNED else [(1,) * count, (-1,) * count]


def _leads(rows: BodyRows, before: int, after: int, between: Sequence[int], signs: Iterable[tuple[int, ...]]) -> bool:
    steps = [
        (
            amount_or_nought(column[after]) - amount_or_nought(column[before]),
            [amount_or_nought(column[place]) for place in between],
        )
        for column in rows.amounts
    ]
    moved = any(abs(difference) > CENT for difference, _ in steps)
    return moved and any(
        all(isclose(step, fsum(map(mul, own, told)), rel_tol=1e-9, abs_tol=CENT) for step, told in steps)
        for own in signs
    )
