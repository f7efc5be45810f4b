"""kill -9 of runs and of the code server, a database that crashes: the file comes in whole, once, by itself."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from dagster import RunsFilter

from budget_sync.domain.fields import ImportState, TargetField
from budget_sync.importing.keys import create_key
from budget_sync.importing.vocabulary import create_word, delete_word
from budget_sync.orchestration.run_processes import process_of
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.faults.live_site import PATIENCE_SECONDS, LiveSite, live_site
from budget_sync_tests.partner import SftpPartner, running
from budget_sync_tests.waiting import wait_until

# Where each step waits while somebody else holds the table in this way.
STEPS = {
    "received_file": ("stored_file", "EXCLUSIVE"),
    "column_mapping": ("column_mapping_memory", "ACCESS EXCLUSIVE"),
    "validated_lines": ("import_preview", "EXCLUSIVE"),
    "budgets": ("budget", "EXCLUSIVE"),
}
REEXECUTE = """
mutation ($run: String!) {
  launchRunReexecution(reexecutionParams: {parentRunId: $run, strategy: FROM_FAILURE}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
  }
}
"""
WARNINGS = """
{ workspaceOrError { ... on Workspace { locationEntries { loadStatus locationOrLoadError { __typename } } } }
  instance { daemonHealth { allDaemonStatuses { daemonType healthy lastHeartbeatErrors { message } } } } }
"""


@pytest.fixture(scope="module")
def site() -> Iterator[LiveSite]:
    """A running installation: code server and daemon. Its PostgreSQL cannot lie in pytest's own folder."""
    folder = Path(tempfile.mkdtemp(prefix="budget_sync-faults-"))
    (folder / "partner").mkdir()
    with (
        pytest.MonkeyPatch.context() as environment,
        running(SftpPartner(folder / "partner")) as partner,
        live_site(folder / "home", partner, environment) as installation,
    ):
        installation.start(installation.site.code_server())
        installation.start(installation.site.daemon())
        yield installation
    shutil.rmtree(folder, ignore_errors=True)


def budget_of(year: int) -> str:
    return BUDGET.replace("FY2026", f"FY{year}")


@contextmanager
def halted_in(site: LiveSite, step: str) -> Iterator[None]:
    """Within the block the run that works on a file stands in this step."""
    table, mode = STEPS[step]
    with site.held(table, mode):
        wait_until(lambda: bool(site.waiting_for(table)), f"the step {step} to begin", seconds=PATIENCE_SECONDS)
        yield


def is_loaded_once(site: LiveSite, name: str) -> None:
    """Wait until the file is in, then see that it is there once and whole."""
    ended = (ImportState.COMPLETED, ImportState.REJECTED, ImportState.NEEDS_REVIEW)

    def came_to_an_end() -> bool:
        return any(record.status in ended for record in site.history_of(name))

    wait_until(came_to_an_end, f"{name} to come in", seconds=PATIENCE_SECONDS)
    (record,) = site.history_of(name)
    assert (record.status, site.lines_of(record)) == (ImportState.COMPLETED, 4)


def test_a_run_that_is_killed_in_every_step_comes_in_by_itself(site: LiveSite) -> None:
    site.partner.drop("killed.csv", budget_of(2031))
    killed = set[int]()
    for step in STEPS:
        with halted_in(site, step):
            process = site.process_of_newest_run("killed.csv")
            assert process not in killed
            os.kill(process, signal.SIGKILL)
            killed.add(process)
    is_loaded_once(site, "killed.csv")
    assert len(killed) == len(STEPS)


def test_a_burst_that_is_killed_at_one_of_its_files_brings_all_of_them_in_once(site: LiveSite) -> None:
    names = [f"burst_{number}.csv" for number in range(7)]
    for year, name in enumerate(names, 2041):
        site.partner.drop(name, budget_of(year))
    with halted_in(site, "budgets"):
        (burst, *_) = site.instance.get_runs(RunsFilter(job_name="sync_burst"))
        process = process_of(site.instance, burst)
        assert process is not None
        os.kill(process, signal.SIGKILL)
    for name in names:
        is_loaded_once(site, name)


