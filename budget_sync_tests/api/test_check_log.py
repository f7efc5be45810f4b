"""The log of checks is written behind the answers; what it cannot take is dropped and counted."""

import asyncio
from decimal import Decimal

import httpx

from api.authentication import Caller
from api.budget_check.log import CheckLog
from api.connections import Connections
from budget_sync.approval.check import check_budget
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.request import check_request
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.waiting import wait_until

QUESTION = {"department": " engineering", "fiscalPeriod": "2025-03", "amount": 10.5, "requestId": "PR-7 \\N"}


def logged(database: Database, customer: Customer, columns: str) -> list[tuple[object, ...]]:
    with database.tenant(customer.id) as connection:
        return connection.execute(f"SELECT {columns} FROM budget_check_log ORDER BY id".encode()).fetchall()  # noqa: S608


def log_of(connections: Connections, database: Database, customer: Customer, checks: int, most: int) -> CheckLog:
    caller = Caller("key", frozenset(["check"]), CustomerTerms(customer.id, "EUR", 1))
    request = check_request(department="Engineering", fiscal_period="FY2025", amount="1")
    answer = check_budget(database, customer.id, request)
    log = CheckLog(connections, most)
    for _ in range(checks):
        log.add(caller, request, answer)
    return log


def test_every_check_is_logged_with_what_was_answered(
    client: httpx.Client, database: Database, customer: Customer, other_customer: Customer
) -> None:
    line = add_line(database, customer.id, "Engineering", "1000")
    for body in (QUESTION, QUESTION, {"lines": [{"department": "Nobody", "fiscalPeriod": "FY2025", "amount": 1}] * 2}):
        assert client.post("/api/budget/check", json=body).status_code == 200
    wait_until(lambda: len(logged(database, customer, "id")) == 4, "the checks are written")
    columns = "department, fiscal_period, amount, currency, available, decision, reason_code, matched_level, budget_id"
    found = ("engineering", "2025-03", Decimal("10.5"), None, True, "approve", "auto_approved", "department", line)
    missing = ("Nobody", "FY2025", Decimal(1), None, False, "reject", "no_budget", None, None)
    assert logged(database, customer, columns) == [found, found, missing, missing]
    names = {row[0] for row in logged(database, customer, "request_id")}
    assert names == {QUESTION["requestId"], None}
    assert logged(database, other_customer, "id") == []


def test_checks_wait_while_the_database_is_away_and_are_dropped_when_there_are_too_many(
    database: Database, customer: Customer
) -> None:
    async def scene() -> None:
        away = Connections("host=/nowhere", 1)
        log = log_of(away, database, customer, checks=7, most=5)
        assert log.dropped == 2
        await log.write()
        assert log.dropped == 2
        log._connections = Connections(database.app_conninfo, 1)
        await log.write()
        await log._connections.close()

    asyncio.run(scene())
    assert len(logged(database, customer, "id")) == 5


def test_checks_of_several_customers_are_each_seen_by_their_own(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    async def scene() -> None:
        connections = Connections(database.app_conninfo, 1)
        log = log_of(connections, database, customer, checks=600, most=1000)
        log._waiting += log_of(connections, database, other_customer, checks=3, most=1000)._waiting
        await log.write()
        await connections.close()

    asyncio.run(scene())
    assert [len(logged(database, each, "id")) for each in (customer, other_customer)] == [600, 3]
