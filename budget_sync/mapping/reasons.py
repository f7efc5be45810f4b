"""Why a column is what it is, in words that one reads: its name, its values, its neighbours.

In: a column and the field chosen for it. Out: a sentence without its full stop.
"""

from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name
from budget_sync.mapping.amount_choice import ChosenAmount
from budget_sync.mapping.columns import Column

_NAMED = 0.3
_MOSTLY = 0.5
_SHOWN = 40
_SEVERAL = 4  # of fewer amounts one in the middle says nothing
_TENS = 10


def reason_for(column: Column, field: TargetField, amount: ChosenAmount | None) -> str:
    """What spoke for the field, the name first."""
    parts = [_name(column, field), _amounts(column) if field is TargetField.BUDGETED_AMOUNT else _values(column, field)]
    if amount is not None and amount.period is not None and amount.period.day is None:
        named = column.evidence.strength(field) >= _NAMED
        parts[:1] = [*(parts[:1] if named else []), "its header names a period"]
    if amount is not None and amount.label:
        parts.append(f"gives its lines the name {amount.label!r}")
    return "; ".join(part for part in parts if part)


def _name(column: Column, field: TargetField) -> str:
    label = clean_name(column.label)[:_SHOWN]
    if not label:
        return "no name"
    if column.evidence.strength(field) >= _NAMED:
        return f"named {label!r}"
    return f"{label!r} says nothing else"


def _values(column: Column, field: TargetField) -> str:
    profile = column.profile
    match field:
        case TargetField.DEPARTMENT:
            return f"{_distinct(column)}, as departments have" if profile.distinct > 1 else _distinct(column)
        case TargetField.SUB_CATEGORY:
            return _distinct(column)
        case TargetField.FISCAL_PERIOD:
            return f"{profile.periods:.0%} of its cells are periods"
        case TargetField.CURRENCY:
            return f"{profile.currency:.0%} of its cells are currencies"
        case _:
            return f"{profile.distinct} distinct values" if profile.distinct != 1 else "one value throughout"


def _distinct(column: Column) -> str:
    """``14 distinct names``; codes where they are none."""
    profile = column.profile
    what = "name" if profile.texts - profile.code_like > _MOSTLY else "code"
    return f"{profile.distinct} distinct {what}s" if profile.distinct != 1 else f"one {what} throughout"


def _amounts(column: Column) -> str:
    profile = column.profile
    if not profile.filled:
        return "no amounts yet"
    if profile.filled == 1:
        return "one amount"
    if profile.money_marks > _MOSTLY:
        return f"{profile.filled} amounts, with money marks"
    if profile.filled < _SEVERAL:
        return f"{profile.filled} amounts"
    return f"{profile.filled} amounts, around {profile.magnitude:,.{0 if profile.magnitude >= _TENS else 2}f}"
