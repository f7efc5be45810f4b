"""What an approval tool sends when money moves, and what then stands on the line and in its ledger."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx

from budget_sync.database import Database
from budget_sync.importing.customers import Customer

EVERYTHING = ("check", "read", "reserve", "override")


def post(client: httpx.Client, call: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
    """One call with a key of its own, unless one is given."""
    return client.post(f"/api/budget/{call}", json=body, headers={"Idempotency-Key": key or str(uuid4())})


def hold(client: httpx.Client, line: UUID, amount: float, **members: Any) -> httpx.Response:
    """Reserve on one line under a reference of its own."""
    body = {"budgetId": str(line), "amount": amount, "externalReference": f"PR-{uuid4()}"} | members
    return post(client, "reserve", body)


def balances(database: Database, customer: Customer, line: UUID) -> tuple[Decimal, ...]:
    """What the line has reserved, committed and spent."""
    with database.tenant(customer.id) as connection:
        row = connection.execute(
            "SELECT reserved_amount, committed_amount, actual_spent FROM budget WHERE id = %s", (line,)
        ).fetchone()
    assert row is not None
    return row


def ledger(database: Database, customer: Customer, line: UUID) -> tuple[Decimal, ...]:
    """The sums of the line's entries."""
    with database.tenant(customer.id) as connection:
        row = connection.execute(
            "SELECT coalesce(sum(reserved), 0), coalesce(sum(committed), 0), coalesce(sum(actual_spent), 0)"
            " FROM budget_entry WHERE budget_id = %s",
            (line,),
        ).fetchone()
    assert row is not None
    return row
