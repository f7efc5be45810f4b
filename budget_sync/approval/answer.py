"""The answer to a check, exactly as the contract's JSON shows it (camelCase through msgspec)."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from budget_sync.approval.matching import MatchedLevel


class Decision(StrEnum):
    """What the approval tool should do with the purchase."""

    APPROVE = "approve"
    REVIEW = "review"
    REJECT = "reject"


class ReasonCode(StrEnum):
    """Why: one rule decides, the first in this order that applies."""

    NO_BUDGET = "no_budget"
    BUDGET_CLOSED = "budget_closed"
    CURRENCY_MISMATCH = "currency_mismatch"
    INSUFFICIENT_BUDGET = "insufficient_budget"
    ABOVE_THRESHOLD = "above_threshold"
    BUDGET_CRITICAL = "budget_critical"
    AUTO_APPROVED = "auto_approved"


class BudgetFigures(msgspec.Struct, frozen=True, rename="camel"):
    """The budget that answered, in one currency. ``id`` None: several lines together, each in the details."""

    id: str | None
    department: str
    sub_category: str | None
    fiscal_period: str
    currency: str
    budgeted_amount: Decimal
    committed: Decimal
    reserved: Decimal
    actual_spent: Decimal
    available: Decimal


class LineConsidered(BudgetFigures, frozen=True, rename="camel"):
    """A line that was looked at, in its own currency; ``answers``: it is (part of) the budget that answered."""

    is_open: bool
    answers: bool


class RateUsed(msgspec.Struct, frozen=True, rename="camel"):
    """One unit of ``from_currency`` counted as ``rate`` units of the currency that was asked in, since ``valid_on``."""

    from_currency: str
    rate: Decimal
    valid_on: date


class CheckDetails(msgspec.Struct, frozen=True, rename="camel"):
    """What was considered: lines in their own currency, the rates used, and what a person could have meant."""

    lines: list[LineConsidered] = []
    rates: list[RateUsed] = []
    near_departments: list[str] = []
    near_sub_categories: list[str] = []
    known_periods: list[str] = []
    other_currencies: list[str] = []
    request_id: str | None = None


class CheckAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The whole of it. Money is in the asked currency; percentages have two decimals.

    ``available``: the amount fits. ``utilization_percent`` counts before the request, ``…_after`` with it; None
    where nothing is budgeted. ``shortfall`` is 0 where the amount fits, None where no line answers.
    """

    available: bool
    decision: Decision
    reason_code: ReasonCode
    reason: str
    can_auto_approve: bool
    auto_approval_threshold: Decimal
    utilization_percent: Decimal | None
    utilization_percent_after: Decimal | None
    shortfall: Decimal | None
    matched_level: MatchedLevel | None
    budget: BudgetFigures | None
    as_of: datetime
    details: CheckDetails
    success: bool = True


class SeveralAnswers(msgspec.Struct, frozen=True, rename="camel"):
    """One answer a line, in the order they were asked; ``available``: all of them fit together.

    The decision is the strictest of the lines', and the reason that line's.
    """

    available: bool
    decision: Decision
    reason_code: ReasonCode
    reason: str
    can_auto_approve: bool
    lines: list[CheckAnswer]
    as_of: datetime
    success: bool = True
