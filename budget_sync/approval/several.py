"""Several lines of one purchase: what each would take of the budgets, and the decision on all of them. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from budget_sync.approval.answer import CheckAnswer, Decision, SeveralAnswers
from budget_sync.approval.found import Found
from budget_sync.approval.matching import Match

_STRICTEST_FIRST = (Decision.REJECT, Decision.REVIEW, Decision.APPROVE)


def taken_by(found: Found, match: Match) -> dict[str, Decimal]:
    """What the amount would take of each line that answers, in the line's currency; the last takes what is left."""
    rest = found.request.amount
    taken: dict[str, Decimal] = {}
    for position, line in enumerate(match.lines, 1):
        rate = found.rates.of(line.currency)
        wanted = found.rates.in_currency(rest, line.currency)
        part = wanted if position == len(match.lines) else min(wanted, max(line.available, Decimal(0)))
        taken[line.id] = part
        rest = max(rest - part * rate, Decimal(0))
    return taken


def together(answers: Sequence[CheckAnswer]) -> SeveralAnswers:
    """The strictest of the answers decides; of equals, the first."""
    strictest = min(answers, key=lambda answer: _STRICTEST_FIRST.index(answer.decision))
    return SeveralAnswers(
        available=all(answer.available for answer in answers),
        decision=strictest.decision,
        reason_code=strictest.reason_code,
        reason=strictest.reason,
        can_auto_approve=all(answer.can_auto_approve for answer in answers),
        lines=list(answers),
        as_of=strictest.as_of,
    )
