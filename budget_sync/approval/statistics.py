"""Reads what a dashboard shows: which periods there are, a year's figures, how imports went.

In: a connection whose transaction sees one customer. Out: periods, ``Figures``, ``ImportCount``.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.overview import Limits, SummedLines, YearOverview, overview_of
from budget_sync.domain.fields import ImportState, LineType
from budget_sync.domain.names import fold_name
from budget_sync.domain.periods import FiscalPeriod

# Grouped in the order of the index of lines first, so that a table without statistics is not sorted as a whole.
_SUMS = """
SELECT currency, line_type, {key}, min({name}), fiscal_period, counts, count(*),
       count(*) FILTER (WHERE reserved_amount + committed_amount > budgeted_amount), sum(budgeted_amount),
       sum(committed_amount), sum(reserved_amount), sum(actual_spent)
FROM ({lines}) wanted GROUP BY {key}, fiscal_period, currency, line_type, counts
"""
_OF_ONE_LENGTH = """
SELECT b.*, true AS counts FROM budget b
WHERE b.customer_id = %(customer)s AND b.deleted_at IS NULL AND b.fiscal_period = ANY(%(codes)s::text[])
"""
# The coarsest period of each place is found over all its lines, which costs more than their sums (214 ms of 100,000
# lines, not 92): only where the year has periods of several lengths. The length of a period is looked up, not joined:
# the lines come in the order of their index, and need little sorting.
_OF_SEVERAL_LENGTHS = """
SELECT b.*, p.months = max(p.months) OVER (
           PARTITION BY b.department_key, b.sub_category_key, b.line_type, b.currency) AS counts
FROM budget b
CROSS JOIN LATERAL (
    SELECT (%(months)s::int[])[array_position(%(codes)s::text[], b.fiscal_period)] AS months
) p
WHERE b.customer_id = %(customer)s AND b.deleted_at IS NULL AND b.fiscal_period = ANY(%(codes)s::text[])
"""
_OF_ONE_DEPARTMENT = "AND b.department_key = %(department)s"
_DEPARTMENT_LIMITS = "SELECT department_key, utilization_limit FROM approval_rule WHERE sub_category_key = ''"
_SUB_CATEGORY_LIMITS = """
SELECT CASE WHEN department_key = '' THEN '' ELSE sub_category_key END, utilization_limit FROM approval_rule
WHERE department_key IN (%(department)s, '') AND (department_key <> '' OR sub_category_key = '')
ORDER BY department_key, sub_category_key
"""
# Along the index of lines: 12 ms of 100,000. An index by period would cost each line of an import a twentieth.
_PERIODS = "SELECT DISTINCT fiscal_period FROM budget WHERE customer_id = %(customer)s AND deleted_at IS NULL"
_IMPORTS = """
SELECT (received_at AT TIME ZONE 'UTC')::date, status, count(*) FROM import_history
WHERE customer_id = %s AND received_at > now() - make_interval(days => %s) GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures: ``periods`` are those of the year that have lines; ``currency`` None: the first that they have."""

    year: int
    currency: str | None
    periods: list[FiscalPeriod]


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


async def known_periods(connection: AsyncConnection, customer_id: UUID) -> list[FiscalPeriod]:
    """The periods that have lines, in no order that means something."""
    rows = await (await connection.execute(_PERIODS, {"customer": customer_id})).fetchall()
    return [FiscalPeriod.from_code(row[0]) for row in rows]


async def read_overview(connection: AsyncConnection, terms: CustomerTerms, wanted: Wanted) -> Figures:
    """A fiscal year by department and by period."""
    limits = await (await connection.execute(_DEPARTMENT_LIMITS)).fetchall()
    return await _figures(connection, terms, wanted, None, Limits(dict(limits)))


async def read_department(
    connection: AsyncConnection, terms: CustomerTerms, wanted: Wanted, department: str
) -> Figures:
    """A department's year; its ``departments`` are the sub-categories."""
    key = fold_name(department)
    rows = await (await connection.execute(_SUB_CATEGORY_LIMITS, {"department": key})).fetchall()
    return await _figures(connection, terms, wanted, key, Limits(dict(rows)))


async def count_imports(connection: AsyncConnection, customer_id: UUID, days: int) -> list[ImportCount]:
    """By day and state, the oldest first."""
    rows = await (await connection.execute(_IMPORTS, (customer_id, days))).fetchall()
    return [ImportCount(day, ImportState(status), count) for day, status, count in rows]


async def _figures(
    connection: AsyncConnection, terms: CustomerTerms, wanted: Wanted, department: str | None, limits: Limits
) -> Figures:
    values = {
        "customer": terms.customer_id,
        "department": department,
        "codes": [str(period) for period in wanted.periods],
        "months": [int(period.kind) for period in wanted.periods],
    }
    lines: dict[str, list[SummedLines]] = defaultdict(list)
    statement = _sums(wanted.periods, of_department=department is not None)
    for own, line_type, *sums in await (await connection.execute(statement, values)).fetchall():
        lines[own].append(SummedLines(LineType(line_type), *sums))
    currencies = sorted(lines, key=lambda one: (one != terms.currency, -sum(row.lines for row in lines[one]), one))
    shown = wanted.currency or next(iter(currencies), terms.currency)
    return Figures(overview_of(wanted.year, shown, lines[shown], limits), currencies)


def _sums(periods: Sequence[FiscalPeriod], *, of_department: bool) -> str:
    """By department, or by the sub-category of one."""
    lengths = {period.kind for period in periods}
    lines = _OF_SEVERAL_LENGTHS if len(lengths) > 1 else _OF_ONE_LENGTH
    if of_department:
        return _SUMS.format(key="sub_category_key", name="sub_category", lines=lines + _OF_ONE_DEPARTMENT)
    return _SUMS.format(key="department_key", name="department", lines=lines)
