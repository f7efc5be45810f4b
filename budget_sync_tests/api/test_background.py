"""What goes on beside the answers: no error ends it, and a stop loses nothing that is in hand."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from api.background import every
from api.budget_check.log import CheckLog, writing_checks
from api.connections import Connections
from api.expiry import expire_due
from api.key_uses import KeyUses
from api.metrics import BACKGROUND_ERRORS
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.keys import create_key
from budget_sync_tests.api.test_check_log import log_of, logged
from budget_sync_tests.api.test_expiry import held, reserve_until
from budget_sync_tests.budget_lines import add_line


def errors_of(work: str) -> float:
    return BACKGROUND_ERRORS.labels(work)._value.get()


def test_an_error_that_nobody_foresaw_is_counted_and_the_work_goes_on() -> None:
    before, twice = errors_of("trial"), asyncio.Event()
    attempts: list[int] = []

    async def fail() -> None:
        attempts.append(1)
        if len(attempts) == 2:
            twice.set()
        raise ZeroDivisionError

    async def scene() -> None:
        async with every(0.001, "trial", fail), asyncio.timeout(20):
            await twice.wait()

    asyncio.run(scene())
    assert errors_of("trial") - before == len(attempts) >= 2


def test_what_is_at_work_when_the_worker_stops_is_brought_to_its_end() -> None:
    begun, done = asyncio.Event(), []

    async def work() -> None:
        begun.set()
        for _ in range(10):
            await asyncio.sleep(0)
        done.append(1)

    async def scene() -> None:
        async with every(0.001, "trial", work), asyncio.timeout(20):
            await begun.wait()

    asyncio.run(scene())
    assert done


def test_checks_whose_writing_is_cut_off_are_written_the_next_time(database: Database, customer: Customer) -> None:
    async def scene() -> None:
        connections = Connections(database.app_conninfo, 1)
        log = log_of(connections, database, customer, checks=600, most=1000)
        writing = asyncio.create_task(log.write())
        await asyncio.sleep(0)
        assert not log._waiting
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        async with writing_checks(log):
            pass
        await connections.close()

    asyncio.run(scene())
    assert len(logged(database, customer, "id")) == 600


def test_checks_that_cannot_be_written_are_dropped_and_those_after_them_are_not(
    database: Database, customer: Customer
) -> None:
    async def scene() -> None:
        connections = Connections(database.app_conninfo, 1)
        log = log_of(connections, database, customer, checks=2, most=10)
        good = list(log._waiting)
        log._waiting[1] = good[1].replace("Engineering", "\ud800")  # no text of UTF-8
        await log.write()
        assert log.dropped == 2
        log._waiting = good
        await log.write()
        await connections.close()

    asyncio.run(scene())
    assert len(logged(database, customer, "id")) == 2


def test_uses_whose_writing_is_cut_off_are_counted_the_next_time(database: Database, customer: Customer) -> None:
    key_id = create_key(database, customer.id).split("_")[1]

    async def scene() -> None:
        connections = Connections(database.app_conninfo, 1)
        uses = KeyUses(connections)
        uses.count(key_id)
        writing = asyncio.create_task(uses.write())
        await asyncio.sleep(0)
        uses.count(key_id)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        await uses.write()
        await connections.close()

    asyncio.run(scene())
    with database.tenant(customer.id) as connection:
        assert connection.execute("SELECT use_count FROM api_key WHERE key_id = %s", (key_id,)).fetchone() == (2,)


def test_a_reservation_that_cannot_expire_keeps_no_other_from_it(database: Database, customer: Customer) -> None:
    broken, line = (add_line(database, customer.id, name, "100") for name in ("Eng", "Ops"))
    before = errors_of("expiry")

    async def scene() -> int:
        connections = Connections(database.app_conninfo, 2)
        now = datetime.now(UTC)
        await reserve_until(connections, customer, broken, now - timedelta(seconds=2))
        await reserve_until(connections, customer, line, now - timedelta(seconds=1))
        with database.tenant(customer.id) as connection:  # what it held is gone: its row cannot give back
            connection.execute("UPDATE budget SET reserved_amount = 0 WHERE id = %s", (broken,))
        try:
            return await expire_due(connections)
        finally:
            await connections.close()

    assert asyncio.run(scene()) == 1
    assert errors_of("expiry") - before == 1
    assert held(database, customer) == 0


def test_the_log_of_checks_is_written_at_the_end_of_the_worker(database: Database, customer: Customer) -> None:
    async def scene() -> None:
        connections = Connections(database.app_conninfo, 1)
        log: CheckLog = log_of(connections, database, customer, checks=3, most=10)
        async with writing_checks(log):
            assert not logged(database, customer, "id")
        await connections.close()

    asyncio.run(scene())
    assert len(logged(database, customer, "id")) == 3
