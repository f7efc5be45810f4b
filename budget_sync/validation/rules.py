r"""What each column of budget lines is, and what its texts must be; the schema is made of this.

In: ``LineColumns``. Out: whether every cell of them fits. ``[0-9]``, for ``\d`` takes other scripts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from budget_sync.domain.fields import LineType
from budget_sync.domain.names import LONGEST_NAME, has_key
from budget_sync.domain.vocabulary import currencies
from budget_sync.domain.whole_column import WholeColumn
from budget_sync.validation.lines import LineColumns

_CONTROL = "\\x00-\\x1f\\x7f-\\x9f"
_NAME = rf"[^{_CONTROL}]{{1,{LONGEST_NAME}}}\Z"
_NAME_OR_NONE = rf"[^{_CONTROL}]{{0,{LONGEST_NAME}}}\Z"
_PERIOD = r"(?:FY(?:19|20|21)[0-9]{2}(?:-H[12]|-Q[1-4])?|(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2]))\Z"
_AMOUNT = r"-?[0-9]{1,15}(?:\.[0-9]{1,4})?"  # numeric(19,4)
_AMOUNT_COLUMN, _AMOUNTS = "budgeted_amount", WholeColumn(_AMOUNT)


@dataclass(frozen=True, slots=True)
class Rule:
    """``fits``: whether a text passes, by a value that is true or false. ``words``: the rule for people."""

    name: str
    fits: Callable[[str], object]
    words: str


def _matches(pattern: str) -> Rule:
    return Rule("matches", re.compile(pattern).match, f"matches {pattern}")


def _is_one_of(texts: list[str]) -> Rule:
    return Rule("is_one_of", frozenset(texts).__contains__, f"is one of {', '.join(texts)}")


_KEY = Rule("key_fits", has_key, "is short enough for the key of an index")

TEXT_RULES: Mapping[str, tuple[Rule, ...]] = {
    "department": (_matches(_NAME), _KEY),
    "sub_category": (_matches(_NAME_OR_NONE), _KEY),
    "fiscal_period": (_matches(_PERIOD),),
    "line_type": (_is_one_of([kind.value for kind in LineType]),),
    "currency": (_is_one_of(sorted(currencies().active_codes)),),
    _AMOUNT_COLUMN: (_matches(rf"{_AMOUNT}\Z"),),
}


DESCRIPTIONS: Mapping[str, str] = {
    "row": "row in the sheet or the file's records, from 0",
    "column": "column of the amount, from 0",
    "department": "organisational unit responsible for the line",
    "sub_category": "finest named category; empty for none",
    "fiscal_period": "FY2025, FY2025-H1, FY2025-Q3 or 2025-03",
    "line_type": "expense or revenue",
    "currency": "ISO 4217 code",
    "budgeted_amount": "plain decimal, at most 4 decimals, scale applied",
    "raw_amount": "the amount's cell as it stands in the file",
}
PLACES = ("row", "column")  # whole numbers; all others are texts


def are_plainly_good(lines: LineColumns) -> bool:
    """Whether no rule refuses a cell. Each different text is looked at once: a million rows name a few departments.

    Most amounts differ; they are asked for together.
    """
    return _AMOUNTS.fits(lines.budgeted_amount) and all(
        all(map(rule.fits, texts))
        for name, rules in TEXT_RULES.items()
        if name != _AMOUNT_COLUMN
        for texts in (set(lines.texts(name)),)
        for rule in rules
    )
