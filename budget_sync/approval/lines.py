"""Budget lines by hand: made, changed, deleted, each with its revision and its row in the audit log.

In: a connection whose transaction sees one customer. Out: ``ListedLine``. A change is made under the lock of the row
that holds the cap and the balances, and names the state of the line that it was made from: balances that move meanwhile
do not make it stale. A line that was changed by hand belongs to ``manual``: no import's ``replace`` takes it away.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from psycopg import sql
from psycopg.rows import TupleRow

from budget_sync.approval.audit_log import record
from budget_sync.approval.check import AsyncConnection
from budget_sync.approval.listing import LINE_COLUMNS, ListedLine, listed_line
from budget_sync.domain.errors import ConflictError, NotFoundError, StaleVersionError
from budget_sync.domain.names import fold_name
from budget_sync.notification.outbox import EMIT_CUT

_COLUMNS = sql.SQL(", ").join(map(sql.SQL, LINE_COLUMNS))
_READ = sql.SQL("SELECT {} FROM budget WHERE id = %s AND deleted_at IS NULL").format(_COLUMNS)
_LOCK = _READ + sql.SQL(" FOR UPDATE")
_CREATE = sql.SQL(
    "INSERT INTO budget (customer_id, department, sub_category, fiscal_period, line_type, currency, budgeted_amount,"
    " source, department_key, sub_category_key) VALUES (%s, %s, %s, %s, %s, %s, %s, 'manual', %s, %s)"
    " ON CONFLICT DO NOTHING RETURNING {}"
).format(_COLUMNS)
_CHANGE = sql.SQL(
    "UPDATE budget SET budgeted_amount = %s, state = %s, source = 'manual', source_id = NULL, import_id = NULL,"
    " updated_at = clock_timestamp() WHERE id = %s RETURNING {}"
).format(_COLUMNS)
_DELETE = "UPDATE budget SET deleted_at = now(), updated_at = clock_timestamp() WHERE id = %s"
_REVISE = """
INSERT INTO budget_revision (customer_id, budget_id, change, old_amount, new_amount, old_source, old_source_id,
                             old_import_id, changed_by)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_SOURCE_ID = "SELECT source_id FROM budget WHERE id = %s"


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as somebody writes it, checked; ``sub_category`` None: the general line of the department."""

    department: str
    sub_category: str | None
    fiscal_period: str
    line_type: Literal["expense", "revenue"]
    currency: str
    budgeted_amount: Decimal


@dataclass(frozen=True, slots=True)
class LineChange:
    """What changes; None: it stays."""

    budgeted_amount: Decimal | None = None
    state: Literal["open", "closed"] | None = None


def line_tag(line: ListedLine) -> str:
    """What names the state that a person saw: all that an edit or an import changes, and no balance."""
    seen = (line.id, line.budgeted_amount, line.state, line.source, line.import_id, line.updated_at.isoformat())
    return hashlib.sha256(repr(tuple(map(str, seen))).encode()).hexdigest()[:16]


async def read_line(connection: AsyncConnection, line_id: UUID) -> ListedLine:
    """One live line.

    Raises:
        NotFoundError: the customer has no such line.
    """
    return _line(await (await connection.execute(_READ, (line_id,))).fetchone())


async def create_line(connection: AsyncConnection, customer_id: UUID, new: NewLine, actor: str) -> ListedLine:
    """A new line.

    Raises:
        ConflictError: there is one of the same department, sub-category, period, currency and type.
    """
    keys = (fold_name(new.department), fold_name(new.sub_category))
    values = (customer_id, new.department, new.sub_category or "", new.fiscal_period, new.line_type, new.currency)
    row = await (await connection.execute(_CREATE, (*values, new.budgeted_amount, *keys))).fetchone()
    if row is None:
        raise ConflictError("There is such a line already. Change that one.", code="line_exists")
    line = listed_line(row)
    await _revise(connection, customer_id, actor, "created", None, line)
    await record(connection, actor, "budget.create", line.id, line)
    return line


async def change_line(
    connection: AsyncConnection, customer_id: UUID, line_id: UUID, tag: str, change: LineChange, actor: str
) -> ListedLine:
    """Another amount, or closed or opened again; a cut below what is used is allowed, and shows as over-committed.

    Raises:
        NotFoundError: the customer has no such line.
        StaleVersionError: somebody changed it since.
    """
    before = await _locked(connection, line_id, tag)
    amount = before.budgeted_amount if change.budgeted_amount is None else change.budgeted_amount
    state = change.state or before.state
    if (amount, state) == (before.budgeted_amount, before.state):
        return before
    source_id = await _source_of(connection, line_id)
    line = _line(await (await connection.execute(_CHANGE, (amount, state, line_id))).fetchone())
    if amount != before.budgeted_amount:
        await _revise(connection, customer_id, actor, "updated", before, line, source_id)
        await connection.execute(EMIT_CUT, {"budget_id": line_id, "amount_before": before.budgeted_amount})
    if state != before.state:
        kind = "closed" if state == "closed" else "reopened"
        await _revise(connection, customer_id, actor, kind, before, line, source_id)
    await record(connection, actor, "budget.change", line.id, line)
    return line


async def delete_line(connection: AsyncConnection, customer_id: UUID, line_id: UUID, tag: str, actor: str) -> None:
    """Take a line away; its row, its revisions and its ledger stay.

    Raises:
        NotFoundError: the customer has no such line.
        StaleVersionError: somebody changed it since.
        ConflictError: money is reserved or committed on it.
    """
    line = await _locked(connection, line_id, tag)
    reserved, committed = line.utilization.reserved, line.utilization.committed
    if reserved + committed:
        raise ConflictError(
            "Money is reserved or committed on this line. Release it, or close the line to new reservations.",
            code="money_stands",
            reserved=reserved,
            committed=committed,
        )
    source_id = await _source_of(connection, line_id)
    await connection.execute(_DELETE, (line_id,))
    await _revise(connection, customer_id, actor, "removed", line, None, source_id)
    await record(connection, actor, "budget.delete", line.id, line)


async def _locked(connection: AsyncConnection, line_id: UUID, tag: str) -> ListedLine:
    line = _line(await (await connection.execute(_LOCK, (line_id,))).fetchone())
    if line_tag(line) != tag:
        raise StaleVersionError("Somebody changed this line since you read it. Read it again.")
    return line


async def _source_of(connection: AsyncConnection, line_id: UUID) -> UUID | None:
    row = await (await connection.execute(_SOURCE_ID, (line_id,))).fetchone()
    return None if row is None else row[0]


async def _revise(
    connection: AsyncConnection,
    customer_id: UUID,
    actor: str,
    kind: str,
    before: ListedLine | None,
    after: ListedLine | None,
    source_id: UUID | None = None,
) -> None:
    known = before or after
    old: tuple[Any, ...] = (before.source, source_id, before.import_id) if before else (None, None, None)
    amounts = (before.budgeted_amount if before else None, after.budgeted_amount if after else None)
    await connection.execute(_REVISE, (customer_id, known.id if known else None, kind, *amounts, *old, actor))


def _line(row: TupleRow | None) -> ListedLine:
    if row is None:
        raise NotFoundError("There is no such budget line.")
    return listed_line(row)
