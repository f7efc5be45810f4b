"""Why a column of numbers is no budget, by its own name and cells.

In: a ``Column``. Out: the reason as people read it, None where it may be one.
"""

import re

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.columns import Column

REASONS = {
    "actual": "what was spent, not what was budgeted",
    "difference": "a difference or a share, not an amount",
    "count": "a count, a price or a rate, not a budget",
    "code": "a code, not an amount",
    "derived": "computed from other columns",
    "prior": "of an earlier year",
    "part": "a part of another column",
}
FORGIVEN = frozenset({REASONS["derived"], REASONS["prior"]})  # where no other column is likely enough
_NAMES_AMOUNT = 0.6
_CALLED_SO, _NEARLY_ALL = 0.9, 0.9
_NUMBERED = re.compile(r"\bn(?:o|r)?[.°º]? ?[1-9]\s*$", re.IGNORECASE)  # an amendment's, no year before


def reason_against(column: Column) -> str | None:
    """Why a column of numbers is no budget; the word "budget" itself outweighs a word of what it is not."""
    if column.code_of is not None or column.profile.padded or _is_code_by_name(column):
        return REASONS["code"]
    tags = column.evidence.tags
    if "budget" in tags and not tags & {"difference", "count", "code"}:
        tags -= {"actual", "derived", "prior"}
    if column.evidence.version is not None and _NUMBERED.search(column.label):
        tags -= {"code", "prior"}
    return next((reason for tag, reason in REASONS.items() if tag in tags), None)


def _is_code_by_name(column: Column) -> bool:
    """``Cost center`` or ``Natural account`` over whole numbers of one length; ``Expense`` may head amounts."""
    evidence, profile = column.evidence, column.profile
    named = max(evidence.strength(TargetField.DEPARTMENT), evidence.strength(TargetField.SUB_CATEGORY))
    if named < _CALLED_SO or evidence.strength(TargetField.BUDGETED_AMOUNT) >= _NAMES_AMOUNT:
        return False
    if any(words.is_whole(column.label) for words in (vocabulary().expense, vocabulary().revenue)):
        return False
    return column.period is None and profile.numbers > _NEARLY_ALL and profile.whole == profile.one_length == 1.0
