"""An import cuts a line from 100 to 50 while 80 of it is being reserved: whoever comes second sees the first.

``MEETINGS=1000`` (``make contention``) lets them meet a thousand times.
"""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID

import pytest

from budget_sync.approval.check import SET_TENANT
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.reservation_types import ReserveRequest, Share
from budget_sync.approval.reservations import reserve
from budget_sync.database import Database
from budget_sync.database.direct import open_direct
from budget_sync.domain.errors import RefusedError
from budget_sync.importing.customers import Customer
from budget_sync.loading import LoadOutcome
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.database.loading.lines import line, load_lines, validated

MEETINGS = int(os.environ.get("MEETINGS", "60"))


class Buyer:
    """Reserves over a connection of its own."""

    def __init__(self, database: Database, customer: Customer) -> None:
        self._conninfo = database.app_conninfo
        self._terms = CustomerTerms(customer.id, customer.currency, customer.fiscal_year_start)

    def reserve(self, line_id: UUID, amount: int, before: threading.Barrier | None = None) -> bool:
        """Whether it was accepted."""
        return asyncio.run(self._reserve(line_id, Decimal(amount), before))

    async def _reserve(self, line_id: UUID, amount: Decimal, before: threading.Barrier | None) -> bool:
        request = ReserveRequest(amount, str(line_id), shares=(Share(line_id, amount),))
        async with await open_direct(self._conninfo) as connection:
            if before is not None:
                before.wait()
            try:
                async with connection.transaction():
                    await connection.execute(SET_TENANT, (str(self._terms.customer_id),))
                    await reserve(connection, self._terms, request, "test")
            except RefusedError:
                return False
        return True


@pytest.mark.parametrize("reserve_goes_first", [True, False])
def test_one_of_them_sees_the_other_however_close_they_meet(
    database: Database, customer: Customer, reserve_goes_first: bool
) -> None:
    buyer = Buyer(database, customer)
    seen: set[bool] = set()

    def cut(number: int, before: threading.Barrier) -> LoadOutcome:
        if reserve_goes_first:
            before.wait()
        lines = validated(line(f"Eng {number}", "50"))
        if not reserve_goes_first:
            before.wait()
        return load_lines(database, customer.id, lines)

    with ThreadPoolExecutor(2) as pool:
        for number in range(MEETINGS // 2):
            line_id = add_line(database, customer.id, f"Eng {number}", "100")
            before = threading.Barrier(2)
            cutting = pool.submit(cut, number, before)
            accepted = pool.submit(buyer.reserve, line_id, 80, before).result()
            assert bool(cutting.result().over_committed) == accepted
            seen.add(accepted)
    assert seen
