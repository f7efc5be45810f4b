"""A Dagster instance of the test's own, the program as the definitions wire it, and a partner with an SFTP server."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from dagster import AssetKey, DagsterInstance, ExecuteInProcessResult, SensorResult, SkipReason, build_sensor_context

from budget_sync.database import Database
from budget_sync.definitions import defs
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.result import ImportRecord
from budget_sync.orchestration import resources
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.sensors import SOURCE_SENSORS, settled_by_hand
from budget_sync.settings import Settings, load_settings
from budget_sync.sources import claims
from budget_sync.sources.administration import add_source
from budget_sync.sources.sftp_configuration import SftpSecrets
from budget_sync_tests.partner import SftpPartner, running

CACHED = (resources._lookout, resources._engine, resources._database, load_settings)


@pytest.fixture(autouse=True)
def any_time_between_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks may follow at once: the tests need not wait."""
    monkeypatch.setattr(claims, "_BETWEEN_LOOKS", timedelta(0))


@pytest.fixture
def program(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[BudgetSync]:
    """The resource, in a process whose environment names the test's database."""
    assert settings.database_url is not None
    monkeypatch.setenv("BUDGET_SYNC_DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("BUDGET_SYNC_HOME", str(settings.home))
    monkeypatch.setenv("BUDGET_SYNC_ALLOWED_NETWORKS", settings.allowed_networks)
    for cached in CACHED:
        cached.cache_clear()
    program = BudgetSync()
    yield program
    program.lookout.close()
    program.database.close()
    for cached in CACHED:
        cached.cache_clear()


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    """Dagster's storage, in memory."""
    with DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[SftpPartner]:
    """The partner's server with an empty folder."""
    folder = tmp_path / "partner"
    folder.mkdir()
    with running(SftpPartner(folder)) as server:
        yield server


@dataclass
class Dagster:
    """What the daemon does between a tick and the end of its runs, one after the other."""

    instance: DagsterInstance
    program: BudgetSync
    customer: Customer
    cursor: str | None = None

    def tick(self) -> list[ExecuteInProcessResult]:
        """One tick of the sensor of sources, and the runs that it asks for."""
        return self.carry_out(self.look())

    def look(self) -> SensorResult | None:
        """One tick alone; None where it was skipped."""
        self.make_due()
        with build_sensor_context(instance=self.instance, definitions=defs) as context:
            result = SOURCE_SENSORS[0](context, budget_sync=self.program)
        if isinstance(result, SkipReason):
            return None
        for event in result.asset_events:
            self.instance.report_runless_asset_event(event)
        return result if result.run_requests else None

    def make_due(self) -> None:
        """Every source is due now, and so is every file that is to be taken again."""
        with self.program.database.tenant(self.customer.id) as session:
            session.execute("UPDATE budget_data_source_config SET next_due_at = now() - interval '1 s'")
            session.execute("UPDATE source_file SET retry_at = now() - interval '1 s' WHERE retry_at IS NOT NULL")

    def carry_out(self, result: SensorResult | None) -> list[ExecuteInProcessResult]:
        """The partitions are added, the runs run."""
        if result is None:
            return []
        for request in result.dynamic_partitions_requests or ():
            self.instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
        return [
            self.run(request.job_name, request.partition_key, request.run_config)
            for request in result.run_requests or ()
        ]

    def run(
        self, job_name: str, partition_key: str | None = None, run_config: object = None, *, only: str | None = None
    ) -> ExecuteInProcessResult:
        """One run, of all its assets or of one alone."""
        return defs.resolve_job_def(job_name).execute_in_process(
            instance=self.instance,
            partition_key=partition_key,
            run_config=run_config,
            asset_selection=[AssetKey(only)] if only else None,
            raise_on_error=False,
        )

    def tick_of_people(self) -> SensorResult | None:
        """One tick of the sensor that reports what people did; the cursor is kept as the daemon does."""
        with build_sensor_context(instance=self.instance, definitions=defs, cursor=self.cursor) as context:
            result = settled_by_hand(context, budget_sync=self.program)
        if isinstance(result, SkipReason):
            return None
        self.cursor = result.cursor
        for event in result.asset_events:
            self.instance.report_runless_asset_event(event)
        return result

    @property
    def history(self) -> list[ImportRecord]:
        """The imports of the customer, oldest first."""
        return self.engine.history(self.customer.id)[::-1]

    @property
    def engine(self) -> Engine:
        """The engine of the program."""
        return self.program.engine

    @property
    def lines(self) -> int:
        """How many budget lines the customer has."""
        with self.program.database.tenant(self.customer.id) as session:
            row = session.execute("SELECT count(*) FROM budget WHERE deleted_at IS NULL").fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def dagster(instance: DagsterInstance, program: BudgetSync, customer: Customer) -> Dagster:
    """Dagster over the program, for one customer."""
    return Dagster(instance, program, customer)


@pytest.fixture
def source(database: Database, customer: Customer, partner: SftpPartner) -> UUID:
    """The partner's folder as a source of the customer."""
    return add_source(database, customer.id, partner.configuration(), SftpSecrets(password="partner-password"))
