"""Dated exchange rates as they are administered: listed, recorded, deleted, each with its row in the audit log.

In: a connection whose transaction sees one customer. Out: ``RecordedRate``. It is never changed: a later day's holds.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from psycopg.rows import TupleRow

from budget_sync.approval.check import AsyncConnection
from budget_sync.domain.errors import ConflictError, NotFoundError

_LIST = """
SELECT id, from_currency, to_currency, trim_scale(rate), valid_on, created_at FROM fx_rate
ORDER BY to_currency, from_currency, valid_on DESC LIMIT %s
"""
_RECORD = """
INSERT INTO fx_rate (customer_id, from_currency, to_currency, rate, valid_on) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (customer_id, to_currency, from_currency, valid_on) DO NOTHING
RETURNING id, from_currency, to_currency, trim_scale(rate), valid_on, created_at
"""
_DELETE = """
DELETE FROM fx_rate WHERE id = %s
RETURNING id, from_currency, to_currency, trim_scale(rate), valid_on, created_at
"""
_AUDIT = "INSERT INTO audit_log (customer_id, actor, action, subject, details) VALUES (%s, %s, %s, %s, %s)"


class RecordedRate(msgspec.Struct, frozen=True, rename="camel"):
    """One unit of ``from_currency`` is worth ``rate`` units of ``to_currency`` from that day on."""

    id: UUID
    from_currency: str
    to_currency: str
    rate: Decimal
    valid_on: date
    created_at: datetime


class NewRate(msgspec.Struct, frozen=True):
    """What is to be recorded, checked."""

    from_currency: str
    to_currency: str
    rate: Decimal
    valid_on: date


async def list_rates(connection: AsyncConnection, limit: int) -> list[RecordedRate]:
    """By currency, the newest day first."""
    return [RecordedRate(*row) for row in await (await connection.execute(_LIST, (limit,))).fetchall()]


async def record_rate(connection: AsyncConnection, customer_id: UUID, new: NewRate, actor: str) -> RecordedRate:
    """Record the rate of a day.

    Raises:
        ConflictError: the day has one.
    """
    values = (customer_id, new.from_currency, new.to_currency, new.rate, new.valid_on)
    row = await (await connection.execute(_RECORD, values)).fetchone()
    if row is None:
        raise ConflictError("There is a rate of this day already. Delete it first.", code="rate_exists")
    return await _audited(connection, customer_id, actor, "fx_rate.record", row)


async def delete_rate(connection: AsyncConnection, customer_id: UUID, rate_id: UUID, actor: str) -> RecordedRate:
    """Take a rate back; checks from now on use the one before.

    Raises:
        NotFoundError: the customer has no such rate.
    """
    row = await (await connection.execute(_DELETE, (rate_id,))).fetchone()
    if row is None:
        raise NotFoundError("There is no such exchange rate.")
    return await _audited(connection, customer_id, actor, "fx_rate.delete", row)


async def _audited(
    connection: AsyncConnection, customer_id: UUID, actor: str, action: str, row: TupleRow
) -> RecordedRate:
    rate = RecordedRate(*row)
    await connection.execute(_AUDIT, (customer_id, actor, action, rate.id, msgspec.json.encode(rate).decode()))
    return rate
