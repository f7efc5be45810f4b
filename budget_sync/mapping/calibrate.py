"""An isotonic curve through answers that were right or wrong: the surer, never the less often right.

In: margins with whether each was right. Out: ``Steps``. Pool adjacent violators, then each share is drawn a little
towards one half, for a step of few columns proves little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from budget_sync.mapping.confidence import Steps

_DOUBT = 0.8  # so many wrong and right columns are added to each step
_COIN = [(0.0, True), (0.0, False)] * 3  # at no margin at all nothing is known
_LEAST_STEP = 6
_HIGHEST = 0.995


@dataclass(slots=True)
class _Pool:
    first: float
    right: float
    count: float

    @property
    def share(self) -> float:
        return self.right / self.count


def steps_of(told: Sequence[tuple[float, bool]]) -> Steps:
    """The curve from the least margin to the largest."""
    pools: list[_Pool] = []
    for margin, right in sorted([*told, *_COIN]):
        pools.append(_Pool(margin, float(right), 1.0))
        while len(pools) > 1 and (pools[-2].share >= pools[-1].share or pools[-2].count < _LEAST_STEP):
            last = pools.pop()
            pools[-1].right += last.right
            pools[-1].count += last.count
    return Steps(
        margins=[round(pool.first, 3) for pool in pools],
        probabilities=[round(min((pool.right + _DOUBT) / (pool.count + 2 * _DOUBT), _HIGHEST), 3) for pool in pools],
    )
