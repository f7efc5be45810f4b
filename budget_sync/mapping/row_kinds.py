"""Columns that tell rows apart beside versions by name: sums from lines, and versions by their number.

In: the values of a column. Out: the values whose rows are lines in force, None where the column tells nothing.
"""

import re
from collections.abc import Sequence

from budget_sync.domain.vocabulary import vocabulary

_NUMBERED = re.compile(
    r"(?:v|ver|vers|version|versión|versão|rev|revision|révision|fassung|stand)[ ._-]?([0-9]+(?:\.[0-9]+)?)"
)
_SEVERAL = 2


def lines_among_sums(values: Sequence[str]) -> list[str] | None:
    """``DETAIL`` of a column that says SUMMARY or DETAIL; every value must be a word for the one or the other."""
    distinct = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    words = vocabulary().rows
    lines = [value for value in distinct if words.kind_of_line.is_whole(value)]
    sums = [value for value in distinct if words.kind_of_sum.is_whole(value)]
    return lines if lines and sums and len(lines) + len(sums) == len(distinct) else None


def highest_version(values: Sequence[str]) -> list[str] | None:
    """``V3`` of a column that says V1, V2 and V3."""
    distinct = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    found = [_NUMBERED.fullmatch(value.casefold()) for value in distinct]
    numbers = [float(match[1]) for match in found if match is not None]
    if len(numbers) < max(_SEVERAL, len(distinct)):
        return None
    return [value for value, number in zip(distinct, numbers, strict=True) if number == max(numbers)]
