"""A question, the customer's lines in PostgreSQL, an answer: the same rules for the command line and the service.

In: a database or a connection, ``CheckRequest``. Out: ``CheckAnswer``. One statement reads the lines that could answer;
only where none does, others read what could have been meant. Nothing is cached and nothing is promised.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from typing import Protocol
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from budget_sync.approval.answer import CheckAnswer, SeveralAnswers
from budget_sync.approval.found import CustomerTerms, Found
from budget_sync.approval.ledger import HeldLine
from budget_sync.approval.matching import MatchProblem
from budget_sync.approval.policy import Rates
from budget_sync.approval.request import CheckRequest
from budget_sync.approval.reservation_statements import HELD_LINES
from budget_sync.approval.several import taken_by, together
from budget_sync.approval.sought import LINES, LINES_TOGETHER, Place, parameters
from budget_sync.approval.surroundings import KnownPlace, Surroundings, near_departments, near_names, within_department
from budget_sync.database import Database
from budget_sync.database.direct import Row
from budget_sync.domain.errors import NotFoundError
from budget_sync.domain.names import fold_name

AsyncConnection = psycopg.AsyncConnection[TupleRow]

TERMS = "SELECT id, currency, fiscal_year_start FROM customer WHERE id = %s"
SET_TENANT = "SELECT set_config('app.customer_id', %s, true)"
RATES = """
SELECT DISTINCT ON (from_currency) from_currency, trim_scale(rate), valid_on FROM fx_rate
WHERE customer_id = %s AND to_currency = %s AND valid_on <= current_date
ORDER BY from_currency, valid_on DESC
"""
# These two leave the customer to the policy, which names none while they are planned: of a customer whose lines are
# newer than the statistics the planner expects one, sorts all of them at each hop, and a check took half a minute.
PLACES = (
    "SELECT DISTINCT sub_category, fiscal_period FROM budget "
    "WHERE department_key = %s AND line_type = 'expense' AND deleted_at IS NULL LIMIT 5000"
)
# Distinct departments by hops along the index: a million lines of a thousand departments are a thousand look-ups.
DEPARTMENTS = """
WITH RECURSIVE hop AS (
    (SELECT department_key, department FROM budget
     WHERE line_type = 'expense' AND deleted_at IS NULL
     ORDER BY department_key LIMIT 1)
    UNION ALL
    (SELECT following.department_key, following.department FROM hop, LATERAL (
        SELECT b.department_key, b.department FROM budget b
        WHERE b.department_key > hop.department_key AND b.line_type = 'expense' AND b.deleted_at IS NULL
        ORDER BY b.department_key LIMIT 1) following)
)
SELECT department FROM hop LIMIT 5000
"""


class Answering(Protocol):
    """What the service's worker keeps open to the database."""

    async def lines(self, customer_id: UUID, place: Place, /) -> list[Row]:
        """The lines that could answer, and the rule that holds beside each."""

    def tenant(self, customer_id: UUID, /) -> AbstractAsyncContextManager[AsyncConnection]:
        """One transaction that sees one customer."""


def check_budget(database: Database, customer_id: UUID, request: CheckRequest) -> CheckAnswer:
    """The answer at this moment.

    Raises:
        NotFoundError: there is no such customer.
        DatabaseUnavailableError: no connection could be had.
    """
    with database.tenant(customer_id) as connection:
        terms = customer_terms(connection.execute(TERMS, (customer_id,)).fetchone())
        found = Found.of(terms, request, connection.execute(LINES, _parameters(terms, request)).fetchall())
        if found.needs_rates:
            to_currency = found.rates.to_currency
            rows = connection.execute(RATES, (customer_id, to_currency)).fetchall()
            found = found.with_rates(Rates.from_rows(to_currency, rows))
        match = found.match()
        surroundings = None
        if match.problem is MatchProblem.NO_BUDGET:
            places = connection.execute(PLACES, (fold_name(request.department),)).fetchall()
            names = [] if places else connection.execute(DEPARTMENTS).fetchall()
            surroundings = _surroundings(request, places, names)
    return found.answer(match, surroundings)


async def check_budget_async(answering: Answering, terms: CustomerTerms, request: CheckRequest) -> CheckAnswer:
    """The answer at this moment.

    Raises:
        NotFoundError: the reservation that is to be left out is not there.
    """
    return await _answer(answering, await _found(answering, terms, request))