def test_a_code_server_that_dies_with_its_run_is_repaired_when_it_is_back(site: LiveSite) -> None:
    site.partner.drop("server.csv", budget_of(2032))
    with halted_in(site, "budgets"):
        run = site.runs_of("server.csv")[0]
        site.kill(site.site.code_server())
        os.kill(site.process_of_newest_run("server.csv"), signal.SIGKILL)
    site.start(site.site.code_server())
    is_loaded_once(site, "server.csv")
    lost = site.instance.get_run_by_id(run.run_id)
    assert lost is not None
    assert lost.is_failure


def test_a_database_that_crashes_during_a_load_loses_nothing(site: LiveSite) -> None:
    site.partner.drop("crash.csv", budget_of(2033))
    with halted_in(site, "budgets"):
        site.crash_database(site.waiting_for("budget")[0])
    is_loaded_once(site, "crash.csv")


def test_a_service_that_is_killed_in_the_middle_of_an_upload_has_loaded_nothing_and_says_so(site: LiveSite) -> None:
    key = create_key(site.database, site.customer.id)
    site.start(site.site.service())
    with ThreadPoolExecutor(1) as sender, site.held(*STEPS["budgets"]):
        answer = sender.submit(upload, site, key)
        wait_until(lambda: bool(site.waiting_for("budget")), "the load to begin", seconds=PATIENCE_SECONDS)
        site.kill(site.site.service())
        assert isinstance(answer.exception(PATIENCE_SECONDS), httpx.TransportError)
    wait_until(
        lambda: [record.error and record.error.code for record in site.history_of("upload.csv")] == ["worker_died"],
        "the import to be settled",
        seconds=PATIENCE_SECONDS,
    )
    assert site.lines_of(site.history_of("upload.csv")[0]) == 0
    site.start(site.site.service())
    assert upload(site, key).json()["status"] == "completed"
    assert site.lines_of(site.history_of("upload.csv")[0]) == 4


def upload(site: LiveSite, key: str) -> httpx.Response:
    """What a program sends; raises when the connection breaks."""
    return httpx.post(
        f"{site.site.service_url}/api/sync/upload",
        headers={"Authorization": f"Bearer {key}"},
        data={"customerId": str(site.customer.id)},
        files={"file": ("upload.csv", budget_of(2035).encode())},
        timeout=PATIENCE_SECONDS,
    )


def test_a_refused_file_is_run_again_from_the_step_that_refused_it(site: LiveSite) -> None:
    site.start(site.site.webserver())
    with site.database.tenant(site.customer.id) as session:
        word = create_word(session, "Department", TargetField.DEPARTMENT, "ana", positive=False)
    site.partner.drop("refused.csv", budget_of(2034).replace("Engineering", "X").replace("Marketing", "X"))
    wait_until(
        lambda: [record.status for record in site.history_of("refused.csv")] == [ImportState.NEEDS_REVIEW],
        "the file to be refused",
        seconds=PATIENCE_SECONDS,
    )
    (refused,) = site.runs_of("refused.csv")
    wait_until(lambda: _ended(site, refused.run_id), "its run to end", seconds=PATIENCE_SECONDS)
    with site.database.tenant(site.customer.id) as session:
        delete_word(session, word.id, word.version, "ana")
    answer = site.graphql(REEXECUTE, {"run": refused.run_id})["launchRunReexecution"]
    assert answer["__typename"] == "LaunchRunSuccess", answer
    again = answer["run"]["runId"]
    wait_until(lambda: _ended(site, again), "the run from the UI to end", seconds=PATIENCE_SECONDS)
    steps = {stats.step_key: stats.status.value for stats in site.instance.get_run_step_stats(again)}
    assert steps == dict.fromkeys(["column_mapping", "validated_lines", "budgets"], "SUCCESS")
    assert [record.status for record in site.history_of("refused.csv")] == [ImportState.COMPLETED]


def test_the_ui_has_nothing_to_warn_of(site: LiveSite) -> None:
    told = site.graphql(WARNINGS)
    (location,) = told["workspaceOrError"]["locationEntries"]
    assert (location["loadStatus"], location["locationOrLoadError"]["__typename"]) == ("LOADED", "RepositoryLocation")


def _ended(site: LiveSite, run_id: str) -> bool:
    run = site.instance.get_run_by_id(run_id)
    return run is not None and run.is_finished
