"""What is held past its time is given back, once, whoever comes first."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from api.connections import Connections
from api.expiry import expire_due, forget_keys
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.movement import Call, Wish
from budget_sync.approval.reservation_reading import read_reservation
from budget_sync.approval.reservation_types import ReservationAnswer, ReserveRequest, Share
from budget_sync.approval.reservations import move, reserve
from budget_sync.database import Database
from budget_sync.domain.errors import ConflictError
from budget_sync.importing.customers import Customer
from budget_sync_tests.budget_lines import add_line


async def reserve_until(
    connections: Connections, customer: Customer, line: UUID, expires_at: datetime
) -> ReservationAnswer:
    terms = CustomerTerms(customer.id, customer.currency, customer.fiscal_year_start)
    request = ReserveRequest(Decimal(40), str(expires_at), expires_at, shares=(Share(line, Decimal(40)),))
    async with connections.tenant(customer.id) as connection:
        return await reserve(connection, terms, request, "test")


def held(database: Database, customer: Customer) -> Decimal:
    with database.tenant(customer.id) as connection:
        row = connection.execute("SELECT sum(reserved_amount) FROM budget").fetchone()
    assert row is not None
    amount: Decimal = row[0]
    return amount


def test_only_what_is_past_its_time_expires_and_once(database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "100")

    async def scene() -> None:
        connections = Connections(database.app_conninfo, 4)
        now = datetime.now(UTC)
        overdue = await reserve_until(connections, customer, line, now - timedelta(seconds=1))
        later = await reserve_until(connections, customer, line, now + timedelta(hours=1))
        counts = await asyncio.gather(expire_due(connections), expire_due(connections))
        assert sum(counts) == 1
        async with connections.tenant(customer.id) as connection:
            expired = await read_reservation(connection, overdue.reservation_id, with_entries=True)
            standing = await read_reservation(connection, later.reservation_id)
        assert (expired.state, standing.state) == ("expired", "reserved")
        assert [entry.kind for entry in expired.entries or []] == ["reserve", "expire"]
        await connections.close()

    asyncio.run(scene())
    assert held(database, customer) == 40


def test_what_is_past_its_time_cannot_be_committed_before_it_is_swept(database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng", "100")

    async def scene() -> None:
        connections = Connections(database.app_conninfo, 1)
        overdue = await reserve_until(connections, customer, line, datetime.now(UTC) - timedelta(seconds=1))
        with pytest.raises(ConflictError) as conflict:
            async with connections.tenant(customer.id) as connection:
                await move(connection, customer.id, overdue.reservation_id, Wish(Call.COMMIT), "test")
        assert conflict.value.details["code"] == "reservation_expired"
        await connections.close()

    asyncio.run(scene())


def test_answers_of_idempotency_keys_are_kept_for_two_days_and_no_longer(
    database: Database, customer: Customer
) -> None:
    with database.tenant(customer.id) as connection:
        connection.cursor().executemany(
            "INSERT INTO idempotency_key (customer_id, key, request_hash, status, answer, created_at)"
            " VALUES (%s, %s, '', 200, '', now() - %s * interval '1 hour')",
            [(customer.id, "fresh", 0), (customer.id, "a day old", 25), (customer.id, "old", 49)],
        )

    async def scene() -> list[int]:
        connections = Connections(database.app_conninfo, 1)
        forgotten = [await forget_keys(connections) for _ in range(2)]
        await connections.close()
        return forgotten

    assert asyncio.run(scene()) == [1, 0]
    with database.tenant(customer.id) as connection:
        kept = connection.execute("SELECT key FROM idempotency_key ORDER BY key").fetchall()
    assert kept == [("a day old",), ("fresh",)]