async def check_several_async(
    answering: Answering, terms: CustomerTerms, requests: Sequence[CheckRequest]
) -> SeveralAnswers:
    """One answer a line, each after what the lines before it would take: all must fit together.

    Raises:
        NotFoundError: the reservation that is to be left out is not there.
    """
    answers: list[CheckAnswer] = []
    taken: dict[str, Decimal] = {}
    for request in requests:
        found = (await _found(answering, terms, request)).after(taken)
        answers.append(await _answer(answering, found))
        for budget_id, amount in taken_by(found, found.match()).items():
            taken[budget_id] = taken.get(budget_id, Decimal(0)) + amount
    return together(answers)


async def read_lines(answering: Answering, terms: CustomerTerms, request: CheckRequest) -> Found:
    """The lines that could answer, of this moment, and the rule that holds for them."""
    place = Place.of(request, terms.fiscal_year_start)
    return Found.of(terms, request, await answering.lines(terms.customer_id, place))


async def _found(answering: Answering, terms: CustomerTerms, request: CheckRequest) -> Found:
    found = await read_lines(answering, terms, request)
    if found.needs_rates:
        async with answering.tenant(terms.customer_id) as connection:
            found = await _with_rates(connection, found)
    if request.excluded_reservation is not None:
        found = found.without(await _fetch_held(answering, terms.customer_id, request.excluded_reservation))
    return found


async def _answer(answering: Answering, found: Found) -> CheckAnswer:
    match = found.match()
    surroundings = None
    if match.problem is MatchProblem.NO_BUDGET:
        surroundings = await _surroundings_async(answering, found.terms, found.request)
    return found.answer(match, surroundings)


async def _fetch_held(answering: Answering, customer_id: UUID, reservation_id: UUID) -> list[HeldLine]:
    async with answering.tenant(customer_id) as connection:
        rows = await (await connection.execute(HELD_LINES, (reservation_id,))).fetchall()
    if not rows:
        raise NotFoundError("There is no such reservation.")
    return [HeldLine(*row) for row in rows]


async def find_lines(connection: AsyncConnection, terms: CustomerTerms, request: CheckRequest) -> Found:
    """The lines that could answer, in the caller's transaction, with the rule that holds and the rates that count."""
    found = Found.of(terms, request, await LINES_TOGETHER.rows(connection, _parameters(terms, request)))
    return await _with_rates(connection, found) if found.needs_rates else found


async def read_rates(connection: AsyncConnection, terms: CustomerTerms, to_currency: str) -> Rates:
    """What other currencies are worth in this one today."""
    cursor = await connection.execute(RATES, (terms.customer_id, to_currency))
    return Rates.from_rows(to_currency, await cursor.fetchall())


async def _with_rates(connection: AsyncConnection, found: Found) -> Found:
    return found.with_rates(await read_rates(connection, found.terms, found.rates.to_currency))


async def _surroundings_async(answering: Answering, terms: CustomerTerms, request: CheckRequest) -> Surroundings:
    async with answering.tenant(terms.customer_id) as connection:
        places = await (await connection.execute(PLACES, (fold_name(request.department),))).fetchall()
        names: list[TupleRow] = []
        if not places:
            names = await (await connection.execute(DEPARTMENTS)).fetchall()
    return _surroundings(request, places, names)


async def suggest_names(connection: AsyncConnection, words: str, department: str | None = None) -> list[str]:
    """Names that a person could have meant, best first: sub-categories of the department, or departments.

    The transaction of the connection sees the customer.
    """
    if department is None:
        rows = await (await connection.execute(DEPARTMENTS)).fetchall()
    else:
        rows = await (await connection.execute(PLACES, (fold_name(department),))).fetchall()
    return near_names(words, sorted({row[0] for row in rows if row[0]}))


def customer_terms(row: TupleRow | None) -> CustomerTerms:
    """The terms of a row of ``TERMS``.

    Raises:
        NotFoundError: there was none.
    """
    if row is None:
        raise NotFoundError("There is no such customer.")
    return CustomerTerms(*row)


def _parameters(terms: CustomerTerms, request: CheckRequest) -> tuple[str, str, str, str]:
    return parameters(terms.customer_id, [Place.of(request, terms.fiscal_year_start)])


def _surroundings(request: CheckRequest, places: list[TupleRow], names: list[TupleRow]) -> Surroundings:
    if places:
        return within_department(request.sub_category, [KnownPlace(*place) for place in places])
    return near_departments(request.department, [name for (name,) in names])
