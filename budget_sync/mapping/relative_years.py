"""Years counted from the budget's own: ``N-1 | N | N+1``, ``Amount t-2 | Amount t-1 | Amount t``.

In: the headers. Out: by place, how many years before or after its own a column is. They say so together only: a ``T``
alone is something else.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from budget_sync.domain.vocabulary.fold import fold_text

_COUNTED = re.compile(r"(?<![^\W_])(?P<year>[nt])(?: ?(?P<side>[-+\u2212\u2013]) ?(?P<count>[1-9]))?(?![^\W_])")


def relative_years(labels: Sequence[str]) -> dict[int, int]:
    """Of one wording, its own year among them."""
    runs: dict[str, dict[int, int]] = defaultdict(dict)
    for place, label in enumerate(labels):
        folded = " ".join(fold_text(label).split())
        match = next(reversed(list(_COUNTED.finditer(folded))), None)
        if match is not None:
            wording = f"{folded[: match.start()]}#{match['year']}{folded[match.end() :]}"
            runs[wording][place] = int(match["count"] or 0) * (1 if match["side"] == "+" else -1)
    counted = [run for run in runs.values() if 0 in run.values() and len(set(run.values())) > 1]
    return {place: years for run in counted for place, years in run.items()}
