"""Why a column is what it is, in words that one reads: its name, its values, its neighbours.

In: a column and the field chosen for it. Out: a sentence without its full stop.
"""

from budget_sync.domain.fields import TargetField
from budget_sync.domain.names import clean_name
from budget_sync.mapping.columns import Column
from budget_sync.mapping.layout import ChosenAmount

_NAMED = 0.3
_MOSTLY = 0.5
_SHOWN = 40


def reason_for(column: Column, field: TargetField, amount: ChosenAmount | None) -> str:
    """What spoke for the field, the name first."""
    parts = [_name(column, field), _amounts(column) if field is TargetField.BUDGETED_AMOUNT else _values(column, field)]
    if amount is not None and amount.period is not None and amount.period.day is None:
        parts.insert(1, "its header names a period")
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
            return f"{profile.distinct} distinct {_what(column)}, as departments have"
        case TargetField.SUB_CATEGORY:
            return f"{profile.distinct} distinct {_what(column)}"
        case TargetField.FISCAL_PERIOD:
            return f"{profile.periods:.0%} of its cells are periods"
        case TargetField.CURRENCY:
            return f"{profile.currency:.0%} of its cells are currencies"
        case _:
            return f"{profile.distinct} distinct values"


def _what(column: Column) -> str:
    return "names" if column.profile.texts - column.profile.code_like > _MOSTLY else "codes"


def _amounts(column: Column) -> str:
    profile = column.profile
    if not profile.filled:
        return "no amounts yet"
    said = "with money marks" if profile.money_marks > _MOSTLY else f"half of them above {profile.magnitude:,.0f}"
    return f"{profile.filled} amounts, {said}"
