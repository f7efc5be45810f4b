"""Many clients on the same lines: what fits is accepted and not a cent more, whatever else goes on.

``make contention`` runs the long form: a minute of everything at once, a thousand meetings of an import and a reserve.
"""

import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import httpx
import psycopg
import pytest

from budget_sync.database import Database
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import IncomingFile
from budget_sync.settings import Settings
from budget_sync_tests.api.purchases import balances, hold, ledger, post
from budget_sync_tests.budget_lines import add_line

MIXED_SECONDS = float(os.environ.get("MIXED_SECONDS", "5"))
_NAMES = ("A", "B", "C")
_SETTLED = {200, 201, 409, 422}

# Stands behind the program's back and judges each row as the server writes it.
WATCHER = """
CREATE FUNCTION refuse_above_cap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reserved_amount > OLD.reserved_amount
       AND NEW.reserved_amount + NEW.committed_amount > NEW.budgeted_amount THEN
        RAISE EXCEPTION 'a reserve above the cap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER watcher BEFORE UPDATE ON budget FOR EACH ROW EXECUTE FUNCTION refuse_above_cap();
"""


@pytest.mark.parametrize("clients", [16, 64])
def test_many_clients_on_one_line_get_exactly_what_fits_ten_times_in_a_row(
    buyer: httpx.Client, database: Database, customer: Customer, clients: int
) -> None:
    with ThreadPoolExecutor(clients) as pool:
        for run in range(10):
            line = add_line(database, customer.id, f"Eng {run}", "100")
            statuses = Counter(pool.map(lambda _, line=line: hold(buyer, line, 1).status_code, range(100 + clients)))
            assert statuses == {201: 100, 422: clients}
            assert balances(database, customer, line) == ledger(database, customer, line) == (100, 0, 0)


class Purchases:
    """One client that reserves, binds, spends and gives back on shared lines, at random and without a pause."""

    def __init__(self, client: httpx.Client, lines: list[UUID], seed: int, ends: float) -> None:
        self._client = client
        self._lines = lines
        self._chosen = random.Random(seed)  # noqa: S311 - no secret
        self._ends = ends
        self._open: list[str] = []
        self.statuses: Counter[int] = Counter()

    def run(self) -> Counter[int]:
        """How many answers of each status there were."""
        while time.monotonic() < self._ends:
            answer = self._move() if self._open and self._chosen.random() < 0.6 else self._reserve()
            self.statuses[answer.status_code] += 1
        return self.statuses

    def _reserve(self) -> httpx.Response:
        if self._chosen.random() < 0.5:
            answer = hold(self._client, self._chosen.choice(self._lines), self._amount())
        else:
            parts = [{"budgetId": str(line), "amount": self._amount()} for line in self._chosen.sample(self._lines, 2)]
            total = sum(part["amount"] for part in parts)
            answer = hold(self._client, self._lines[0], total, budgetId=None, allocations=parts)
        if answer.status_code == 201:
            self._open.append(answer.json()["reservationId"])
        return answer

    def _move(self) -> httpx.Response:
        reservation = self._chosen.choice(self._open)
        call = self._chosen.choice(["commit", "spend", "release", "close"])
        body: dict[str, object] = {"reservationId": reservation}
        if call != "close" and self._chosen.random() < 0.5:
            body["amount"] = self._amount()
        answer = post(self._client, call, body)
        if answer.is_success and answer.json()["state"] in ("spent", "released"):
            self._open.remove(reservation)
        return answer

    def _amount(self) -> int:
        return self._chosen.randint(1, 9)


def import_again_and_again(database: Database, customer: Customer, ends: float) -> int:
    """Files that cut and raise the lines, in changing order; how many came in."""
    engine, chosen, imported = Engine(database), random.Random(1), 0  # noqa: S311 - no secret
    while time.monotonic() < ends:
        names = chosen.sample(_NAMES, len(_NAMES))
        rows = "\n".join(f"Eng,{name},FY2025,{chosen.randint(20, 200)}.00" for name in names)
        content = f"Department,Category,Period,Budget\n{rows}\n".encode()
        result = engine.run(customer.id, IncomingFile("lines.csv", content))
        assert result.success, result.error
        imported += 1
    return imported


def test_everything_at_once_on_shared_lines_leaves_the_books_right(
    buyer: httpx.Client, database: Database, customer: Customer, settings: Settings
) -> None:
    lines = [add_line(database, customer.id, f"Eng/{name}", "100") for name in _NAMES]
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as administrator:
        administrator.execute(WATCHER)
    ends = time.monotonic() + MIXED_SECONDS
    with ThreadPoolExecutor(9) as pool:
        importing = pool.submit(import_again_and_again, database, customer, ends)
        buying = [pool.submit(Purchases(buyer, lines, seed, ends).run) for seed in range(8)]
        statuses = sum((each.result() for each in buying), Counter[int]())
    assert importing.result() > 0
    assert set(statuses) <= _SETTLED, statuses  # a deadlock or a broken check would be a 503 or a 500
    assert statuses[201] > 0
    for line in lines:
        standing = balances(database, customer, line)
        assert standing == ledger(database, customer, line)
        assert standing[0] >= 0
        assert standing[1] >= standing[2] >= 0


def test_many_lines_and_an_import_of_them_never_wait_in_a_ring(
    buyer: httpx.Client, database: Database, customer: Customer
) -> None:
    lines = [add_line(database, customer.id, f"Eng/{name}", "1000000") for name in _NAMES]
    over = threading.Event()
    ends = time.monotonic() + MIXED_SECONDS / 2

    def hold_all(number: int) -> int:
        parts = [{"budgetId": str(line), "amount": 1} for line in (lines if number % 2 else lines[::-1])]
        return hold(buyer, lines[0], len(parts), budgetId=None, allocations=parts).status_code

    with ThreadPoolExecutor(6) as pool:
        importing = pool.submit(import_again_and_again, database, customer, ends)
        importing.add_done_callback(lambda _: over.set())
        statuses: set[int] = set()
        while not over.is_set():
            statuses |= set(pool.map(hold_all, range(10)))
    assert importing.result() > 0
    assert statuses <= _SETTLED
