"""Budget lines as a list: filters and a place to go on from become a page of lines, in the order of their names.

The page goes on by the keys of the last line (never by an offset, which would skip or repeat lines while imports run),
along the index that keeps lines unique. Text that is searched for is data: nothing in it is a pattern.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow

from budget_sync.domain.names import fold_name

LARGEST_PAGE = 500
_CENT = Decimal("0.01")
_KEYS = ("department_key", "sub_category_key", "fiscal_period", "currency", "line_type")
LINE_COLUMNS = (
    "id", "department", "sub_category", "fiscal_period", "line_type", "currency", "trim_scale(budgeted_amount)",
    "trim_scale(committed_amount)", "trim_scale(reserved_amount)", "trim_scale(actual_spent)", "state", "source",
    "import_id", "created_at", "updated_at",
)  # fmt: skip
_CONDITIONS = {
    "import_id": "import_id = %(import_id)s",
    "source": "source = %(source)s",
    "department": "department_key = %(department)s",
    "sub_category": "sub_category_key = %(sub_category)s",
    "fiscal_period": "fiscal_period = %(fiscal_period)s",
    "fiscal_periods": "fiscal_period = ANY(%(fiscal_periods)s)",
    "currency": "currency = %(currency)s",
    "budget_id": "id = %(budget_id)s",
    "words": "(strpos(department_key, %(words)s) > 0 OR strpos(sub_category_key, %(words)s) > 0)",
    "after": f"({', '.join(_KEYS)}) > (%(after_0)s, %(after_1)s, %(after_2)s, %(after_3)s, %(after_4)s)",
}


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What a page may hold; None: anything. ``words`` is looked for in both names, without regard to case.

    ``fiscal_periods``: any of them. ``after``: the keys of the line that the page before ended with.
    """

    import_id: UUID | None = None
    source: str | None = None
    department: str | None = None
    sub_category: str | None = None
    fiscal_period: str | None = None
    words: str | None = None
    after: tuple[str, ...] | None = None
    fiscal_periods: tuple[str, ...] | None = None
    currency: str | None = None
    budget_id: UUID | None = None


class Utilization(msgspec.Struct, frozen=True, rename="camel"):
    """What is used of a line, in its currency; the percentage is None where nothing is budgeted."""

    committed: Decimal
    reserved: Decimal
    actual_spent: Decimal
    available: Decimal
    utilization_percent: Decimal | None


class ListedLine(msgspec.Struct, frozen=True, rename="camel"):
    """One line of the list. ``sub_category`` None: the general line of the department."""

    id: UUID
    department: str
    sub_category: str | None
    fiscal_period: str
    line_type: str
    currency: str
    budgeted_amount: Decimal
    utilization: Utilization
    state: str
    source: str
    import_id: UUID | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LinePage:
    """``following``: what the next page goes on after; None where this is the last."""

    lines: list[ListedLine]
    following: tuple[str, ...] | None


async def list_lines(connection: AsyncConnection[TupleRow], wanted: LineFilter, limit: int) -> LinePage:
    """At most ``limit`` (1 to 500) live lines of the customer whose tenant the connection has set."""
    query, parameters = lines_query(wanted, limit + 1)
    cursor = await connection.execute(query, parameters)
    rows = await cursor.fetchall()
    more = len(rows) > limit
    rows = rows[:limit]
    return LinePage([listed_line(row) for row in rows], tuple(rows[-1][-len(_KEYS) :]) if more else None)


def lines_query(wanted: LineFilter, limit: int | None) -> tuple[sql.Composed, dict[str, Any]]:
    """The statement whose rows ``listed_line`` takes, and its parameters; ``limit`` None: all of them.

    The policy of the table says whose they are, and names nobody while the statement is planned: of a customer newer
    than the statistics one line would be expected, and all of them sorted for every page.
    """
    parameters: dict[str, Any] = {
        "import_id": wanted.import_id,
        "source": wanted.source,
        "department": None if wanted.department is None else fold_name(wanted.department),
        "sub_category": None if wanted.sub_category is None else fold_name(wanted.sub_category),
        "fiscal_period": wanted.fiscal_period,
        "words": fold_name(wanted.words) or None,
        "after": wanted.after,
        "fiscal_periods": None if wanted.fiscal_periods is None else list(wanted.fiscal_periods),
        "currency": wanted.currency,
        "budget_id": wanted.budget_id,
    }
    conditions = [text for name, text in _CONDITIONS.items() if parameters[name] is not None]
    parameters |= {f"after_{position}": key for position, key in enumerate(wanted.after or ())}
    query = sql.SQL(
        "SELECT {columns} FROM budget WHERE deleted_at IS NULL {conditions} ORDER BY {keys} LIMIT %(limit)s"
    ).format(
        columns=sql.SQL(", ").join(map(sql.SQL, (*LINE_COLUMNS, *_KEYS))),
        conditions=sql.SQL(" ").join(sql.SQL("AND " + text) for text in conditions),
        keys=sql.SQL(", ").join(map(sql.Identifier, _KEYS)),
    )
    return query, parameters | {"limit": limit}


def listed_line(row: TupleRow) -> ListedLine:
    """The line of one row that begins with ``LINE_COLUMNS``."""
    budgeted, committed, reserved, spent = row[6:10]
    used = committed + reserved
    percent = utilization_percent(used, budgeted)
    return ListedLine(
        id=row[0],
        department=row[1],
        sub_category=row[2] or None,
        fiscal_period=row[3],
        line_type=row[4],
        currency=row[5],
        budgeted_amount=budgeted,
        utilization=Utilization(committed, reserved, spent, budgeted - used, percent),
        state=row[10],
        source=row[11],
        import_id=row[12],
        created_at=row[13],
        updated_at=row[14],
    )


def utilization_percent(used: Decimal, budgeted: Decimal) -> Decimal | None:
    """What is committed and reserved, in percent of what is budgeted; None where nothing is."""
    return (used / budgeted * 100).quantize(_CENT, ROUND_HALF_EVEN) if budgeted > 0 else None
