"""Why a reservation cannot be made, with every number and name that decided. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from psycopg.rows import TupleRow

from budget_sync.approval.matching import BudgetLine, Match, MatchProblem
from budget_sync.approval.reasons import money_text
from budget_sync.approval.reservation_types import Conversion, ReserveRequest, Share
from budget_sync.domain.errors import BudgetSyncError, NotFoundError, RefusedError


def line_refusal(
    row: TupleRow | None, share: Share, currency: str, conversion: Conversion | None = None
) -> BudgetSyncError:
    """Why one line did not take its share; the row is read after the refusal, without a lock."""
    if row is None:
        return NotFoundError("There is no such budget line.", budget_id=share.budget_id)
    department, sub_category, period, line_currency, state, budgeted, committed, reserved, spent = row
    name = " / ".join(filter(None, (department, sub_category))) + f" for {period}"
    if line_currency != currency:
        return RefusedError(
            f"{name} is in {line_currency}, not in {currency}.",
            code="currency_mismatch",
            budget_id=share.budget_id,
            currency=line_currency,
        )
    if state != "open":
        return RefusedError(f"{name} is closed.", code="budget_closed", budget_id=share.budget_id)
    available: Decimal = budgeted - committed - reserved
    shortfall = max(share.amount - available, Decimal(0))
    return RefusedError(
        f"{money_text(share.amount, currency)} does not fit: {name} has {money_text(available, currency)} available.",
        code="insufficient_budget",
        budget_id=share.budget_id,
        requested=share.amount,
        currency=currency,
        budgeted_amount=budgeted,
        committed=committed,
        reserved=reserved,
        actual_spent=spent,
        available=available,
        shortfall=shortfall,
        **({"conversion": conversion} if conversion else {}),
    )


def ambiguous(lines: Sequence[BudgetLine]) -> RefusedError:
    """Several lines answer together; the caller says how much each holds."""
    return RefusedError(
        f"{len(lines)} budget lines answer together. Say in allocations how much each of them holds.",
        code="ambiguous_budget",
        lines=[
            {
                "budgetId": line.id,
                "department": line.department,
                "subCategory": line.sub_category or None,
                "fiscalPeriod": str(line.fiscal_period),
                "available": line.available,
            }
            for line in lines
        ],
    )


def unmatched(match: Match, request: ReserveRequest) -> RefusedError:
    """No line answers."""
    problem = match.problem or MatchProblem.NO_BUDGET
    place = request.place
    named = f"{place.department} for {place.fiscal_period}" if place else "this place"
    sentences = {
        MatchProblem.NO_BUDGET: f"There is no budget of {named}. A check names what there is.",
        MatchProblem.BUDGET_CLOSED: f"The budget of {named} is closed.",
        MatchProblem.CURRENCY_MISMATCH: f"The budget of {named} is in {' and '.join(match.other_currencies)}.",
    }
    return RefusedError(sentences[problem], code=problem.value, other_currencies=list(match.other_currencies))
