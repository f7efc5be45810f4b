"""What keeps the syncs in order: old bytes go by policy, lost runs are ended, a crashed run keeps its files."""

import os
import subprocess
import sys
from datetime import timedelta

import psycopg
import pytest
from dagster import (
    DagsterEvent,
    DagsterEventType,
    DagsterInstance,
    DagsterRun,
    DagsterRunStatus,
    SkipReason,
    build_run_status_sensor_context,
)
from dagster._core.events import EngineEventData  # as the program of a run tells its process

from budget_sync.definitions import defs
from budget_sync.domain.errors import NotFoundError
from budget_sync.importing.janitor import drop_files
from budget_sync.importing.options import IncomingFile
from budget_sync.notification.endpoints import EndpointWish, create_endpoint
from budget_sync.notification.events import EventType
from budget_sync.orchestration.run_processes import is_lost, started_runs
from budget_sync.orchestration.upkeep import failed_syncs, old_deliveries, old_files
from budget_sync.settings import Settings
from budget_sync.sources.master_keys import open_keyring
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET, CHANGED_BUDGET, PAYROLL

MONTH = timedelta(days=30)


@pytest.fixture
def aged(dagster: Dagster, settings: Settings) -> Dagster:
    """A customer with a loaded file and a payroll of two months ago, and another file of today."""
    for name, content in {"old.csv": BUDGET, "payroll.csv": PAYROLL}.items():
        dagster.engine.run(dagster.customer.id, IncomingFile(name, content.encode()))
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as owner:
        owner.execute("UPDATE import_history SET received_at = received_at - interval '60 days'")
        owner.execute("UPDATE stored_file SET created_at = created_at - interval '60 days'")
    dagster.engine.run(dagster.customer.id, IncomingFile("new.csv", CHANGED_BUDGET.encode()))
    return dagster


def dropped(dagster: Dagster) -> int:
    return drop_files(dagster.program.database, older_than=MONTH, most_a_customer=10)


def test_bytes_of_old_imports_are_dropped_and_their_history_stays(aged: Dagster) -> None:
    assert (dropped(aged), dropped(aged)) == (2, 0)
    assert [record.file_name for record in aged.history] == ["old.csv", "payroll.csv", "new.csv"]
    assert aged.lines == 4


def test_a_step_that_needs_dropped_bytes_says_so(aged: Dagster) -> None:
    dropped(aged)
    with pytest.raises(NotFoundError, match="not kept here"):
        aged.engine.understand(aged.history[1].import_id)


def test_bytes_that_came_again_lately_are_kept(aged: Dagster) -> None:
    aged.engine.run(aged.customer.id, IncomingFile("again.csv", BUDGET.encode()))
    assert dropped(aged) == 1


def test_bytes_of_what_waits_for_a_person_are_kept(aged: Dagster) -> None:
    with aged.program.database.tenant(aged.customer.id) as session:
        session.execute("UPDATE import_history SET status = 'needs_review' WHERE file_name = 'payroll.csv'")
    assert dropped(aged) == 1


def test_without_a_policy_everything_is_kept(aged: Dagster) -> None:
    assert "kept for good" in str(old_files(budget_sync=aged.program).skip_message)


@pytest.fixture
def told_long_ago(dagster: Dagster) -> Dagster:
    """Of three months ago: a delivery in each state, an alert of a run, and one of a source that still fails."""
    database, customer_id = dagster.program.database, dagster.customer.id
    with database.tenant(customer_id) as connection:
        connection.execute(
            "INSERT INTO webhook_delivery (customer_id, channel, event_id, event_type, body, state, created_at)"
            " SELECT %s, 'mail', uuidv7(), 'budget.alert.run_failed', '{}', state, now() - age * interval '1 day'"
            " FROM unnest(ARRAY['waiting', 'delivered', 'failed']) AS state, unnest(ARRAY[89, 91]) AS age",
            (customer_id,),
        )
        connection.execute(
            "INSERT INTO alert (customer_id, kind, subject, raised_at)"
            " SELECT %s, kind, kind, now() - interval '91 days'"
            " FROM unnest(ARRAY['budget.alert.run_failed', 'budget.alert.source_stale']) AS kind",
            (customer_id,),
        )
    return dagster


def test_what_was_told_long_ago_is_forgotten_but_never_what_is_still_to_be_told(told_long_ago: Dagster) -> None:
    said = [str(old_deliveries(budget_sync=told_long_ago.program).skip_message).split()[0] for _ in range(2)]
    assert said == ["3", "0"]
    with told_long_ago.program.database.tenant(told_long_ago.customer.id) as connection:
        states = connection.execute("SELECT state, count(*) FROM webhook_delivery GROUP BY state ORDER BY state")
        assert states.fetchall() == [("delivered", 1), ("failed", 1), ("waiting", 2)]
        assert connection.execute("SELECT kind FROM alert").fetchall() == [("budget.alert.source_stale",)]


def started_run(instance: DagsterInstance, process: int) -> DagsterRun:
    config = {"ops": {"import_burst": {"config": {"keys": []}}}}
    job = defs.resolve_job_def("sync_burst")
    run = instance.create_run_for_job(job, run_config=config, status=DagsterRunStatus.STARTED)
    instance.report_engine_event("Started process", run, EngineEventData.in_process(process))
    return run


def test_a_run_whose_process_is_gone_is_found_lost(instance: DagsterInstance) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lost, living = started_run(instance, ended.pid), started_run(instance, os.getpid())
    assert {run.run_id for run in started_runs(instance)} == {lost.run_id, living.run_id}
    assert [run.run_id for run in started_runs(instance) if is_lost(instance, run)] == [lost.run_id]


@pytest.mark.parametrize(("will_retry", "said"), [("true", "tried again"), ("false", "had no files")])
def test_a_crashed_run_that_is_started_again_keeps_its_files(dagster: Dagster, will_retry: str, said: str) -> None:
    run = DagsterRun(job_name="sync_file", tags={"dagster/will_retry": will_retry})
    event = DagsterEvent(DagsterEventType.RUN_FAILURE.value, "sync_file")
    context = build_run_status_sensor_context("failed_syncs", event, dagster.instance, run)
    skipped = failed_syncs(context.for_run_failure(), budget_sync=dagster.program)
    assert isinstance(skipped, SkipReason)
    assert said in str(skipped.skip_message)


def test_a_failed_run_is_an_alert_in_the_outbox(dagster: Dagster) -> None:
    database, customer_id = dagster.program.database, dagster.customer.id
    with database.tenant(customer_id) as connection:
        wish = EndpointWish("https://ops.example.com/hooks", [EventType.RUN_FAILED])
        create_endpoint(connection, customer_id, wish, open_keyring(database.settings), "ann")
    run = DagsterRun(job_name="sync_file", tags={"dagster/partition": "acme/partner/budget.csv~0123abcd"})
    event = DagsterEvent(DagsterEventType.RUN_FAILURE.value, "sync_file")
    context = build_run_status_sensor_context("failed_syncs", event, dagster.instance, run)
    failed_syncs(context.for_run_failure(), budget_sync=dagster.program)
    with database.tenant(customer_id) as connection:
        rows = connection.execute("SELECT event_type, body FROM webhook_delivery").fetchall()
    assert [row[0] for row in rows] == ["budget.alert.run_failed"]
    assert run.run_id in rows[0][1]
