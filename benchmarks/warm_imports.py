"""Imports in a process that has imported before: in this one, and in the service over HTTP."""

import time
from pathlib import Path
from uuid import UUID

import httpx
from budget_files import budget_file
from figures import Run, median_of
from running_services import our_service

from budget_sync.database import Database
from budget_sync.importing import Engine
from budget_sync.importing.customers import create_customer
from budget_sync.importing.keys import create_key
from budget_sync.importing.options import IncomingFile

_RUNS = 15


def measure_warm(database: Database, rows: int) -> Run:
    """The median of imports of different files."""
    customer, engine = create_customer(database, f"warm-{rows}"), Engine(database)
    return median_of([_import(engine, customer.id, budget_file(rows, factor=turn)) for turn in range(2, _RUNS + 2)][1:])


def _import(engine: Engine, customer: UUID, content: bytes) -> Run:
    begin, cpu = time.perf_counter(), time.process_time()
    result = engine.run(customer, IncomingFile("warm.csv", content))
    assert result.success, result.error
    return Run(time.perf_counter() - begin, time.process_time() - cpu)


def measure_http(database: Database, home: Path, sizes: list[int]) -> list[Run]:
    """From the request to the answer, an upload each, everything recorded; one figure a size."""
    customer = create_customer(database, "http")
    headers = {"Authorization": f"Bearer {create_key(database, customer.id)}"}
    found = []
    with our_service(home) as service, httpx.Client(headers=headers, timeout=60) as client:
        address = f"http://127.0.0.1:{service.port}/api/sync/upload"
        for rows in sizes:
            runs = []
            for turn in range(2, _RUNS + 2):
                files = {"file": ("plan.csv", budget_file(rows, factor=turn))}
                begin, cpu = time.perf_counter(), service.cpu_seconds()
                answer = client.post(address, data={"customerId": str(customer.id)}, files=files)
                runs.append(Run(time.perf_counter() - begin, service.cpu_seconds() - cpu))
                assert answer.status_code == httpx.codes.OK, answer.text
            found.append(median_of(runs[1:]))
    return found


def measure_changes_and_undo(database: Database, customer: UUID) -> tuple[Run, Run]:
    """The diff of the customer's last import, and that import taken back."""
    engine = Engine(database)
    (last,) = engine.history(customer, limit=1)
    begin, cpu = time.perf_counter(), time.process_time()
    assert engine.changes(customer, last.import_id).changes
    diff = Run(time.perf_counter() - begin, time.process_time() - cpu)
    begin, cpu = time.perf_counter(), time.process_time()
    result = engine.undo(customer, last.import_id)
    assert result.success, result.error
    return diff, Run(time.perf_counter() - begin, time.process_time() - cpu)
