"""What a reserve holds of which lines, in their currency: the line that a check would answer from, by the same rate.

In: a connection whose transaction sees one customer, the request. Out: ``Booking``. An amount in another currency is
rounded up, so that it fits exactly where a check says that it fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from budget_sync.approval import reservation_statements as statements
from budget_sync.approval.check import AsyncConnection, find_lines, read_rates
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.policy import Rates
from budget_sync.approval.refusals import ambiguous, unmatched
from budget_sync.approval.request import CheckRequest
from budget_sync.approval.reservation_types import Conversion, ReserveRequest, Share
from budget_sync.domain.errors import InvalidRequestError, NotFoundError


@dataclass(frozen=True, slots=True)
class Booking:
    """The shares in ``currency``; ``conversion``: where another one was asked in."""

    shares: tuple[Share, ...]
    currency: str
    conversion: Conversion | None = None


async def booking_of(connection: AsyncConnection, terms: CustomerTerms, request: ReserveRequest) -> Booking:
    """What is to be held; whether there is room is not asked.

    Raises:
        RefusedError: names lead to no line, to several, or to one in a currency without a rate.
        NotFoundError: the customer has no such line.
    """
    if request.place is not None:
        return await _by_names(connection, terms, request, request.place)
    if not request.shares:
        raise InvalidRequestError("Say budgetId, allocations, or department and fiscalPeriod.", field="budgetId")
    currencies = await _currencies(connection, request.shares)
    asked, of_first = request.currency, currencies.get(request.shares[0].budget_id)
    if asked is None:
        if of_first is None:
            raise NotFoundError("There is no such budget line.", budget_id=request.shares[0].budget_id)
        return Booking(request.shares, of_first)
    if of_first in (None, asked) or set(currencies.values()) != {of_first}:
        return Booking(request.shares, asked)
    rates = await read_rates(connection, terms, asked)
    return _converted(request, request.shares, of_first, rates) if of_first in rates else Booking(request.shares, asked)


async def _by_names(
    connection: AsyncConnection, terms: CustomerTerms, request: ReserveRequest, place: CheckRequest
) -> Booking:
    found = await find_lines(connection, terms, place)
    match = found.match()
    if not match.lines:
        raise unmatched(match, request)
    line = match.only_line
    if line is None:
        raise ambiguous(match.lines)
    return _converted(request, (Share(UUID(line.id), request.amount),), line.currency, found.rates)


def _converted(request: ReserveRequest, shares: Sequence[Share], currency: str, rates: Rates) -> Booking:
    if currency == rates.to_currency:
        return Booking(tuple(shares), currency)
    used = rates.rates[currency]
    booked = tuple(Share(share.budget_id, rates.in_currency(share.amount, currency)) for share in shares)
    return Booking(booked, currency, Conversion(request.amount, rates.to_currency, used.rate, used.valid_on))


async def _currencies(connection: AsyncConnection, shares: Sequence[Share]) -> dict[UUID, str]:
    ids = [share.budget_id for share in shares]
    rows = await (await connection.execute(statements.LINE_CURRENCIES, (ids,))).fetchall()
    return dict(rows)
