"""``V1 | V2 | V3`` side by side: one budget in its versions, the last of which is in force.

In: the candidates. Out: those columns in the order of their numbers, none where they do not count from one.
"""

import re
from collections.abc import Sequence

from budget_sync.mapping.candidates import Candidate

_NUMBERED = re.compile(r"v(?:er(?:s(?:ion)?)?\.?)?[ _-]?(?P<number>[1-9][0-9]?)", re.IGNORECASE)
_LEAST = 2


def numbered_versions(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Only columns that are called so and nothing else."""
    found = {
        int(match["number"]): one for one in candidates if (match := _NUMBERED.fullmatch(one.column.label.strip()))
    }
    counted = sorted(found)
    return [found[number] for number in counted] if counted == [*range(1, max(len(found), _LEAST) + 1)] else []
