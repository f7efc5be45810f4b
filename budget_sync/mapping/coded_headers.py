"""Headers that begin with a code: ``1000 Administration | 2000 Sales | 3000 Production``, none of them a year's.

In: the headers of columns of numbers. Out: the places of those.
"""

import re
from collections.abc import Sequence

from budget_sync.reading.structure.cells import is_year

_CODED = re.compile(r"\s*(?P<code>[0-9]{4})\s*[-\u2013:.]?\s+[^\W\d_]{2}")
_SEVERAL = 2


def coded_headers(labels: Sequence[str]) -> set[int]:
    """All that begin with four digits and a name, where several of those numbers can be no year."""
    codes = {place: match["code"] for place, label in enumerate(labels) if (match := _CODED.match(label))}
    others = {code for code in codes.values() if not is_year(code)}
    return set(codes) if len(others) >= _SEVERAL else set()
