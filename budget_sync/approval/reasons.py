"""The sentence that a person can act on, for each outcome of a check: what was found, and what to do now. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from budget_sync.approval.answer import BudgetFigures, ReasonCode
from budget_sync.approval.matching import MatchedLevel, MatchProblem
from budget_sync.approval.request import CheckRequest
from budget_sync.approval.surroundings import Surroundings


def money_text(amount: Decimal, currency: str) -> str:
    """The amount as people read it: grouped, two decimals, more only where they are there."""
    text = f"{amount:,.4f}"
    shown = text[:-2] if text.endswith("00") else text.removesuffix("0")
    return f"{shown} {currency}"


def reason_for_figures(
    code: ReasonCode, request: CheckRequest, figures: BudgetFigures, level: MatchedLevel, threshold: Decimal
) -> str:
    """Why a budget that was found covers the request, or does not, or needs a person."""
    asked = money_text(request.amount, figures.currency)
    left = money_text(figures.available, figures.currency)
    where = _place_of(request, figures, level)
    match code:
        case ReasonCode.INSUFFICIENT_BUDGET:
            short = money_text(request.amount - figures.available, figures.currency)
            return f"{asked} does not fit: {where} has {left} available, {short} short."
        case ReasonCode.ABOVE_THRESHOLD:
            limit = money_text(threshold, figures.currency)
            return f"{asked} fits in {where} ({left} available) but is above {limit}: a person must approve it."
        case ReasonCode.BUDGET_CRITICAL:
            return f"{asked} fits in {where}, but only {left} is left there: a person must approve it."
    if request.amount > figures.available:
        return f"{asked} is above the {left} available in {where}, which its rule lets pass."
    return f"{asked} fits: {where} has {left} available."


def reason_for_problem(
    problem: MatchProblem,
    request: CheckRequest,
    other_currencies: Sequence[str],
    currency: str,
    surroundings: Surroundings,
) -> str:
    """Why no line answers, and what the caller can write instead."""
    place = _asked_place(request)
    match problem:
        case MatchProblem.CURRENCY_MISMATCH:
            others = " and ".join(other_currencies)
            return f"The budget of {place} is in {others}. Ask in {others}, or record an exchange rate to {currency}."
        case MatchProblem.BUDGET_CLOSED:
            return f"The budget of {place} for {request.fiscal_period} is closed. Ask who keeps it to open it again."
    return f"There is no budget of {place} for {request.fiscal_period}.{_hint(surroundings)}"


def _hint(surroundings: Surroundings) -> str:
    if surroundings.near_departments:
        return f" Did you mean {_either(surroundings.near_departments)}?"
    if surroundings.near_sub_categories:
        return f" Did you mean {_either(surroundings.near_sub_categories)}?"
    if surroundings.known_periods:
        return f" There is one for {', '.join(surroundings.known_periods)}."
    if surroundings.department_known:
        return " The department has neither this sub-category nor a general budget."
    return " No department has a name like it; import its budget first."


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _asked_place(request: CheckRequest) -> str:
    return f"{request.department} / {request.sub_category}" if request.sub_category else request.department


def _place_of(request: CheckRequest, figures: BudgetFigures, level: MatchedLevel) -> str:
    """The line that answered, saying so where it is not the one that was asked for."""
    if level is MatchedLevel.DEPARTMENT_TOTAL:
        return f"{figures.department}, all its lines for {figures.fiscal_period} together,"
    if level is MatchedLevel.DEPARTMENT and request.sub_category:
        return f"the general budget of {figures.department} for {figures.fiscal_period}"
    name = f"{figures.department} / {figures.sub_category}" if figures.sub_category else figures.department
    return f"{name} for {figures.fiscal_period}"
