"""What keeps the syncs in order by itself: what died is given free, what is old leaves the view and the store.

In: a tick of the daemon, or a run that failed. Out: why there is nothing to start; what is free again is found by the
next look of ``sensors``.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from dagster import (
    DagsterRun,
    DefaultRunLauncher,
    DefaultSensorStatus,
    RunFailureSensorContext,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    run_failure_sensor,
    sensor,
)

from budget_sync.approval.forgetting import forget_checks
from budget_sync.importing.customers import find_customer
from budget_sync.importing.janitor import drop_files, seal_audit_logs, settle_abandoned
from budget_sync.notification.alerts import Alert, raise_alert
from budget_sync.notification.events import EventType
from budget_sync.notification.forgetting import forget_old
from budget_sync.notification.operator_channels import OperatorChannels
from budget_sync.orchestration.jobs import sync_burst, sync_file
from budget_sync.orchestration.partitions import BUDGET_FILES, FileKey
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.run_processes import is_lost, started_runs
from budget_sync.sources.claims import release_claims

_SECONDS_BETWEEN_REPAIRS = 30
_SECONDS_BETWEEN_PRUNINGS = 600
_MOST_PRUNED = 500
_SECONDS_BETWEEN_CHECK_PRUNINGS = 60
_MOST_CHECKS = 20_000  # of a customer in a minute: more than it asks, or the log would grow all the same
# Dagster's own word for a run that its daemon starts again.
WILL_RETRY_TAG = "dagster/will_retry"


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_REPAIRS, default_status=DefaultSensorStatus.RUNNING)
def abandoned_imports(budget_sync: BudgetSync) -> SkipReason:
    """Settles the imports whose process died, for the next look to take up, and seals what is new in the audit logs."""
    settled = settle_abandoned(budget_sync.database)
    sealed = seal_audit_logs(budget_sync.database)
    return SkipReason(f"{len(settled)} imports of dead processes were settled, {sealed} entries of the log sealed.")


@run_failure_sensor(monitored_jobs=[sync_file, sync_burst], default_status=DefaultSensorStatus.RUNNING)
def failed_syncs(context: RunFailureSensorContext, budget_sync: BudgetSync) -> SkipReason:
    """Gives free what a run that died had claimed and not read; its files are taken again by the next look."""
    if context.dagster_run.tags.get(WILL_RETRY_TAG) == "true":
        return SkipReason("The run crashed and is tried again; its files stay with it.")
    keys = keys_of_run(context.dagster_run)
    if not keys:
        return SkipReason("The run had no files.")
    customer = find_customer(budget_sync.database, FileKey.parse(keys[0]).customer)
    released = release_claims(budget_sync.database, customer.id, keys)
    _alert(budget_sync, customer.id, context.dagster_run, len(keys))
    return SkipReason(f"{released} of {len(keys)} files will be taken again.")


def _alert(budget_sync: BudgetSync, customer_id: UUID, run: DagsterRun, files: int) -> None:
    sentence = f"The run {run.run_id} of {run.job_name} failed; it was for {files} files. The Dagster UI says why."
    channels = OperatorChannels.of(budget_sync.database.settings).configured()
    raise_alert(budget_sync.database, customer_id, Alert(EventType.RUN_FAILED, run.run_id, sentence), channels)


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_PRUNINGS, default_status=DefaultSensorStatus.RUNNING)
def old_partitions(context: SensorEvaluationContext, budget_sync: BudgetSync) -> SensorResult | SkipReason:
    """Takes the oldest files out of the view when there are too many for it; the database keeps all of them."""
    most = budget_sync.database.settings.dagster_partitions
    excess = keys_to_prune(context.instance.get_dynamic_partitions(str(BUDGET_FILES.name)), most=most)
    if not excess:
        return SkipReason("There is room for more files.")
    return SensorResult(dynamic_partitions_requests=[BUDGET_FILES.build_delete_request(excess)])


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_PRUNINGS, default_status=DefaultSensorStatus.RUNNING)
def old_files(budget_sync: BudgetSync) -> SkipReason:
    """Drops the bytes of files whose imports ended long ago, where the settings say how long; the history stays."""
    days = budget_sync.database.settings.keep_files_days
    if days is None:
        return SkipReason("Files are kept for good: BUDGET_SYNC_KEEP_FILES_DAYS is not set.")
    dropped = drop_files(budget_sync.database, older_than=timedelta(days=days), most_a_customer=_MOST_PRUNED)
    return SkipReason(f"{dropped} files whose imports ended more than {days} days ago were dropped.")


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_PRUNINGS, default_status=DefaultSensorStatus.RUNNING)
def old_deliveries(budget_sync: BudgetSync) -> SkipReason:
    """Forgets what was told long ago, as the settings say how long; what is still to be delivered stays."""
    days = budget_sync.database.settings.keep_deliveries_days
    forgotten = forget_old(budget_sync.database, older_than=timedelta(days=days), most_a_customer=_MOST_PRUNED)
    return SkipReason(f"{forgotten} deliveries and alerts of more than {days} days ago were forgotten.")


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_CHECK_PRUNINGS, default_status=DefaultSensorStatus.RUNNING)
def old_checks(budget_sync: BudgetSync) -> SkipReason:
    """Forgets what was asked long ago, as the settings say how long."""
    days = budget_sync.database.settings.keep_checks_days
    forgotten = forget_checks(budget_sync.database, older_than=timedelta(days=days), most_a_customer=_MOST_CHECKS)
    return SkipReason(f"{forgotten} checks of more than {days} days ago were forgotten.")


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_REPAIRS, default_status=DefaultSensorStatus.RUNNING)
def lost_runs(context: SensorEvaluationContext) -> SkipReason:
    """Ends the runs whose process died together with the code server, which would have told otherwise.

    Launchers that work elsewhere (Kubernetes, Celery) look after their own runs.
    """
    if not isinstance(context.instance.run_launcher, DefaultRunLauncher):
        return SkipReason("The run launcher looks after its runs itself.")
    lost = [run for run in started_runs(context.instance) if is_lost(context.instance, run)]
    for run in lost:
        context.instance.report_run_failed(run, "The process of this run is gone. It is tried again.")
    return SkipReason(f"{len(lost)} runs had lost their process.")


def keys_to_prune(keys: Sequence[str], *, most: int) -> list[str]:
    """The oldest above the limit, a limited number at a time; Dagster gives them in the order of their arrival."""
    return list(keys[: max(0, len(keys) - most)][:_MOST_PRUNED])


def keys_of_run(run: DagsterRun) -> list[str]:
    """The files that a run was for: its partition, or those of the burst; all of one customer."""
    if run.job_name == sync_burst.name:
        config: Any = run.run_config
        return list(config["ops"]["import_burst"]["config"]["keys"])
    partition = run.tags.get("dagster/partition")
    return [partition] if partition else []
