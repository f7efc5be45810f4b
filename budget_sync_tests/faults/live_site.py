"""An installation of real processes, each of which a test kills and starts again, with a partner that drops files."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from dagster import DagsterInstance, DagsterRun
from psycopg import sql

from budget_sync.cli.processes import Program
from budget_sync.cli.running import answers, listens
from budget_sync.cli.site import LOOPBACK, Site
from budget_sync.database import Database, migrate
from budget_sync.database.addresses import DATABASE
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.result import ImportRecord
from budget_sync.orchestration.run_processes import process_of
from budget_sync.settings import Settings
from budget_sync.sources.administration import add_source
from budget_sync_tests.partner import SftpPartner
from budget_sync_tests.waiting import wait_until

PATIENCE_SECONDS = 240.0  # a run is there after ten on two idle cores


@dataclass
class LiveSite:
    """One installation with one customer and one partner; ``database_url`` reaches its database as its owner."""

    database: Database
    site: Site
    partner: SftpPartner
    customer: Customer
    instance: DagsterInstance
    database_url: str
    _programs: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, program: Program) -> None:
        """Start one of the site's programs, and return when it answers (the daemon: at once)."""
        logs = self.site.home / "logs"
        logs.mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if name not in program.without}
        with (logs / f"{program.name}.log").open("ab") as log:
            self._programs[program.name] = subprocess.Popen(
                program.arguments,
                env=environment | dict(program.environment),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if program == self.site.code_server():
            wait_until(lambda: listens(LOOPBACK, self.site.code_port), "the code server", seconds=PATIENCE_SECONDS)
        if program == self.site.service():
            host, port = self.site.service_host, self.site.service_port
            wait_until(lambda: answers(host, port, "/api/health/ready"), "the service", seconds=PATIENCE_SECONDS)
        if program == self.site.webserver():
            port = self.site.dagster_port
            wait_until(lambda: answers(LOOPBACK, port, "/server_info"), "the UI", seconds=PATIENCE_SECONDS)

    def kill(self, program: Program) -> None:
        """SIGKILL of the program alone: what it started is left to itself."""
        process = self._programs.pop(program.name)
        process.kill()
        process.wait()

    def end(self) -> None:
        """End all of them with what they started."""
        for process in self._programs.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def graphql(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """What the UI's server answers."""
        asked = {"query": query, "variables": variables or {}}
        answer = httpx.post(f"{self.site.dagster_ui}/graphql", json=asked, timeout=120)
        answer.raise_for_status()
        return answer.json()["data"]

    def history_of(self, file_name: str) -> list[ImportRecord]:
        """The imports of this file, the newest first."""
        imports = Engine(self.database).history(self.customer.id)
        return [record for record in imports if record.file_name == file_name]

    def lines_of(self, record: ImportRecord) -> int:
        """How many live budget lines this import wrote last."""
        with self.database.tenant(self.customer.id) as session:
            row = session.execute(
                "SELECT count(*) FROM budget WHERE import_id = %s AND deleted_at IS NULL", (record.import_id,)
            ).fetchone()
        assert row is not None
        return int(row[0])

    def runs_of(self, file_name: str) -> list[DagsterRun]:
        """The runs of this file, the newest first."""
        runs = self.instance.get_runs()
        return [run for run in runs if f"/{file_name}~" in run.tags.get("dagster/partition", "")]

    def process_of_newest_run(self, file_name: str) -> int:
        """Of the run that works on this file now."""

        def process() -> int | None:
            return process_of(self.instance, self.runs_of(file_name)[0])

        wait_until(lambda: process() is not None, f"a process that works on {file_name}", seconds=PATIENCE_SECONDS)
        found = process()
        assert found is not None
        return found

    @contextmanager
    def held(self, table: str, mode: str) -> Iterator[None]:
        """Whom this lock of the table is in the way of waits until the block ends, or 30 s."""
        connection = psycopg.connect(self.database_url)
        try:
            connection.execute(sql.SQL("LOCK TABLE {} IN {} MODE").format(sql.Identifier(table), sql.SQL(mode)))
            yield
        finally:
            connection.close()

    def waiting_for(self, table: str) -> list[int]:
        """The server's processes that wait for a lock of this table."""
        with psycopg.connect(self.database_url) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_locks WHERE NOT granted AND relation = %s::regclass", (table,)
            ).fetchall()
        return [row[0] for row in rows]

    def crash_database(self, server_process: int) -> None:
        """Kill one of the server's processes: PostgreSQL ends every session and recovers; return when it has."""
        witness = psycopg.connect(self.database_url, autocommit=True)
        os.kill(server_process, signal.SIGKILL)
        wait_until(lambda: not _lives(witness), "every session to end")
        wait_until(self._database_answers, "the database to recover", seconds=PATIENCE_SECONDS)

    def _database_answers(self) -> bool:
        try:
            psycopg.connect(self.database_url).close()
        except psycopg.OperationalError:
            return False
        return True


def _lives(connection: psycopg.Connection) -> bool:
    try:
        connection.execute("SELECT")
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def live_site(home: Path, partner: SftpPartner, environment: pytest.MonkeyPatch) -> Iterator[LiveSite]:
    """The installation with its own PostgreSQL and one source; no program runs yet."""
    environment.setenv("BUDGET_SYNC_MASTER_KEY", "one for all machines")
    environment.setenv("BUDGET_SYNC_ALLOWED_NETWORKS", "loopback")
    settings = Settings(home=home, database_url=None)
    home.mkdir()
    server = EmbeddedServer.join(home)
    with Database.open(settings) as database:
        migrate(settings)
        customer = create_customer(database, "acme")
        add_source(database, customer.id, partner.configuration(), partner.secrets, name="partner", poll_seconds=2)
        site = Site.choose(settings, database.dagster_url)
        site.prepare()
        environment.setenv("BUDGET_SYNC_DAGSTER_URL", database.dagster_url)
        with DagsterInstance.from_config(str(site.dagster_home)) as instance:
            url = f"postgresql://postgres@/{DATABASE}?host={server.socket_folder}"
            running = LiveSite(database, site, partner, customer, instance, url)
            try:
                yield running
            finally:
                running.end()
    server.leave()
