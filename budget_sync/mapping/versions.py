"""Versions of one budget, in columns or in rows: which is in force.

In: names and the values of a column. Out: ranks, and the row filter that keeps the version in force
(revised or amended, then adopted, then proposed, then requested; actual figures never).
"""

from collections.abc import Sequence

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.names import NameEvidence, read_name

_UNNAMED = 2.5  # "Budget" alone stands between adopted and proposed
_MOST_VALUES = 12
_MOST_KNOWN = 0.6
_MOST_WORDS = 3
_ORDINAL_LENGTH = 2
_LEAST_STRENGTH = 0.69


def version_rank(evidence: NameEvidence) -> float:
    """The larger the rank, the more in force."""
    return _UNNAMED if evidence.version is None else float(evidence.version)


def version_number(name: str) -> int:
    """The ordinal in a version's name (``2nd amendment``), 0 for none."""
    numbers = [int(word) for word in words_of(name) if word.isdecimal() and len(word) <= _ORDINAL_LENGTH]
    return max(numbers, default=0)


def rows_to_keep(values: Sequence[str]) -> list[str] | None:
    """The values of a column that stand for the budget in force; None where the column tells no versions apart.

    A value that names nothing known is kept: it is not for us to drop what we do not understand.
    """
    distinct = _distinct(values)
    ranks = ranks_of(values)
    if not ranks:
        return None
    versions = [value for value in ranks if read_name(value).version is not None]
    best = max((ranks[value] for value in versions), default=_UNNAMED)
    actual = {value for value in distinct if _is_actual(read_name(value))}
    left_out = {value for value in versions if ranks[value] != best} | actual
    keep = [value for value in distinct if value not in left_out]
    return keep if len(keep) < len(distinct) else None


def ranks_of(values: Sequence[str]) -> dict[str, float]:
    """The values of a column that name the budget and its versions, with their ranks; none where few do."""
    distinct = _distinct(values)
    if not 1 < len(distinct) <= _MOST_VALUES or any(len(value.split()) > _MOST_WORDS for value in distinct):
        return {}
    names = {value: read_name(value) for value in distinct}
    actual = [value for value in distinct if _is_actual(names[value])]
    budgets = [value for value in distinct if value not in actual and _is_budget(names[value])]
    if not budgets or len(actual) + len(budgets) < max(2.0, _MOST_KNOWN * len(distinct)):
        return {}
    return {value: version_rank(names[value]) for value in budgets}


def _distinct(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def says_actual(values: Sequence[str]) -> bool:
    """Whether one of the values stands for actual figures, which are never loaded."""
    return any(_is_actual(read_name(value.strip())) for value in values if len(value.split()) <= _MOST_WORDS)


def _is_actual(name: NameEvidence) -> bool:
    return bool(name.tags & {"actual", "difference", "forecast", "prior"}) and "budget" not in name.tags


def _is_budget(name: NameEvidence) -> bool:
    return (
        "budget" in name.tags
        or name.version is not None
        or (name.strength(TargetField.BUDGETED_AMOUNT) > _LEAST_STRENGTH)
    )
