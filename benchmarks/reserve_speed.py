"""Measure a reserve over HTTP against pgbench sending the statements of a reserve, synchronous commit on.

Both sides have the same connections to the database and reserve on the same lines, in turns over one server. pgbench
sends the program's own texts in the order and in the bundles in which the service sends them for one reserve, and
nothing else; the service holds those of one moment together (decision 0025). Prints both sides; exits 1 when the bar is
missed.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from running_services import Service, our_service
from service_load import http_requests, put_load

from api import idempotency_keys as keys
from api.reservations import gathering
from budget_sync.approval import plain_hold
from budget_sync.database import Database, migrate
from budget_sync.database.addresses import DATABASE
from budget_sync.database.direct import DirectStatement, NamedStatement
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import create_customer
from budget_sync.importing.keys import create_key
from budget_sync.settings import Settings

_PATH = "/api/budget/reserve"
_LINES = 10_000
_CONNECTIONS = 8  # as many as the service keeps to the database
_CLIENTS = 16  # so that it has one to give each of them a request
_MOST_A_SECOND = 5_000
_SHARE_OF_PGBENCH = 0.8
_NUMBERED = re.compile(r"\$(\d+)")
_FILL = """
INSERT INTO budget (id, customer_id, department, fiscal_period, currency, budgeted_amount, source, department_key)
SELECT lpad(to_hex(n), 32, '0')::uuid, %s, 'Department ' || n, 'FY2025', 'EUR', 1e12, 'upload', 'department ' || n
FROM generate_series(1, %s) n
"""


@dataclass(frozen=True)
class Bench:
    """A running server with lines to reserve on, and who may."""

    home: Path
    socket_folder: Path
    customer_id: UUID
    key: str


def pgbench_script(customer_id: UUID) -> str:
    """A reserve in three bundles: ``n`` is its key, its reference and, in hex, its id; ``b`` is its line."""
    line, key = "ARRAY[lpad(to_hex(:b::bigint), 32, '0')::uuid]", "ARRAY[:n::text]"
    values = {
        "customer_id": f"'{customer_id}'",
        "reservation_ids": "ARRAY[lpad(to_hex(:n::bigint), 32, '0')::uuid]",
        "budget_ids": line,
        "external_references": key,
        "amounts": "ARRAY[1]",
        "currencies": "ARRAY[NULL::text]",
        "made_by": "ARRAY['0123456789ab']",
        "expire_at": "ARRAY['2099-01-01T00:00:00Z'::timestamptz]",
        "event": "'budget.reserved'",
        "keys": key,
        "digests": f"ARRAY['\\x{'ab' * 32}'::bytea]",
        "statuses": "ARRAY[201]",
        "answers": f"ARRAY['\\x{'7b' * 450}'::bytea]",
    }

    def plain(statement: DirectStatement, *parameters: str) -> str:
        return _NUMBERED.sub(lambda found: parameters[int(found[1]) - 1], statement.query)

    def named(statement: NamedStatement) -> str:
        return plain(statement.statement, *(values[name] for name in statement.names))

    bundles = (
        (
            plain(keys.BEGIN),
            plain(gathering.TENANT, values["customer_id"]),
            plain(keys.LOCK, key),
            plain(keys.FIND, key),
        ),
        (named(plain_hold.HOLD), named(plain_hold.EMIT)),
        (named(keys.KEEP), plain(keys.COMMIT)),
    )
    lines = ["\\set n random(1, 9000000000000000000)", f"\\set b random(1, {_LINES})"]
    for bundle in bundles:
        statements = (" ".join(statement.split()) + ";" for statement in bundle)
        lines += ["\\startpipeline", *statements, "\\endpipeline"]
    return "\n".join(lines) + "\n"


def by_pgbench(pgbench: str, bench: Bench, folder: Path, seconds: float) -> float:
    """Reserves a second."""
    script = folder / "reserve.sql"
    script.write_text(pgbench_script(bench.customer_id))
    place = ["--host", str(bench.socket_folder), "--username", "budget_sync_app", "--no-vacuum", DATABASE]
    amount = ["--client", str(_CONNECTIONS), "--jobs", "1", "--time", str(int(seconds)), "--protocol", "prepared"]
    ran = subprocess.run([pgbench, *amount, "--file", str(script), *place], capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([0-9.]+)", ran.stdout)
    assert "number of failed transactions: 0 " in ran.stdout, ran.stdout + ran.stderr
    assert found is not None
    return float(found[1])


def by_service(service: Service, bench: Bench, folder: Path, seconds: float) -> tuple[float, float]:
    """Reserves a second, and microseconds of the service's CPU for each."""
    run, how_many = uuid4().hex, int(seconds * _MOST_A_SECOND)
    bodies = [
        json.dumps(
            {
                "budgetId": str(UUID(int=number % _LINES + 1)),
                "amount": 1,
                "externalReference": f"{run}-{number}",
            }
        ).encode()
        for number in range(how_many)
    ]
    headers = {"Authorization": f"Bearer {bench.key}", "Idempotency-Key": f"{run}-{{n}}"}
    before = service.cpu_seconds()
    requests = http_requests(_PATH, headers, bodies)
    load = put_load(folder, service.port, requests, connections=_CLIENTS, seconds=seconds)
    assert set(load.statuses) == {"201"}, load.statuses
    cpu = (service.cpu_seconds() - before) / load.statuses["201"] * 1_000_000
    return load.requests_a_second, cpu


def installed(stack: ExitStack, home: Path) -> Bench:
    """A home with a running server and lines."""
    settings = Settings(home=home, database_url=None)
    database = stack.enter_context(Database.open(settings))
    migrate(settings)
    server = EmbeddedServer.join(home)
    stack.callback(server.leave)
    customer = create_customer(database, "bench")
    with psycopg.connect(server.conninfo("postgres", DATABASE), autocommit=True) as connection:
        connection.execute(_FILL, (customer.id, _LINES))
        connection.execute("VACUUM ANALYZE budget")
        durable = connection.execute(
            "SELECT current_setting('synchronous_commit'), current_setting('fsync')"
        ).fetchone()
        assert durable == ("on", "on")
    return Bench(home, server.socket_folder, customer.id, create_key(database, customer.id, scopes=["reserve"]))


def main() -> None:
    """Print both sides and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each round")
    arguments = parser.parse_args()
    pgbench = shutil.which("pgbench")
    if pgbench is None:
        sys.exit("pgbench is not installed. It is in Debian's package postgresql-contrib.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="budget_sync_bench")))
        bench = installed(stack, folder / "home")
        service = stack.enter_context(our_service(bench.home))
        by_service(service, bench, folder, 1.0)
        rates, cpus, bars = [], [], []
        for _ in range(arguments.rounds):
            bars.append(by_pgbench(pgbench, bench, folder, arguments.seconds))
            rate, cpu = by_service(service, bench, folder, arguments.seconds)
            rates.append(rate)
            cpus.append(cpu)
    share = statistics.median(rate / bar for rate, bar in zip(rates, bars, strict=True))
    ours, cpu = statistics.median(rates), statistics.median(cpus)
    print(f"reserve over HTTP, one worker    {ours:7.0f}/s  {cpu:5.0f} us CPU each")
    print(f"the same statements by pgbench   {statistics.median(bars):7.0f}/s")
    met = share >= _SHARE_OF_PGBENCH
    print(f"  {share:.2f} times pgbench's rate: {'ok' if met else 'MISSED'}")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
