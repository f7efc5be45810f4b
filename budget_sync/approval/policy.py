"""What a customer lets pass without a person, and what a foreign currency is worth to it. Values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_UP, Context, Decimal
from enum import StrEnum
from typing import Self

_FOUR_PLACES = Decimal("0.0001")
EXACT = Context(prec=60)  # 19 digits by a rate of 20, and enough beyond to round the way that is meant


class WhenExceeded(StrEnum):
    """What happens to a request above what is available: refused, shown to a person, or let pass."""

    STOP = "stop"
    WARN = "warn"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """The most specific rule of a place: money above the threshold, or a budget used to the limit, needs a person."""

    auto_approval_threshold: Decimal = Decimal(5000)
    utilization_limit_percent: Decimal = Decimal(90)
    when_exceeded: WhenExceeded = WhenExceeded.STOP


DEFAULT_POLICY = ApprovalPolicy()  # where the customer has no rule


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a foreign currency is worth, and since when."""

    rate: Decimal
    valid_on: date


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of each other currency is worth in the one that was asked in."""

    to_currency: str
    rates: Mapping[str, Rate] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, to_currency: str, rows: Iterable[tuple[str, Decimal, date]]) -> Self:
        """From currencies, their rates, and since when."""
        return cls(to_currency, {currency: Rate(rate, day) for currency, rate, day in rows})

    def __contains__(self, currency: str) -> bool:
        return currency == self.to_currency or currency in self.rates

    def of(self, currency: str) -> Decimal:
        """1 for the currency itself."""
        return Decimal(1) if currency == self.to_currency else self.rates[currency].rate

    def in_currency(self, amount: Decimal, currency: str) -> Decimal:
        """An amount asked for, in the currency of a line; rounded up, so that nothing fits that is not there."""
        return EXACT.divide(amount, self.of(currency)).quantize(_FOUR_PLACES, ROUND_UP, EXACT)


def policy_in(policy: ApprovalPolicy, customer_currency: str, rates: Rates) -> ApprovalPolicy:
    """The rule with its threshold in the currency that was asked in.

    Without a rate the figure itself is taken: a threshold that nobody can compare would send every purchase in a
    foreign currency to a person.
    """
    if customer_currency not in rates or customer_currency == rates.to_currency:
        return policy
    threshold = (policy.auto_approval_threshold * rates.of(customer_currency)).quantize(_FOUR_PLACES, ROUND_HALF_EVEN)
    return replace(policy, auto_approval_threshold=threshold.normalize() + 0)
