"""The three checks of the demo, made from a line that is there: one that fits, one too large, one misspelt.

In: a budget line. Out: ``Question``s, each with the answer that it must get. Pure.
"""

from dataclasses import dataclass
from decimal import Decimal

from budget_sync.approval.answer import CheckAnswer, ReasonCode
from budget_sync.approval.listing import ListedLine
from budget_sync.approval.request import CheckRequest
from budget_sync.domain.names import fold_name
from budget_sync.domain.periods import FiscalPeriod

_SMALL = Decimal(2500)  # below the threshold above which a person must look
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Question:
    """``request`` and what its answer must be: the reason, and the near name that must be offered."""

    request: CheckRequest
    reason: ReasonCode
    near: str | None = None

    def is_answered_by(self, answer: CheckAnswer) -> bool:
        """Whether the answer is the one that must come."""
        if answer.reason_code is not self.reason:
            return False
        near = {fold_name(name) for name in answer.details.near_departments}
        return self.near is None or fold_name(self.near) in near


def three_questions(line: ListedLine) -> list[Question]:
    """What an approval tool could ask of this line, whose available amount is above zero."""
    available = line.utilization.available
    misspelt = line.department[: len(line.department) // 2] + line.department[len(line.department) // 2 + 1 :]
    return [
        Question(_ask(line, min(_SMALL, available)), ReasonCode.AUTO_APPROVED),
        Question(_ask(line, available + _CENT), ReasonCode.INSUFFICIENT_BUDGET),
        Question(_ask(line, min(_SMALL, available), department=misspelt), ReasonCode.NO_BUDGET, line.department),
    ]


def answers_from(line: ListedLine, answer: CheckAnswer) -> bool:
    """Whether a check was answered from this very line."""
    return answer.available and answer.budget is not None and answer.budget.id == str(line.id)


def whole_amount(line: ListedLine) -> CheckRequest:
    """A request of all that the line has: it fits exactly."""
    return _ask(line, line.utilization.available)


def _ask(line: ListedLine, amount: Decimal, department: str | None = None) -> CheckRequest:
    return CheckRequest(
        department=department or line.department,
        fiscal_period=FiscalPeriod.from_code(line.fiscal_period),
        amount=amount,
        sub_category=line.sub_category,
        currency=line.currency,
    )
