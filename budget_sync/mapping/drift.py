"""Whether a file of a known layout still holds what its forerunners held: pure rules, each answered in words.

In: the remembered profile and the file's own. Out: what differs so far that a person should look. A budget that
doubles is no drift; amounts that all grew a hundredfold are a change of unit, whatever else they are.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

import msgspec

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.analysis import Answer, Question

DRIFT = "drift"
_OTHER_UNIT = 100  # every quartile moved by so much: thousands for units, cents for euros
_LEAST_AMOUNTS = 3
_SELDOM, _MOSTLY = 0.2, 0.8


class Kind(StrEnum):
    """What the cells of a column are; the values stand in sentences."""

    NAMES = "names"
    CODES = "codes"
    PERIODS = "periods"
    DATES = "dates"
    EMPTY = "empty"


class ColumnLook(msgspec.Struct, frozen=True):
    """A mapped column other than an amount."""

    index: int
    field: TargetField
    kind: Kind


class LayoutProfile(msgspec.Struct, frozen=True):
    """``quartiles`` are of the sizes of the amounts other than nought, their scale applied: lower, median, upper.

    ``negatives``: the share of the amounts that are below nought. ``decimals``: by amount column of a text file, its
    decimal sign.
    """

    columns: list[ColumnLook]
    currencies: list[str]
    amounts: int
    quartiles: list[Decimal]
    negatives: float
    decimals: dict[str, str] = {}


def find_drift(before: LayoutProfile, now: LayoutProfile, headers: Sequence[str]) -> list[str]:
    """What differs, a clause each; empty where the file is as its forerunners were."""
    return [*_scale(before, now), *_currency(before, now), *_sign(before, now), *_kinds(before, now, headers)]


def drift_question(clauses: Sequence[str]) -> Question:
    """What a person is asked of a file that drifted."""
    return Question(
        code=DRIFT,
        text=f"The file has the layout of earlier ones, but {'; '.join(clauses)}. Is it right as it is?",
        answers=[
            Answer("confirm", "Yes, load it", "its lines are loaded, and later files are compared with this one"),
            Answer("decline", "No", "nothing is loaded"),
        ],
    )


def _scale(before: LayoutProfile, now: LayoutProfile) -> list[str]:
    if min(before.amounts, now.amounts) < _LEAST_AMOUNTS:
        return []
    pairs = list(zip(before.quartiles, now.quartiles, strict=True))
    if not pairs or any(not old or not new for old, new in pairs):
        return []
    larger = all(new >= old * _OTHER_UNIT for old, new in pairs)
    smaller = all(new * _OTHER_UNIT <= old for old, new in pairs)
    if not larger and not smaller:
        return []
    old, new = pairs[len(pairs) // 2]
    times = 10 ** round((max(old, new) / min(old, new)).log10())
    word = "larger" if larger else "smaller"
    return [f"amounts are about {times:,} times {word}: half of them are above {_shown(new)}, before {_shown(old)}"]


def _currency(before: LayoutProfile, now: LayoutProfile) -> list[str]:
    if not before.currencies or not now.currencies or set(before.currencies) & set(now.currencies):
        return []
    return [f"amounts are in {', '.join(now.currencies)}, before in {', '.join(before.currencies)}"]


def _sign(before: LayoutProfile, now: LayoutProfile) -> list[str]:
    if min(before.amounts, now.amounts) < _LEAST_AMOUNTS:
        return []
    if before.negatives <= _SELDOM and now.negatives >= _MOSTLY:
        return ["most amounts are negative, before they were positive"]
    if before.negatives >= _MOSTLY and now.negatives <= _SELDOM:
        return ["most amounts are positive, before they were negative"]
    return []


def _kinds(before: LayoutProfile, now: LayoutProfile, headers: Sequence[str]) -> list[str]:
    found = []
    looks = {look.index: look for look in now.columns}
    for old in before.columns:
        new = looks.get(old.index)
        if new is None or new.field is not old.field or new.kind is old.kind or old.kind is Kind.EMPTY:
            continue
        name = headers[old.index].strip() if old.index < len(headers) else ""
        now_it = "is empty" if new.kind is Kind.EMPTY else f"holds {new.kind.value}"
        found.append(f"column '{name or old.index + 1}' {now_it}, before it held {old.kind.value}")
    return found


def _shown(amount: Decimal) -> str:
    return f"{amount.normalize():,f}"
