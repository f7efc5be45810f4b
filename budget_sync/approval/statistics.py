"""Reads what a dashboard shows: which years there are, a year's figures, how imports went.

In: a connection whose transaction sees one customer. Out: years, ``Figures``, ``ImportCount``.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.overview import Limits, SummedLines, YearOverview, overview_of
from budget_sync.domain.fields import ImportState, LineType
from budget_sync.domain.names import fold_name
from budget_sync.domain.periods import FiscalPeriod, periods_of_year

# The coarsest period of each place is found over all its lines; only then are they summed. The length of a period is
# looked up, not joined: the lines come in the order of their index, and need little sorting (641 ms, not 804).
_SUMS = """
WITH wanted AS (
    SELECT b.line_type, b.department_key, b.sub_category_key, b.department, b.sub_category, b.fiscal_period,
           b.budgeted_amount, b.committed_amount, b.reserved_amount, b.actual_spent, p.months,
           b.currency,
           max(p.months) OVER (PARTITION BY b.department_key, b.sub_category_key, b.line_type, b.currency) AS coarsest
    FROM budget b
    CROSS JOIN LATERAL (
        SELECT (%(months)s::int[])[array_position(%(codes)s::text[], b.fiscal_period)] AS months
    ) p
    WHERE b.customer_id = %(customer)s AND b.deleted_at IS NULL AND b.fiscal_period = ANY(%(codes)s::text[])
      AND (%(department)s::text IS NULL OR b.department_key = %(department)s)
)
SELECT currency, line_type, {key}, min({name}), fiscal_period, months = coarsest, count(*),
       count(*) FILTER (WHERE reserved_amount + committed_amount > budgeted_amount), sum(budgeted_amount),
       sum(committed_amount), sum(reserved_amount), sum(actual_spent)
FROM wanted GROUP BY {key}, currency, line_type, fiscal_period, months = coarsest
"""
_DEPARTMENT_SUMS = _SUMS.format(key="department_key", name="department")
_SUB_CATEGORY_SUMS = _SUMS.format(key="sub_category_key", name="sub_category")
_DEPARTMENT_LIMITS = "SELECT department_key, utilization_limit FROM approval_rule WHERE sub_category_key = ''"
_SUB_CATEGORY_LIMITS = """
SELECT CASE WHEN department_key = '' THEN '' ELSE sub_category_key END, utilization_limit FROM approval_rule
WHERE department_key IN (%(department)s, '') AND (department_key <> '' OR sub_category_key = '')
ORDER BY department_key, sub_category_key
"""
# From period to period along their index: counting the lines of each took 236 ms of 100,000, this 3.
_PERIODS = """
WITH RECURSIVE known AS (
    (SELECT fiscal_period FROM budget WHERE customer_id = %(customer)s AND deleted_at IS NULL
     ORDER BY fiscal_period LIMIT 1)
    UNION ALL
    SELECT following.* FROM known, LATERAL (
        SELECT b.fiscal_period FROM budget b
        WHERE b.customer_id = %(customer)s AND b.deleted_at IS NULL AND b.fiscal_period > known.fiscal_period
        ORDER BY b.fiscal_period LIMIT 1) following
)
SELECT fiscal_period FROM known
"""
_IMPORTS = """
SELECT (received_at AT TIME ZONE 'UTC')::date, status, count(*) FROM import_history
WHERE customer_id = %s AND received_at > now() - make_interval(days => %s) GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """A year in one currency, and the currencies of its lines: the customer's own first, then the most used."""

    overview: YearOverview
    currencies: list[str]


class ImportCount(msgspec.Struct, frozen=True, rename="camel"):
    """How many imports were received on a day (in UTC) and came to a state."""

    day: date
    state: ImportState
    count: int


async def known_years(connection: AsyncConnection, terms: CustomerTerms) -> list[int]:
    """The fiscal years that have lines, the newest first."""
    rows = await (await connection.execute(_PERIODS, {"customer": terms.customer_id})).fetchall()
    return sorted({FiscalPeriod.from_code(row[0]).fiscal_year(terms.fiscal_year_start) for row in rows}, reverse=True)


async def read_overview(connection: AsyncConnection, terms: CustomerTerms, year: int, currency: str | None) -> Figures:
    """A fiscal year by department and by period; ``currency`` None: the first of those that it has."""
    limits = await (await connection.execute(_DEPARTMENT_LIMITS)).fetchall()
    return await _figures(connection, terms, year, currency, None, Limits(dict(limits)))


async def read_department(
    connection: AsyncConnection, terms: CustomerTerms, year: int, currency: str | None, department: str
) -> Figures:
    """A department's year; its ``departments`` are the sub-categories."""
    key = fold_name(department)
    rows = await (await connection.execute(_SUB_CATEGORY_LIMITS, {"department": key})).fetchall()
    return await _figures(connection, terms, year, currency, key, Limits(dict(rows)))


async def count_imports(connection: AsyncConnection, customer_id: UUID, days: int) -> list[ImportCount]:
    """By day and state, the oldest first."""
    rows = await (await connection.execute(_IMPORTS, (customer_id, days))).fetchall()
    return [ImportCount(day, ImportState(status), count) for day, status, count in rows]


async def _figures(
    connection: AsyncConnection,
    terms: CustomerTerms,
    year: int,
    currency: str | None,
    department: str | None,
    limits: Limits,
) -> Figures:
    periods = periods_of_year(year, terms.fiscal_year_start)
    values = {
        "customer": terms.customer_id,
        "department": department,
        "codes": [str(period) for period in periods],
        "months": [int(period.kind) for period in periods],
    }
    statement = _DEPARTMENT_SUMS if department is None else _SUB_CATEGORY_SUMS
    lines: dict[str, list[SummedLines]] = defaultdict(list)
    for own, line_type, *sums in await (await connection.execute(statement, values)).fetchall():
        lines[own].append(SummedLines(LineType(line_type), *sums))
    currencies = sorted(lines, key=lambda one: (one != terms.currency, -sum(row.lines for row in lines[one]), one))
    shown = currency or next(iter(currencies), terms.currency)
    return Figures(overview_of(year, shown, lines[shown], limits), currencies)
