"""What was read for a question, and the answer that follows from it. Pure.

In: the rows of the check's statements. Out: ``Found``, and from it the match and the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

import msgspec
from msgspec.structs import replace

from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.decision import decide
from budget_sync.approval.ledger import HeldLine
from budget_sync.approval.matching import BudgetLine, Match, match_lines
from budget_sync.approval.policy import DEFAULT_POLICY, ApprovalPolicy, Rates, WhenExceeded, policy_in
from budget_sync.approval.request import CheckRequest
from budget_sync.approval.surroundings import Surroundings
from budget_sync.domain.periods import FiscalPeriod

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class CustomerTerms:
    """What a customer's questions are read by: its currency where none is said, the month its fiscal year starts in."""

    customer_id: UUID
    currency: str
    fiscal_year_start: int


class Found(msgspec.Struct, frozen=True):
    """What was read for a question: the lines of the department, the rule that holds, the rates that were needed."""

    terms: CustomerTerms
    request: CheckRequest
    lines: tuple[BudgetLine, ...]
    policy: ApprovalPolicy
    rates: Rates

    @classmethod
    def of(cls, terms: CustomerTerms, request: CheckRequest, rows: Sequence[Row]) -> Self:
        """From the rows of ``LINES``, their amounts as numbers or as text."""
        policy = _policy(rows[0][10:13]) if rows else DEFAULT_POLICY
        rates = Rates(request.currency or terms.currency)
        return cls(terms, request, tuple(map(_line, rows)), policy, rates)

    @property
    def needs_rates(self) -> bool:
        """Whether a currency other than the one asked in could play a part: a line's, or the threshold's."""
        asked = self.rates.to_currency
        return asked != self.terms.currency or any(line.currency != asked for line in self.lines)

    def with_rates(self, rates: Rates) -> Self:
        """With what others are worth in the currency asked in, and the threshold in it."""
        return replace(self, rates=rates, policy=policy_in(self.policy, self.terms.currency, rates))

    def without(self, held: Sequence[HeldLine]) -> Self:
        """As if this reservation had never been."""
        nothing = HeldLine("", Decimal(0))
        by_id = {line.budget_id: line for line in held}
        lines = []
        for line in self.lines:
            part = by_id.get(line.id, nothing)
            lines.append(
                replace(line, reserved=line.reserved - part.reserved, committed=line.committed - part.committed)
            )
        return replace(self, lines=tuple(lines))

    def after(self, taken: Mapping[str, Decimal]) -> Self:
        """As if these amounts, each in its line's currency, were reserved already."""
        lines = (replace(line, reserved=line.reserved + taken.get(line.id, Decimal(0))) for line in self.lines)
        return replace(self, lines=tuple(lines))

    def match(self) -> Match:
        """The lines that answer."""
        return match_lines(
            self.lines,
            sub_category=self.request.sub_category,
            period=self.request.fiscal_period,
            rates=self.rates,
            fiscal_year_start=self.terms.fiscal_year_start,
        )

    def answer(self, match: Match, surroundings: Surroundings | None) -> CheckAnswer:
        """The decision, now."""
        return decide(
            self.request,
            match,
            rates=self.rates,
            policy=self.policy,
            as_of=datetime.now(UTC),
            surroundings=surroundings,
        )


def _policy(row: Row) -> ApprovalPolicy:
    threshold, limit, action = row
    if threshold is None:
        return DEFAULT_POLICY
    return ApprovalPolicy(Decimal(threshold), Decimal(limit), WhenExceeded(action))


def _line(row: Row) -> BudgetLine:
    budget_id, department, sub_category, period, currency, state, budgeted, committed, reserved, spent, *_ = row
    return BudgetLine(
        id=str(budget_id),
        department=department,
        sub_category=sub_category,
        fiscal_period=FiscalPeriod.from_code(period),
        currency=currency,
        budgeted=Decimal(budgeted),
        committed=Decimal(committed),
        reserved=Decimal(reserved),
        actual_spent=Decimal(spent),
        is_open=state == "open",
    )
