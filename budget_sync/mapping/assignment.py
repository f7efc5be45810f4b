"""Which column gets which field, so that the sum of the scores is largest; "no field" has its price.

In: a score for each field and column. Out: for each field a column or none. At most a handful of fields: the
best choice is found exactly, field by field over the sets of columns already taken.
"""

from collections.abc import Sequence

_CANDIDATES = 6  # the best columns of a field; with fewer fields than this none beyond can be in the best choice


def assign(scores: Sequence[Sequence[float]], price_of_none: Sequence[float]) -> list[int | None]:
    """For each field the chosen column. ``scores[field][column]``; a column goes to one field at most.

    ``price_of_none[field]`` is what leaving the field empty scores.
    """
    best: dict[frozenset[int], tuple[float, tuple[int | None, ...]]] = {frozenset(): (0.0, ())}
    for field, row in enumerate(scores):
        candidates = sorted(range(len(row)), key=lambda column: -row[column])[:_CANDIDATES]
        following: dict[frozenset[int], tuple[float, tuple[int | None, ...]]] = {}
        for taken, (total, chosen) in best.items():
            options: list[tuple[int | None, float]] = [(None, price_of_none[field])]
            options += [(column, row[column]) for column in candidates if column not in taken]
            for column, score in options:
                key = taken if column is None else taken | {column}
                if key not in following or total + score > following[key][0]:
                    following[key] = (total + score, (*chosen, column))
        best = following
    return list(max(best.values(), key=lambda outcome: outcome[0])[1])
