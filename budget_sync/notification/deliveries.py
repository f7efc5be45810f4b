"""The outbox from its other side: what is due is taken by one deliverer, and how it went is written down.

In: ``Database``. Out: ``Taken``, and the rows of the delivery log. A delivery that was taken may be taken again after
a minute, should its deliverer have died; its ``event_id`` tells the receiver that it has seen it before.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import Annotated, Any
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from budget_sync.database import Connection, Database
from budget_sync.domain.errors import NotFoundError
from budget_sync.notification.events import Channel, EventType
from budget_sync.notification.retries import pause_after

_TAKE = """
UPDATE webhook_delivery SET attempts = attempts + 1, next_at = clock_timestamp() + interval '1 minute'
WHERE id = (SELECT id FROM webhook_delivery WHERE id = %s AND state = 'waiting' AND next_at <= clock_timestamp()
            FOR UPDATE SKIP LOCKED)
RETURNING id, customer_id, endpoint_id, channel, event_id, event_type, body, attempts
"""
_RECORD = """
UPDATE webhook_delivery SET state = %(state)s, log = log || %(attempt)s::jsonb,
    next_at = clock_timestamp() + coalesce(%(pause)s, interval '0'),
    delivered_at = CASE WHEN %(state)s = 'delivered' THEN clock_timestamp() END
WHERE id = %(id)s
"""
_DISABLE = """
UPDATE webhook_endpoint SET active = false, disabled_because = %s, version = version + 1, updated_at = now()
WHERE id = %s
"""
_LIST = """
SELECT id, event_id, event_type, state, attempts, next_at, created_at, delivered_at, log::text, body
FROM webhook_delivery WHERE endpoint_id = %s AND id < %s ORDER BY id DESC LIMIT %s
"""
_REPLAY = """
UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = clock_timestamp(), delivered_at = NULL
WHERE id = %s AND endpoint_id = %s RETURNING id
"""
_CHANCE = SystemRandom()
_AFTER_ALL = UUID(int=2**128 - 1)


class Taken(msgspec.Struct, frozen=True):
    """One delivery that is ours for a minute; ``attempts`` counts this one."""

    id: UUID
    customer_id: UUID
    endpoint_id: UUID | None
    channel: Channel
    event_id: UUID
    event_type: EventType
    body: str
    attempts: int


class Attempt(msgspec.Struct, frozen=True, rename="camel"):
    """One try: the receiver's ``status``, None where it did not answer; ``said``: why, or how the answer began."""

    at: datetime
    status: int | None
    said: str
    milliseconds: int


class Delivery(msgspec.Struct, frozen=True, rename="camel"):
    """One event on its way to one endpoint. ``state``: waiting, delivered, failed. ``log``: the first attempt first."""

    id: UUID
    event_id: UUID
    event_type: EventType
    state: str
    attempts: int
    next_attempt_at: datetime | None
    created_at: datetime
    delivered_at: datetime | None
    log: list[Attempt]
    body: Annotated[msgspec.Raw, msgspec.Meta(extra_json_schema={"type": "object"})]


def due(database: Database, at_most: int) -> list[tuple[UUID, UUID]]:
    """Customer and delivery of what may be tried now, the longest due first."""
    with database.system() as connection:
        return [(row[0], row[1]) for row in connection.execute("SELECT * FROM due_deliveries(%s)", (at_most,))]


def take(database: Database, customer_id: UUID, delivery_id: UUID) -> Taken | None:
    """The delivery, for us alone; None where another deliverer has it or it is done."""
    with database.tenant(customer_id) as connection, connection.cursor(row_factory=class_row(_Row)) as cursor:
        row = cursor.execute(_TAKE, (delivery_id,)).fetchone()
    return row.to_taken() if row else None


class _Row(msgspec.Struct, frozen=True):
    id: UUID
    customer_id: UUID
    endpoint_id: UUID | None
    channel: str
    event_id: UUID
    event_type: str
    body: str
    attempts: int

    def to_taken(self) -> Taken:
        return Taken(
            self.id,
            self.customer_id,
            self.endpoint_id,
            Channel(self.channel),
            self.event_id,
            EventType(self.event_type),
            self.body,
            self.attempts,
        )


def record_delivered(database: Database, taken: Taken, attempt: Attempt) -> None:
    """The receiver has it."""
    _record(database, taken, "delivered", attempt, None)


def record_failed(database: Database, taken: Taken, attempt: Attempt, *, is_gone: bool) -> None:
    """Not this time. After the last attempt, or where the receiver ``is_gone``, never; its endpoint is then off."""
    pause = None if is_gone else pause_after(taken.attempts, _CHANCE.random())
    _record(database, taken, "waiting" if pause else "failed", attempt, pause)
    if is_gone and taken.endpoint_id is not None:
        with database.tenant(taken.customer_id) as connection:
            connection.execute(_DISABLE, ("The receiver answered 410: it is gone.", taken.endpoint_id))


def list_deliveries(
    connection: Connection, endpoint_id: UUID, limit: int, before: UUID | None = None
) -> Sequence[Delivery]:
    """The log of an endpoint, the newest first, from before ``before``."""
    rows = connection.execute(_LIST, (endpoint_id, before or _AFTER_ALL, limit)).fetchall()
    return [_delivery(row) for row in rows]


def replay(connection: Connection, endpoint_id: UUID, delivery_id: UUID) -> None:
    """Deliver it once more, from the first attempt on, with the id that the receiver knows.

    Raises:
        NotFoundError: the endpoint has no such delivery.
    """
    if connection.execute(_REPLAY, (delivery_id, endpoint_id)).fetchone() is None:
        raise NotFoundError("There is no such delivery.")


def _record(database: Database, taken: Taken, state: str, attempt: Attempt, pause: timedelta | None) -> None:
    values = {"state": state, "pause": pause, "id": taken.id, "attempt": msgspec.json.encode([attempt]).decode()}
    with database.tenant(taken.customer_id) as connection:
        connection.execute(_RECORD, values)


def _delivery(row: tuple[Any, ...]) -> Delivery:
    delivery_id, event_id, event_type, state, attempts, next_at, created_at, delivered_at, log, body = row
    return Delivery(
        id=delivery_id,
        event_id=event_id,
        event_type=EventType(event_type),
        state=state,
        attempts=attempts,
        next_attempt_at=next_at if state == "waiting" else None,
        created_at=created_at,
        delivered_at=delivered_at,
        log=msgspec.json.decode(log, type=list[Attempt]),
        body=msgspec.Raw(body.encode()),
    )
