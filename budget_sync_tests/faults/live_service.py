"""A service of one real process over a PostgreSQL of its own, each of which a test kills and starts again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from budget_sync.cli.site import SERVICE_OPTIONS
from budget_sync.database import Database, migrate
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.keys import create_key
from budget_sync.settings import Settings
from budget_sync_tests.processes import is_running
from budget_sync_tests.waiting import wait_until

PATIENCE_SECONDS = 120.0


@dataclass
class LiveService:
    """The home folder with the running server in it, and the address that every start of the service listens on."""

    home: Path
    server: EmbeddedServer
    port: int
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the service listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the service, and return when it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        place = ["--port", str(self.port), "--log-level", "critical", *SERVICE_OPTIONS]
        command = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app_from_environment", *place]
        with (self.home / "service.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=environment | {"BUDGET_SYNC_HOME": str(self.home)}, stdout=log, stderr=log
            )
        wait_until(self._answers, "the service answers", seconds=PATIENCE_SECONDS)

    def kill(self) -> None:
        """SIGKILL of the service."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    @contextmanager
    def frozen_database(self) -> Iterator[None]:
        """No process of PostgreSQL does anything during the block, as when its disk hangs."""
        postmaster = self._postmaster()
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, check=True)
        processes = [postmaster, *map(int, children.stdout.split())]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def crash_database(self) -> None:
        """SIGKILL of PostgreSQL's first process, and a new start when all of it is gone."""
        postmaster = self._postmaster()
        os.kill(postmaster, signal.SIGKILL)
        wait_until(lambda: not is_running(postmaster), "the server to die")
        self.server.leave()
        self.server = EmbeddedServer.join(self.home)

    def _postmaster(self) -> int:
        return int((self.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])

    def _answers(self) -> bool:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)):
                return False
        try:
            return httpx.get(f"{self.address}/api/health/ready").is_success
        except httpx.TransportError:
            return False


@contextmanager
def live_service(home: Path) -> Iterator[tuple[LiveService, Database, Customer, str]]:
    """The service running, its database, a customer and a key of it that may reserve."""
    home.mkdir()
    settings = Settings(home=home, database_url=None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        service = LiveService(home, EmbeddedServer.join(home), probe.getsockname()[1])
    try:
        with Database.open(settings) as database:
            migrate(settings)
            customer = create_customer(database, "acme")
            service.start()
            try:
                yield service, database, customer, create_key(database, customer.id, scopes=["reserve", "check"])
            finally:
                service.kill()
    finally:
        service.server.leave()
