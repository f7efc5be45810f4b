"""The programs of a site, started in the order that makes the least waiting, until all of them answer."""

import socket
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from budget_sync.cli.processes import Processes
from budget_sync.cli.progress import Progress
from budget_sync.cli.site import LOOPBACK, Site
from budget_sync.domain.errors import NotStartedError

_POLL_SECONDS = 0.1
_START_SECONDS = 120.0


def start_programs(site: Site, processes: Processes, progress: Progress) -> None:
    """Start all of them; returns when the code server and the service answer and the others run.

    Raises:
        ProgramEndedError: one ended.
        NotStartedError: one did not answer within two minutes.
    """
    site.prepare()
    progress.step("Dagster's code server and the service")
    processes.start(site.code_server())
    processes.start(site.service())
    _wait(processes, "code server", lambda: listens(LOOPBACK, site.code_port))
    processes.start(site.daemon())
    processes.start(site.webserver())
    _wait(processes, "service", lambda: answers(site.service_host, site.service_port, "/api/health/ready"))


def wait_for_ui(site: Site, processes: Processes) -> None:
    """Return when the Dagster UI answers.

    Raises:
        ProgramEndedError: one of the programs ended.
        NotStartedError: it did not answer within two minutes.
    """
    _wait(processes, "webserver", lambda: answers(LOOPBACK, site.dagster_port, "/server_info"))


def _wait(processes: Processes, name: str, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready():
        processes.check()
        if time.monotonic() > deadline:
            raise NotStartedError(f"The {name} did not answer in {_START_SECONDS:.0f} s; see {processes.log_of(name)}.")
        time.sleep(_POLL_SECONDS)


def listens(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def answers(host: str, port: int, path: str) -> bool:
    """Whether an HTTP server there answers this path well."""
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400  # noqa: PLR2004 - the first status of an error
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
