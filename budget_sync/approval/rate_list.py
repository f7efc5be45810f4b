"""Dated exchange rates as they are administered: listed, recorded, corrected, deleted, each with its audit row.

In: a connection whose transaction sees one customer. Out: ``RecordedRate``. What was booked by a rate stays as it is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from psycopg.rows import TupleRow

from budget_sync.approval.audit_log import record
from budget_sync.approval.check import AsyncConnection
from budget_sync.domain.errors import ConflictError, NotFoundError, StaleVersionError

_COLUMNS = "id, from_currency, to_currency, trim_scale(rate), valid_on, created_at, version"
_LIST = f"""
SELECT {_COLUMNS} FROM fx_rate
WHERE %(to)s::text IS NULL OR (to_currency, from_currency) > (%(to)s, %(from)s)
   OR (to_currency, from_currency) = (%(to)s, %(from)s) AND valid_on < %(day)s
ORDER BY to_currency, from_currency, valid_on DESC LIMIT %(limit)s
"""  # noqa: S608 - constants
_READ = f"SELECT {_COLUMNS} FROM fx_rate WHERE id = %s"  # noqa: S608 - constants
_RECORD = f"""
INSERT INTO fx_rate (customer_id, from_currency, to_currency, rate, valid_on) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (customer_id, to_currency, from_currency, valid_on) DO NOTHING
RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_CHANGE = f"""
UPDATE fx_rate SET rate = %s, version = version + 1 WHERE id = %s AND version = %s RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_DELETE = f"DELETE FROM fx_rate WHERE id = %s AND version = %s RETURNING {_COLUMNS}"  # noqa: S608 - constants


class RecordedRate(msgspec.Struct, frozen=True, rename="camel"):
    """One unit of ``from_currency`` is worth ``rate`` units of ``to_currency`` from that day on."""

    id: UUID
    from_currency: str
    to_currency: str
    rate: Decimal
    valid_on: date
    created_at: datetime
    version: int


class NewRate(msgspec.Struct, frozen=True):
    """What is to be recorded, checked."""

    from_currency: str
    to_currency: str
    rate: Decimal
    valid_on: date


@dataclass(frozen=True, slots=True)
class RatePlace:
    """What orders the rates; the newest day of two currencies comes first."""

    to_currency: str
    from_currency: str
    valid_on: date


async def list_rates(connection: AsyncConnection, limit: int, after: RatePlace | None = None) -> list[RecordedRate]:
    """At most so many, by currency, the newest day first; ``after``: the place of the last one of the page before."""
    parameters = {
        "to": after and after.to_currency,
        "from": after and after.from_currency,
        "day": after and after.valid_on,
        "limit": limit,
    }
    return [RecordedRate(*row) for row in await (await connection.execute(_LIST, parameters)).fetchall()]


async def record_rate(connection: AsyncConnection, customer_id: UUID, new: NewRate, actor: str) -> RecordedRate:
    """Record the rate of a day.

    Raises:
        ConflictError: the day has one.
    """
    values = (customer_id, new.from_currency, new.to_currency, new.rate, new.valid_on)
    row = await (await connection.execute(_RECORD, values)).fetchone()
    if row is None:
        raise ConflictError("There is a rate of this day already. Delete it first.", code="rate_exists")
    return await _audited(connection, actor, "fx_rate.record", row)


async def read_rate(connection: AsyncConnection, rate_id: UUID) -> RecordedRate:
    """One rate.

    Raises:
        NotFoundError: the customer has no such rate.
    """
    row = await (await connection.execute(_READ, (rate_id,))).fetchone()
    if row is None:
        raise NotFoundError("There is no such exchange rate.")
    return RecordedRate(*row)


async def change_rate(
    connection: AsyncConnection, rate_id: UUID, version: int, rate: Decimal, actor: str
) -> RecordedRate:
    """Correct the rate of a day; checks and reserves from now on use it.

    Raises:
        NotFoundError: the customer has no such rate.
        StaleVersionError: somebody changed it since.
    """
    row = await (await connection.execute(_CHANGE, (rate, rate_id, version))).fetchone()
    if row is None:
        raise await _stale(connection, rate_id)
    return await _audited(connection, actor, "fx_rate.change", row)


async def delete_rate(connection: AsyncConnection, rate_id: UUID, version: int, actor: str) -> RecordedRate:
    """Take a rate back; checks from now on use the one before.

    Raises:
        NotFoundError: the customer has no such rate.
        StaleVersionError: somebody changed it since.
    """
    row = await (await connection.execute(_DELETE, (rate_id, version))).fetchone()
    if row is None:
        raise await _stale(connection, rate_id)
    return await _audited(connection, actor, "fx_rate.delete", row)


async def _stale(connection: AsyncConnection, rate_id: UUID) -> StaleVersionError:
    rate = await read_rate(connection, rate_id)
    return StaleVersionError("Somebody changed this rate since you read it. Read it again.", version=rate.version)


async def _audited(connection: AsyncConnection, actor: str, action: str, row: TupleRow) -> RecordedRate:
    rate = RecordedRate(*row)
    await record(connection, actor, action, rate.id, rate)
    return rate
