"""Fixtures of all suites: a real PostgreSQL for the session, a fresh database for each test, two customers."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from budget_sync.database import Database, migrate
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.settings import Settings
from budget_sync_tests.installations import installation


def pytest_configure() -> None:
    """What the shell sets for an installation of its own is none of the tests' business."""
    for name in ("DATABASE_URL", *(f"BUDGET_SYNC_{setting.upper()}" for setting in Settings.model_fields)):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[EmbeddedServer]:
    """One server for all workers of the session, its database ``budget_sync`` migrated as the template of others.

    It does not lie in pytest's own folder: under root the server runs as another user, and every other session
    that starts takes that folder's right to be walked through away.
    """
    home = Path(tempfile.gettempdir()) / f"budget_sync-{testrun_uid}"
    home.mkdir(exist_ok=True)
    server = EmbeddedServer.join(home)
    with (home / "template.lock").open("a+") as template:
        fcntl.flock(template, fcntl.LOCK_EX)  # a template cannot be copied while another worker is connected to it
        if template.tell() == 0:
            _make_template(server, home)
            template.write("made")
    yield server
    server.leave()
    if not (home / "postgres" / "data" / "postmaster.pid").exists():
        shutil.rmtree(home, ignore_errors=True)


def _make_template(server: EmbeddedServer, home: Path) -> None:
    with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nothing here outlives the session
        connection.execute("SELECT pg_reload_conf()")
    migrate(Settings(home=home, database_url=None))


@pytest.fixture
def settings(postgres: EmbeddedServer, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an installation with a migrated database of its own and nothing in it."""
    with installation(postgres, tmp_path / "home") as made:
        yield made


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The open database of the test."""
    with Database.open(settings) as opened:
        yield opened


@pytest.fixture
def customer(database: Database) -> Customer:
    """A customer with euros and calendar years."""
    return create_customer(database, "acme", "Acme")


@pytest.fixture
def other_customer(database: Database) -> Customer:
    """Another customer of the same installation, who must see nothing of the first."""
    return create_customer(database, "globex", "Globex")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that was skipped was not run, so the run has failed; elsewhere a missing program only skips."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI") != "true":  # a worker has no reporter: its controller counts
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
