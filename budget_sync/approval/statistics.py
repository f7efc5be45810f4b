"""Reads what a dashboard shows: which years there are, a year's figures, how imports went.

In: a connection whose transaction sees one customer. Out: ``YearOverview``, ``KnownYear``, ``ImportCount``.
"""

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

# The coarsest period of each place is found over all its lines; only then are they summed.
_SUMS = """
WITH wanted AS (
    SELECT b.line_type, b.department_key, b.sub_category_key, b.department, b.sub_category, b.fiscal_period,
           b.budgeted_amount, b.committed_amount, b.reserved_amount, b.actual_spent, p.months,
           max(p.months) OVER (PARTITION BY b.department_key, b.sub_category_key, b.line_type) AS coarsest
    FROM budget b JOIN unnest(%(codes)s::text[], %(months)s::int[]) AS p (code, months) ON p.code = b.fiscal_period
    WHERE b.customer_id = %(customer)s AND b.deleted_at IS NULL AND b.currency = %(currency)s
      AND (%(department)s::text IS NULL OR b.department_key = %(department)s)
)
SELECT line_type, {key}, min({name}), fiscal_period, months = coarsest, count(*),
       count(*) FILTER (WHERE reserved_amount + committed_amount > budgeted_amount), sum(budgeted_amount),
       sum(committed_amount), sum(reserved_amount), sum(actual_spent)
FROM wanted GROUP BY line_type, {key}, fiscal_period, months = coarsest
"""
_DEPARTMENT_SUMS = _SUMS.format(key="department_key", name="department")
_SUB_CATEGORY_SUMS = _SUMS.format(key="sub_category_key", name="sub_category")
_DEPARTMENT_LIMITS = "SELECT department_key, utilization_limit FROM approval_rule WHERE sub_category_key = ''"
_SUB_CATEGORY_LIMITS = """
SELECT CASE WHEN department_key = '' THEN '' ELSE sub_category_key END, utilization_limit FROM approval_rule
WHERE department_key IN (%(department)s, '') AND (department_key <> '' OR sub_category_key = '')
ORDER BY department_key, sub_category_key
"""
_KNOWN = """
SELECT fiscal_period, currency, count(*) FROM budget WHERE customer_id = %s AND deleted_at IS NULL
GROUP BY fiscal_period, currency
"""
_IMPORTS = """
SELECT (received_at AT TIME ZONE 'UTC')::date, status, count(*) FROM import_history
WHERE customer_id = %s AND received_at > now() - make_interval(days => %s) GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class KnownYear:
    """A fiscal year that has lines, with how many in each currency."""

    year: int
    lines: dict[str, int]


class ImportCount(msgspec.Struct, frozen=True, rename="camel"):
    """How many imports were received on a day (in UTC) and came to a state."""

    day: date
    state: ImportState
    count: int


async def known_years(connection: AsyncConnection, terms: CustomerTerms) -> list[KnownYear]:
    """The newest first."""
    years: dict[int, dict[str, int]] = {}
    for code, currency, count in await (await connection.execute(_KNOWN, (terms.customer_id,))).fetchall():
        lines = years.setdefault(FiscalPeriod.from_code(code).fiscal_year(terms.fiscal_year_start), {})
        lines[currency] = lines.get(currency, 0) + count
    return [KnownYear(year, lines) for year, lines in sorted(years.items(), reverse=True)]


async def read_overview(connection: AsyncConnection, terms: CustomerTerms, year: int, currency: str) -> YearOverview:
    """A fiscal year by department and by period."""
    limits = await (await connection.execute(_DEPARTMENT_LIMITS)).fetchall()
    return await _overview(connection, terms, year, currency, None, Limits(dict(limits)))


async def read_department(
    connection: AsyncConnection, terms: CustomerTerms, year: int, currency: str, department: str
) -> YearOverview:
    """A department's year; its ``departments`` are the sub-categories."""
    key = fold_name(department)
    rows = await (await connection.execute(_SUB_CATEGORY_LIMITS, {"department": key})).fetchall()
    return await _overview(connection, terms, year, currency, key, Limits(dict(rows)))


async def count_imports(connection: AsyncConnection, customer_id: UUID, days: int) -> list[ImportCount]:
    """By day and state, the oldest first."""
    rows = await (await connection.execute(_IMPORTS, (customer_id, days))).fetchall()
    return [ImportCount(day, ImportState(status), count) for day, status, count in rows]


async def _overview(
    connection: AsyncConnection, terms: CustomerTerms, year: int, currency: str, department: str | None, limits: Limits
) -> YearOverview:
    periods = periods_of_year(year, terms.fiscal_year_start)
    values = {
        "customer": terms.customer_id,
        "currency": currency,
        "department": department,
        "codes": [str(period) for period in periods],
        "months": [int(period.kind) for period in periods],
    }
    statement = _DEPARTMENT_SUMS if department is None else _SUB_CATEGORY_SUMS
    rows = await (await connection.execute(statement, values)).fetchall()
    return overview_of(year, currency, [SummedLines(LineType(row[0]), *row[1:]) for row in rows], limits)
