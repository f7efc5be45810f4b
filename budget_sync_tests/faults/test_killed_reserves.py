"""The service or the database is killed while money is reserved: what was acknowledged is there, and nothing twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any
from uuid import UUID

import httpx
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.api.purchases import balances, ledger
from budget_sync_tests.api.running import client_with
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.faults.live_service import LiveService
from budget_sync_tests.waiting import wait_until

CLIENTS = 8
_UNKNOWN = (409, 500, 503)  # at work still, or nobody can tell: the caller asks again with the same key


class Till:
    """Reserves 1 under one key after another, and keeps what was acknowledged."""

    def __init__(self, address: str, key: str, line: UUID) -> None:
        self._client = client_with(address, key)
        self._line = line
        self._numbers = count()
        self.sent: set[int] = set()
        self.acknowledged: dict[int, dict[str, Any]] = {}
        self.closed = threading.Event()

    def run(self) -> None:
        """One after another until the till is closed, each again and again until it is acknowledged."""
        while not self.closed.is_set():
            number = next(self._numbers)
            while not self.send(number) and not self.closed.wait(0.1):
                pass

    def send(self, number: int) -> bool:
        """One reserve; an answer that does not come, or says that nobody knows, is none."""
        self.sent.add(number)
        body = {"budgetId": str(self._line), "amount": 1, "externalReference": f"PR-{number}"}
        headers = {"Idempotency-Key": f"key-{number}"}
        try:
            answer = self._client.post("/api/budget/reserve", json=body, headers=headers)
        except httpx.TransportError:
            return False
        if answer.status_code in _UNKNOWN:
            return False
        assert answer.status_code == 201, answer.text
        assert self.acknowledged.setdefault(number, answer.json()) == answer.json()
        return True


@pytest.mark.parametrize("killed", ["service", "database"])
def test_whatever_is_killed_every_key_has_one_effect(
    live: tuple[LiveService, Database, Customer, str], killed: str
) -> None:
    service, database, customer, key = live
    line = add_line(database, customer.id, "Eng", "1000000")
    till = Till(service.address, key, line)
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(till.run) for _ in range(CLIENTS)]
        try:
            for _ in range(2):
                before = len(till.acknowledged)
                wait_until(lambda before=before: len(till.acknowledged) > before + 100, "the till is busy", seconds=120)
                if killed == "service":
                    service.kill()
                    service.start()
                else:
                    service.crash_database()
        finally:
            till.closed.set()
        for client in clients:
            client.result()
    acknowledged = dict(till.acknowledged)
    wait_until(lambda: _all_sent_again(till), "every key to be answered", seconds=120)
    for number in acknowledged:
        till.send(number)
    assert {number: till.acknowledged[number] for number in acknowledged} == acknowledged
    assert len({answer["reservationId"] for answer in till.acknowledged.values()}) == len(till.sent)
    assert balances(database, customer, line) == ledger(database, customer, line) == (len(till.sent), 0, 0)


def _all_sent_again(till: Till) -> bool:
    for number in till.sent - till.acknowledged.keys():
        till.send(number)
    return till.sent == till.acknowledged.keys()
