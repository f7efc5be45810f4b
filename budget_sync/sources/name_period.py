"""The period that a partner writes into the names of its files, as the source's own pattern says where.

In: a pattern such as ``plan_{year}{month}*.xlsx`` and a file's name. Out: the period, or None where the name is
another. ``{year}`` is two or four digits, ``{month}``, ``{quarter}`` and ``{half}`` are numbers; ``{period}`` stands
for any words that are read as a period elsewhere. ``*`` and ``?`` as in a shell; case does not count.
"""

import re
from typing import Final

from budget_sync.domain.errors import ConfigurationError, InvalidRequestError
from budget_sync.domain.period_text import find_period
from budget_sync.domain.periods import FiscalPeriod, PeriodKind

_CENTURY: Final = 2000
_PARTS: Final = {
    "*": ".*",
    "?": ".",
    "{year}": "(?P<year>[0-9]{4}|[0-9]{2})",
    "{month}": "(?P<month>0?[1-9]|1[0-2])",
    "{quarter}": "(?P<quarter>[1-4])",
    "{half}": "(?P<half>[12])",
    "{period}": "(?P<period>.+?)",
}
_SPLIT = re.compile(r"(\{\w*\}|[*?])")
_KINDS: Final = {"month": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER, "half": PeriodKind.HALF}
_LONGEST: Final = 200
_MOST_STARS: Final = 4  # each more multiplies the ways in which a long name can be tried


def check_name_pattern(pattern: str) -> None:
    """Nothing where the pattern says where a period stands.

    Raises:
        ConfigurationError: it does not, or says it twice.
    """
    _compiled(pattern)


def period_in_name(pattern: str, name: str, fiscal_year_start: int = 1) -> FiscalPeriod | None:
    """The period in this name; a month's year is the calendar's, that of a quarter or a half the fiscal one.

    Raises:
        ConfigurationError: the pattern says nowhere, or twice, where a period stands.
    """
    match = _compiled(pattern).fullmatch(name)
    if match is None:
        return None
    found = match.groupdict()
    try:
        if "period" in found:
            text = find_period(found["period"])
            return text.to_period(fiscal_year_start) if text else None
        year = int(found["year"]) + (_CENTURY if len(found["year"]) == 2 else 0)  # noqa: PLR2004 - of two digits
        kind, number = next(
            ((_KINDS[part], int(found[part])) for part in _KINDS if part in found), (PeriodKind.YEAR, 1)
        )
        return FiscalPeriod(year, kind, number)
    except InvalidRequestError:
        return None  # a year of another age: the name says no period after all


def _compiled(pattern: str) -> re.Pattern[str]:
    if len(pattern) > _LONGEST:
        raise ConfigurationError(f"A pattern of a file's name has at most {_LONGEST} characters.")
    parts = [part for part in _SPLIT.split(re.sub(r"\*+", "*", pattern)) if part]
    if parts.count("*") > _MOST_STARS:
        raise ConfigurationError(f"A pattern of a file's name has at most {_MOST_STARS} stars.")
    unknown = next((part for part in parts if part[0] == "{" and part not in _PARTS), None)
    if unknown is not None:
        raise ConfigurationError(f"{unknown} means nothing in the pattern {pattern}. {_HELP}")
    placeholders = [part for part in parts if part[0] == "{"]
    if not {"{period}", "{year}"} & set(placeholders) or len(set(placeholders)) < len(placeholders):
        raise ConfigurationError(f"The pattern {pattern} does not say once where the period stands. {_HELP}")
    if "{period}" in placeholders and len(placeholders) > 1:
        raise ConfigurationError(f"The pattern {pattern} says twice where the period stands. {_HELP}")
    return re.compile("".join(_PARTS.get(part) or re.escape(part) for part in parts), re.IGNORECASE)


_HELP: Final = "Write plan_{year}{month}.csv, budget_{year}_Q{quarter}*.xlsx or *_{period}.csv."
