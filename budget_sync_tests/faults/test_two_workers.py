"""Run workers on two machines: separate working folders, one database. What one began the other goes on with.

Each worker is a process started as a Kubernetes job or a Celery task starts it (``dagster api execute_run``), with a
home folder of its own; the secrets come from the environment, as they do there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from dagster import AssetKey, DagsterRun
from dagster._core.code_pointer import ModuleCodePointer
from dagster._core.origin import JobPythonOrigin, RepositoryPythonOrigin
from dagster._grpc.types import ExecuteRunArgs

from budget_sync.definitions import defs
from budget_sync.domain.fields import ImportState
from budget_sync.orchestration.lookout import Lookout
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.faults.live_site import PATIENCE_SECONDS, LiveSite, live_site
from budget_sync_tests.partner import SftpPartner, running
from budget_sync_tests.waiting import wait_until

ORIGIN = RepositoryPythonOrigin(
    executable_path=sys.executable,
    code_pointer=ModuleCodePointer("budget_sync.definitions", "defs", working_directory=None),
    entry_point=[str(Path(sys.executable).with_name("dagster"))],
)
WAY = ["received_file", "column_mapping", "validated_lines", "budgets"]


@dataclass
class Worker:
    """One machine: its folders, and the database that it was told of."""

    folder: Path
    site: LiveSite

    def begin(self, run: DagsterRun) -> subprocess.Popen[bytes]:
        """Start the process that carries the run out."""
        home, dagster_home = self.folder / "home", self.folder / "dagster"
        dagster_home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.site.site.dagster_home / "dagster.yaml", dagster_home / "dagster.yaml")
        arguments = ExecuteRunArgs(JobPythonOrigin(run.job_name, ORIGIN), run.run_id, instance_ref=None)
        environment = {"BUDGET_SYNC_HOME": str(home), "DAGSTER_HOME": str(dagster_home)}
        return subprocess.Popen(arguments.get_command_args(), env=os.environ | environment, stdout=subprocess.DEVNULL)

    def carry_out(self, run: DagsterRun) -> None:
        """The whole of it."""
        assert self.begin(run).wait(PATIENCE_SECONDS) == 0

    def files(self) -> list[str]:
        """What it wrote into its folders."""
        return [path.name for path in self.folder.rglob("*") if path.is_file() and path.name != "dagster.yaml"]


@pytest.fixture(scope="module")
def site() -> Iterator[LiveSite]:
    """An installation without programs: its database, one source, and Dagster's storage."""
    folder = Path(tempfile.mkdtemp(prefix="budget_sync-workers-"))
    (folder / "partner").mkdir()
    with (
        pytest.MonkeyPatch.context() as environment,
        running(SftpPartner(folder / "partner")) as partner,
        live_site(folder / "home", partner, environment) as installation,
    ):
        environment.setenv("BUDGET_SYNC_DATABASE_URL", installation.database_url)
        yield installation
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def workers(site: LiveSite, tmp_path: Path) -> tuple[Worker, Worker]:
    """Two of them."""
    return Worker(tmp_path / "one", site), Worker(tmp_path / "other", site)


def arrive(site: LiveSite, first_year: int, *names: str) -> list[str]:
    """The files, each of a year of its own, are dropped, seen twice and claimed; their keys."""
    for year, name in enumerate(names, first_year):
        site.partner.drop(name, BUDGET.replace("FY2026", f"FY{year}"))
    lookout, keys = Lookout(site.database, workers=1), set[str]()

    def claimed() -> bool:
        looks = lookout.collect("sftp", patience_seconds=1)
        keys.update(claim.key for look in looks for claim in look.claimed)
        return len(keys) == len(names)

    wait_until(claimed, f"{len(names)} files to be claimed", seconds=PATIENCE_SECONDS)
    lookout.close()
    site.instance.add_dynamic_partitions("budget_files", sorted(keys))
    return sorted(keys)


def run_of(site: LiveSite, key: str, assets: list[str]) -> DagsterRun:
    selection = frozenset(AssetKey(asset) for asset in assets)
    return site.instance.create_run_for_job(
        defs.resolve_job_def("sync_file").get_subset(asset_selection=selection),
        tags={"dagster/partition": key},
        asset_selection=selection,
        job_code_origin=JobPythonOrigin("sync_file", ORIGIN),
    )


def burst_of(site: LiveSite, keys: list[str]) -> DagsterRun:
    config = {"ops": {"import_burst": {"config": {"keys": keys}}}}
    return site.instance.create_run_for_job(
        defs.resolve_job_def("sync_burst"), run_config=config, job_code_origin=JobPythonOrigin("sync_burst", ORIGIN)
    )


def test_what_one_worker_began_the_other_finishes(site: LiveSite, workers: tuple[Worker, Worker]) -> None:
    one, other = workers
    (key,) = arrive(site, 2040, "handed_on.csv")
    one.carry_out(run_of(site, key, WAY[:3]))
    (site.partner.folder / "handed_on.csv").unlink()
    other.carry_out(run_of(site, key, WAY[3:]))
    (record,) = site.history_of("handed_on.csv")
    assert (record.status, site.lines_of(record)) == (ImportState.COMPLETED, 4)
    assert (one.files(), other.files()) == ([], [])


def test_two_workers_share_what_there_is_to_do(site: LiveSite, workers: tuple[Worker, Worker]) -> None:
    names = [f"shared_{number}.csv" for number in range(6)]
    keys = arrive(site, 2050, *names)
    begun = [worker.begin(burst_of(site, part)) for worker, part in zip(workers, (keys[:3], keys[3:]), strict=True)]
    assert [process.wait(PATIENCE_SECONDS) for process in begun] == [0, 0]
    records = [record for name in names for record in site.history_of(name)]
    assert [record.status for record in records] == [ImportState.COMPLETED] * 6
    assert len({record.run_id for record in records}) == 2
    assert [worker.files() for worker in workers] == [[], []]


def test_the_same_file_on_both_at_once_is_imported_once(site: LiveSite, workers: tuple[Worker, Worker]) -> None:
    (key,) = arrive(site, 2060, "both.csv")
    begun = [worker.begin(run_of(site, key, WAY)) for worker in workers]
    assert [process.wait(PATIENCE_SECONDS) for process in begun] == [0, 0]
    (record,) = site.history_of("both.csv")
    assert (record.status, record.stats.created) == (ImportState.COMPLETED, 4)
    with site.database.tenant(site.customer.id) as session:
        revisions = session.execute("SELECT count(*) FROM budget_revision WHERE import_id = %s", (record.import_id,))
        assert revisions.fetchone() == (4,)
