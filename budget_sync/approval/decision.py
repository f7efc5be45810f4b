"""A match and an amount become a decision with the reason that made it: the rules of the contract, in order.

In: ``CheckRequest``, ``Match``, ``ApprovalPolicy``, ``Rates``, and what is known where nothing matched.
Out: ``CheckAnswer``. Pure.
"""

from datetime import datetime
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

from budget_sync.approval.answer import (
    BudgetFigures,
    CheckAnswer,
    CheckDetails,
    Decision,
    LineConsidered,
    RateUsed,
    ReasonCode,
)
from budget_sync.approval.matching import BudgetLine, Match, MatchedLevel, MatchProblem
from budget_sync.approval.policy import EXACT, ApprovalPolicy, Rates, WhenExceeded
from budget_sync.approval.reasons import reason_for_figures, reason_for_problem
from budget_sync.approval.request import CheckRequest
from budget_sync.approval.surroundings import Surroundings

_FOUR_PLACES = Decimal("0.0001")
_TWO_PLACES = Decimal("0.01")
_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)
_ONE = Decimal(1)


def decide(
    request: CheckRequest,
    match: Match,
    *,
    rates: Rates,
    policy: ApprovalPolicy,
    as_of: datetime,
    surroundings: Surroundings | None = None,
) -> CheckAnswer:
    """The answer; ``rates`` names the currency asked in. A request equal to what is available fits."""
    if match.problem is not None or match.level is None:
        return _refuse(request, match, rates.to_currency, policy, as_of, surroundings or Surroundings())
    figures = _together(request, match, match.level, rates)
    code = _rule_that_decides(request.amount, figures, policy)
    return CheckAnswer(
        available=request.amount <= figures.available,
        decision=_decision(code, policy),
        reason_code=code,
        reason=reason_for_figures(code, request, figures, match.level, policy.auto_approval_threshold),
        can_auto_approve=code is ReasonCode.AUTO_APPROVED,
        auto_approval_threshold=policy.auto_approval_threshold,
        utilization_percent=_percent(_used(figures), figures.budgeted_amount),
        utilization_percent_after=_percent(_used(figures) + request.amount, figures.budgeted_amount),
        shortfall=max(request.amount - figures.available, _NOTHING),
        matched_level=match.level,
        budget=figures,
        as_of=as_of,
        details=CheckDetails(
            lines=_considered(match),
            rates=_rates_used(match, rates),
            request_id=request.request_id,
        ),
    )


_DECISIONS = {
    ReasonCode.INSUFFICIENT_BUDGET: Decision.REJECT,
    ReasonCode.ABOVE_THRESHOLD: Decision.REVIEW,
    ReasonCode.BUDGET_CRITICAL: Decision.REVIEW,
    ReasonCode.AUTO_APPROVED: Decision.APPROVE,
}


def _decision(code: ReasonCode, policy: ApprovalPolicy) -> Decision:
    if code is ReasonCode.INSUFFICIENT_BUDGET and policy.when_exceeded is WhenExceeded.WARN:
        return Decision.REVIEW
    return _DECISIONS[code]


def _rates_used(match: Match, rates: Rates) -> list[RateUsed]:
    if not rates.rates:
        return []
    others = sorted({line.currency for line in match.lines} - {rates.to_currency})
    return [RateUsed(other, rates.rates[other].rate, rates.rates[other].valid_on) for other in others]


def _rule_that_decides(amount: Decimal, figures: BudgetFigures, policy: ApprovalPolicy) -> ReasonCode:
    if amount > figures.available and policy.when_exceeded is not WhenExceeded.IGNORE:
        return ReasonCode.INSUFFICIENT_BUDGET
    if amount > policy.auto_approval_threshold:
        return ReasonCode.ABOVE_THRESHOLD
    # Compared by multiplication: the percentage that is shown is rounded, the rule is not.
    if _used(figures) * _HUNDRED >= policy.utilization_limit_percent * figures.budgeted_amount:
        return ReasonCode.BUDGET_CRITICAL
    return ReasonCode.AUTO_APPROVED


