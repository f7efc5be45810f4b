"""A question, the customer's lines in PostgreSQL, an answer: the same rules for the command line and the service.

In: a database or a connection, ``CheckRequest``. Out: ``CheckAnswer``. One statement reads the lines that could answer;
only where none does, others read what could have been meant. Nothing is cached and nothing is promised.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from budget_sync.approval.answer import CheckAnswer, SeveralAnswers
from budget_sync.approval.found import CustomerTerms, Found
from budget_sync.approval.matching import MatchProblem, fitting_codes
from budget_sync.approval.movement import HeldLine
from budget_sync.approval.request import CheckRequest
from budget_sync.approval.reservation_statements import HELD_LINES
from budget_sync.approval.several import taken_by, together
from budget_sync.approval.surroundings import KnownPlace, Surroundings, near_departments, near_names, within_department
from budget_sync.database import Database
from budget_sync.domain.errors import NotFoundError
from budget_sync.domain.names import fold_name
from budget_sync.domain.periods import FiscalPeriod

AsyncConnection = psycopg.AsyncConnection[TupleRow]

TERMS = "SELECT id, currency, fiscal_year_start FROM customer WHERE id = %s"
LINES = "SELECT * FROM budget_check(%s::uuid, %s, %s::text[], %s::text[])"
SET_TENANT = "SELECT set_config('app.customer_id', %s, true)"
RATES = """
SELECT DISTINCT ON (from_currency) from_currency, trim_scale(rate), valid_on FROM fx_rate
WHERE customer_id = %s AND to_currency = %s AND valid_on <= current_date
ORDER BY from_currency, valid_on DESC
"""
PLACES = (
    "SELECT DISTINCT sub_category, fiscal_period FROM budget WHERE customer_id = %s AND department_key = %s "
    "AND line_type = 'expense' AND deleted_at IS NULL LIMIT 5000"
)
# Distinct departments by hops along the index: a million lines of a thousand departments are a thousand look-ups.
DEPARTMENTS = """
WITH RECURSIVE hop AS (
    (SELECT department_key, department FROM budget
     WHERE customer_id = %(customer)s AND line_type = 'expense' AND deleted_at IS NULL
     ORDER BY department_key LIMIT 1)
    UNION ALL
    (SELECT following.department_key, following.department FROM hop, LATERAL (
        SELECT b.department_key, b.department FROM budget b
        WHERE b.customer_id = %(customer)s AND b.department_key > hop.department_key AND b.line_type = 'expense'
            AND b.deleted_at IS NULL
        ORDER BY b.department_key LIMIT 1) following)
)
SELECT department FROM hop LIMIT 5000
"""


def check_budget(database: Database, customer_id: UUID, request: CheckRequest) -> CheckAnswer:
    """The answer at this moment.

    Raises:
        NotFoundError: there is no such customer.
        DatabaseUnavailableError: no connection could be had.
    """
    with database.tenant(customer_id) as connection:
        terms = customer_terms(connection.execute(TERMS, (customer_id,)).fetchone())
        found = Found.of(terms, request, connection.execute(LINES, _lines_parameters(terms, request)).fetchall())
        if found.needs_rates:
            found = found.with_rates(connection.execute(RATES, (customer_id, found.rates.to_currency)).fetchall())
        match = found.match()
        surroundings = None
        if match.problem is MatchProblem.NO_BUDGET:
            places = connection.execute(PLACES, _places_parameters(terms, request)).fetchall()
            names = [] if places else connection.execute(DEPARTMENTS, {"customer": customer_id}).fetchall()
            surroundings = _surroundings(request, places, names)
    return found.answer(match, surroundings)


async def check_budget_async(connection: AsyncConnection, terms: CustomerTerms, request: CheckRequest) -> CheckAnswer:
    """The answer at this moment, over a connection in autocommit that the caller keeps.

    Raises:
        NotFoundError: the reservation that is to be left out is not there.
    """
    return await _answer(connection, await _found(connection, terms, request))


async def check_several_async(
    connection: AsyncConnection, terms: CustomerTerms, requests: Sequence[CheckRequest]
) -> SeveralAnswers:
    """One answer a line, each after what the lines before it would take: all must fit together.

    Raises:
        NotFoundError: the reservation that is to be left out is not there.
    """
    answers: list[CheckAnswer] = []
    taken: dict[str, Decimal] = {}
    for request in requests:
        found = (await _found(connection, terms, request)).after(taken)
        answers.append(await _answer(connection, found))
        for budget_id, amount in taken_by(found, found.match()).items():
            taken[budget_id] = taken.get(budget_id, Decimal(0)) + amount
    return together(answers)


async def _found(connection: AsyncConnection, terms: CustomerTerms, request: CheckRequest) -> Found:
    found = await find_lines(connection, terms, request)
    if found.needs_rates:
        found = found.with_rates(await _fetch_rates(connection, found))
    if request.excluded_reservation is not None:
        found = found.without(await _fetch_held(connection, terms.customer_id, request.excluded_reservation))
    return found


async def _answer(connection: AsyncConnection, found: Found) -> CheckAnswer:
    match = found.match()
    surroundings = None
    if match.problem is MatchProblem.NO_BUDGET:
        surroundings = await _surroundings_async(connection, found.terms, found.request)
    return found.answer(match, surroundings)


async def _fetch_held(connection: AsyncConnection, customer_id: UUID, reservation_id: UUID) -> list[HeldLine]:
    async with connection.transaction():
        await connection.execute(SET_TENANT, (str(customer_id),))
        rows = await (await connection.execute(HELD_LINES, (reservation_id,))).fetchall()
    if not rows:
        raise NotFoundError("There is no such reservation.")
    return [HeldLine(*row) for row in rows]


async def find_lines(connection: AsyncConnection, terms: CustomerTerms, request: CheckRequest) -> Found:
    """The lines that could answer at this moment, and the rule that holds for them."""
    cursor = await connection.execute(LINES, _lines_parameters(terms, request), prepare=True, binary=True)
    return Found.of(terms, request, await cursor.fetchall())


async def _fetch_rates(connection: AsyncConnection, found: Found) -> list[TupleRow]:
    async with connection.transaction():
        await connection.execute(SET_TENANT, (str(found.terms.customer_id),))
        cursor = await connection.execute(RATES, (found.terms.customer_id, found.rates.to_currency))
        return await cursor.fetchall()


async def _surroundings_async(connection: AsyncConnection, terms: CustomerTerms, request: CheckRequest) -> Surroundings:
    async with connection.transaction():
        await connection.execute(SET_TENANT, (str(terms.customer_id),))
        places = await (await connection.execute(PLACES, _places_parameters(terms, request))).fetchall()
        names: list[TupleRow] = []
        if not places:
            names = await (await connection.execute(DEPARTMENTS, {"customer": terms.customer_id})).fetchall()
    return _surroundings(request, places, names)


async def suggest_names(
    connection: AsyncConnection, customer_id: UUID, words: str, department: str | None = None
) -> list[str]:
    """Names that a person could have meant, best first: sub-categories of the department, or departments.

    The transaction of the connection sees the customer.
    """
    if department is None:
        rows = await (await connection.execute(DEPARTMENTS, {"customer": customer_id})).fetchall()
    else:
        rows = await (await connection.execute(PLACES, (customer_id, fold_name(department)))).fetchall()
    return near_names(words, sorted({row[0] for row in rows if row[0]}))


def customer_terms(row: TupleRow | None) -> CustomerTerms:
    """The terms of a row of ``TERMS``.

    Raises:
        NotFoundError: there was none.
    """
    if row is None:
        raise NotFoundError("There is no such customer.")
    return CustomerTerms(*row)


def _lines_parameters(terms: CustomerTerms, request: CheckRequest) -> tuple[Any, ...]:
    key = fold_name(request.sub_category)
    sub_categories = _array((key, "")) if key else None
    periods = _periods(request.fiscal_period, terms.fiscal_year_start)
    return terms.customer_id, fold_name(request.department), sub_categories, periods


@lru_cache(maxsize=1024)
def _periods(asked: FiscalPeriod, fiscal_year_start: int) -> str:
    return _array(fitting_codes(asked, fiscal_year_start))


def _array(texts: Iterable[str]) -> str:
    """An array as PostgreSQL writes it: psycopg's own dumping of two lists took a tenth of the whole check."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return '{"' + '","'.join(quoted) + '"}'


def _places_parameters(terms: CustomerTerms, request: CheckRequest) -> tuple[Any, ...]:
    return terms.customer_id, fold_name(request.department)


def _surroundings(request: CheckRequest, places: list[TupleRow], names: list[TupleRow]) -> Surroundings:
    if places:
        return within_department(request.sub_category, [KnownPlace(*place) for place in places])
    return near_departments(request.department, [name for (name,) in names])
