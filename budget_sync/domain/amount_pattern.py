"""The pattern of an amount: sign, money mark, digits, size, in any of the orders that people write.

In: text of one spelling (``ONE_SPELLING``). Out: matches, and the plain digits of one number in a known style.
"""

import re
from collections.abc import Iterable
from functools import cache

from budget_sync.domain.vocabulary import amount_marks, currencies
from budget_sync.domain.whole_column import WholeColumn

MINUS = "-\u2212\u2013\uff0d\u25b3\u25b2"  # hyphen, minus, en dash (Word puts it), full-width, the triangles of Japan
_SPACES = " \u00a0\u2009\u202f\u2007\u2005"
_APOSTROPHES = "'\u2019\u02bc`\u00b4"
ONE_SPELLING = str.maketrans(dict.fromkeys(_SPACES + "\t", " ") | dict.fromkeys(_APOSTROPHES, "'"))

_PLAIN = r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?"  # bounded: no cell makes a number that floats cannot hold
_PLAINLY_DECIMAL = r"-?(?:[0-9]{1,40}\.(?:[0-9]{1,2}|[0-9]{4,40})|0\.[0-9]{3})"  # told without the long pattern
PLAIN, ALL_PLAIN = re.compile(_PLAIN), WholeColumn(_PLAIN)
PLAINLY_DECIMAL, ALL_PLAINLY_DECIMAL = re.compile(_PLAINLY_DECIMAL), WholeColumn(_PLAINLY_DECIMAL)
# The common ways of writing, told and read without the long pattern, several times as fast: by decimal sign.
GROUPED = {
    ".": re.compile(r"[$\u20ac\u00a3]? ?-?[0-9]{1,3}(?:,[0-9]{3}){0,9}(?:\.[0-9]{1,40})?"),
    ",": re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3}){0,9}(?:,[0-9]{1,40})?(?: ?\u20ac)?"),
}
UNGROUPED = {
    ".": str.maketrans("", "", ",$\u20ac\u00a3 "),
    ",": str.maketrans(",", ".", ".\u20ac "),
}
_WELL_GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]*"),
    ",": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]*"),
}
_LONGEST = 80  # with money marks, signs and the spaces of an accounting format
_NO_GROUPS = str.maketrans("", "", ",.' ")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _money_mark() -> str:
    money = currencies()
    return _any_of({*money.symbols, *money.shared, *money.active_codes})


@cache
def amount_pattern() -> re.Pattern[str]:
    """Sign, money mark, digits, size, money mark, sign, as one pattern over text of one spelling."""
    mark = rf"(?=[^{MINUS}0-9 (+])(?:{_money_mark()})"  # the look-ahead spares 200 alternatives a digit
    sizes = _any_of(amount_marks().suffixes)
    return re.compile(
        rf" *+(?P<open>\()? *+(?P<sign>[{MINUS}+])? *+(?:{mark})? *+(?P<inner>[{MINUS}+])?(?P<late>\()? *+"
        rf"(?P<number>[0-9](?:[0-9.,' ]*[0-9])?[.,]?|[.,][0-9]+)(?:(?<=[.,])[{MINUS}\u2014]+|/-)?"
        rf"(?P<power>[eE][-+]?[0-9]{{1,2}})? *+(?P<size>(?=[^0-9 )])(?:{sizes}))? *+(?:{mark})?"
        rf" *+(?P<trail>[{MINUS}+])? *+(?P<close>\))? *+(?:{mark})? *+\*{{0,3}} *+"
    )


def match_amount(text: str) -> re.Match[str] | None:
    """The whole cell as an amount by its looks; a long cell is none, so that no cell can cost much time."""
    return None if len(text) > _LONGEST else amount_pattern().fullmatch(text.translate(ONE_SPELLING))


@cache
def money_marks() -> re.Pattern[str]:
    """Every currency mark at either end of a nil cell such as ``$ -``."""
    mark = _money_mark()
    return re.compile(rf"(?:{mark}) *(?P<after>[{MINUS}\u2014]+)|(?P<before>[{MINUS}\u2014]+) *(?:{mark})|(?:{mark})")


def plain_digits(number: str, decimal: str) -> str | None:
    """The number with a point and without groups; None where it does not fit the style."""
    whole, sign, fraction = number.rpartition(decimal)
    if not sign:
        whole, fraction = number, ""
    if (fraction and not fraction.isdigit()) or _WELL_GROUPED[decimal].fullmatch(whole) is None:
        return None
    digits = whole.translate(_NO_GROUPS)
    return f"{digits or '0'}.{fraction}" if fraction else digits or None