def _refuse(
    request: CheckRequest,
    match: Match,
    currency: str,
    policy: ApprovalPolicy,
    as_of: datetime,
    surroundings: Surroundings,
) -> CheckAnswer:
    problem = match.problem or MatchProblem.NO_BUDGET
    return CheckAnswer(
        available=False,
        decision=Decision.REJECT,
        reason_code=ReasonCode(problem.value),
        reason=reason_for_problem(problem, request, match.other_currencies, currency, surroundings),
        can_auto_approve=False,
        auto_approval_threshold=policy.auto_approval_threshold,
        utilization_percent=None,
        utilization_percent_after=None,
        shortfall=None,
        matched_level=match.level,
        budget=None,
        as_of=as_of,
        details=CheckDetails(
            lines=_considered(match),
            near_departments=surroundings.near_departments,
            near_sub_categories=surroundings.near_sub_categories,
            known_periods=surroundings.known_periods,
            other_currencies=list(match.other_currencies),
            request_id=request.request_id,
        ),
    )


def _considered(match: Match) -> list[LineConsidered]:
    """Each in its own currency."""
    answering = {line.id for line in match.lines}
    return [
        LineConsidered(
            id=line.id,
            department=line.department,
            sub_category=line.sub_category or None,
            fiscal_period=str(line.fiscal_period),
            currency=line.currency,
            budgeted_amount=line.budgeted,
            committed=line.committed,
            reserved=line.reserved,
            actual_spent=line.actual_spent,
            available=line.available,
            is_open=line.is_open,
            answers=line.id in answering,
        )
        for line in match.considered
    ]


def _together(request: CheckRequest, match: Match, level: MatchedLevel, rates: Rates) -> BudgetFigures:
    """The figures of the one line, or the sum of several, in the asked currency."""
    currency = rates.to_currency
    each = [_figures(line, currency, rates.of(line.currency)) for line in match.lines]
    if len(each) == 1:
        return each[0]
    one_name = level is not MatchedLevel.DEPARTMENT_TOTAL
    return BudgetFigures(
        id=None,
        department=each[0].department,
        sub_category=each[0].sub_category if one_name else None,
        fiscal_period=str(request.fiscal_period),
        currency=currency,
        budgeted_amount=sum((part.budgeted_amount for part in each), Decimal(0)),
        committed=sum((part.committed for part in each), Decimal(0)),
        reserved=sum((part.reserved for part in each), Decimal(0)),
        actual_spent=sum((part.actual_spent for part in each), Decimal(0)),
        available=sum((part.available for part in each), Decimal(0)),
    )


def _figures(line: BudgetLine, currency: str, rate: Decimal) -> BudgetFigures:
    """A line in ``currency``. What is available is rounded down, so that a conversion never adds a cent."""

    def money(amount: Decimal, rounding: str = ROUND_HALF_EVEN) -> Decimal:
        return amount if rate == _ONE else EXACT.multiply(amount, rate).quantize(_FOUR_PLACES, rounding, EXACT)

    return BudgetFigures(
        id=line.id,
        department=line.department,
        sub_category=line.sub_category or None,
        fiscal_period=str(line.fiscal_period),
        currency=currency,
        budgeted_amount=money(line.budgeted),
        committed=money(line.committed),
        reserved=money(line.reserved),
        actual_spent=money(line.actual_spent),
        available=money(line.available, ROUND_DOWN),
    )


def _used(figures: BudgetFigures) -> Decimal:
    return figures.committed + figures.reserved


def _percent(part: Decimal, budgeted: Decimal) -> Decimal | None:
    if budgeted <= 0:
        return None
    return (part / budgeted * _HUNDRED).quantize(_TWO_PLACES, ROUND_HALF_EVEN)
