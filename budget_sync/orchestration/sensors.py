"""What notices: new files on partners' servers, and uploads that the service imported."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from dagster import (
    DagsterRun,
    DefaultSensorStatus,
    RunFailureSensorContext,
    RunRequest,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    run_failure_sensor,
    sensor,
)

from budget_sync.importing.customers import find_customer, get_customer
from budget_sync.orchestration.events import AssetEvent, import_events
from budget_sync.orchestration.jobs import sync_burst, sync_file
from budget_sync.orchestration.lookout import SourceLook
from budget_sync.orchestration.partitions import BUDGET_FILES, FileKey, upload_key
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.uploads import finished_uploads
from budget_sync.sources.claims import ClaimedFile, release_claims
from budget_sync.sources.configuration import SFTP

# The daemon's loop takes five; asking for as many would miss every second turn.
_SECONDS_BETWEEN_TICKS = 3
# Slower partners are collected by a later tick.
_PATIENCE_SECONDS = 4.0
_MOST_SINGLE_RUNS = 5
_MOST_FILES_A_BURST = 500
_UPLOADS_A_TICK = 20
_SECONDS_BETWEEN_REPAIRS = 30
_SECONDS_BETWEEN_PRUNINGS = 600
# Dagster's documented ceiling is 100,000; its pages are slow long before.
_MOST_PARTITIONS = 50_000
_MOST_PRUNED = 500


@sensor(
    jobs=[sync_file, sync_burst],
    minimum_interval_seconds=_SECONDS_BETWEEN_TICKS,
    default_status=DefaultSensorStatus.RUNNING,
)
def sftp_sources(context: SensorEvaluationContext, budget_sync: BudgetSync) -> SensorResult | SkipReason:
    """Looks at every SFTP source that is due and starts a run for each new file, or one for many."""
    looks = budget_sync.lookout.collect(SFTP, patience_seconds=_PATIENCE_SECONDS)
    for look in looks:
        if look.error is not None:
            context.log.warning("%s of %s: %s", look.source.name, look.source.customer, look.error)
    keys = [claim.key for look in looks for claim in look.claimed]
    if not keys:
        return SkipReason(f"{len(looks)} sources were looked at; no new file stands still.")
    return SensorResult(
        run_requests=[request for look in looks for request in run_requests(look)],
        dynamic_partitions_requests=[BUDGET_FILES.build_add_request(keys)],
    )


@sensor(
    minimum_interval_seconds=_SECONDS_BETWEEN_TICKS,
    default_status=DefaultSensorStatus.RUNNING,
    asset_selection=["received_file", "column_mapping", "validated_lines", "budgets"],
)
def uploads(context: SensorEvaluationContext, budget_sync: BudgetSync) -> SensorResult | SkipReason:
    """Reports what people sent to the service, or imported by hand, on the same assets; it is imported already."""
    finished = finished_uploads(budget_sync.database, context.cursor, at_most=_UPLOADS_A_TICK)
    if not finished.found:
        return SkipReason("Nothing was uploaded since the last tick.")
    engine, keys, events = budget_sync.engine, list[str](), list[AssetEvent]()
    for found in finished.found:
        record = engine.get(found.customer_id, found.import_id)
        result = engine.result(found.customer_id, found.import_id)
        slug = get_customer(budget_sync.database, found.customer_id).slug
        key = upload_key(slug, record.file_name, found.import_id)
        keys.append(key)
        events.extend(import_events(record, result, key, budget_sync.service_url))
    return SensorResult(
        asset_events=events, dynamic_partitions_requests=[BUDGET_FILES.build_add_request(keys)], cursor=finished.cursor
    )


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_REPAIRS, default_status=DefaultSensorStatus.RUNNING)
def abandoned_imports(budget_sync: BudgetSync) -> SkipReason:
    """Settles the imports whose process died, for the next look to take up, and seals what is new in the audit logs."""
    # It brings pandas, at its first tick only.
    from budget_sync.importing.janitor import seal_audit_logs, settle_abandoned  # noqa: PLC0415

    settled = settle_abandoned(budget_sync.database)
    sealed = seal_audit_logs(budget_sync.database)
    return SkipReason(f"{len(settled)} imports of dead processes were settled, {sealed} entries of the log sealed.")


@run_failure_sensor(monitored_jobs=[sync_file, sync_burst], default_status=DefaultSensorStatus.RUNNING)
def failed_syncs(context: RunFailureSensorContext, budget_sync: BudgetSync) -> SkipReason:
    """Gives free what a run that died had claimed and not read; its files are taken again by the next look."""
    keys = keys_of_run(context.dagster_run)
    if not keys:
        return SkipReason("The run had no files.")
    customer = find_customer(budget_sync.database, FileKey.parse(keys[0]).customer)
    released = release_claims(budget_sync.database, customer.id, keys)
    return SkipReason(f"{released} of {len(keys)} files will be taken again.")


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_PRUNINGS, default_status=DefaultSensorStatus.RUNNING)
def old_partitions(context: SensorEvaluationContext) -> SensorResult | SkipReason:
    """Takes the oldest files out of the view when there are too many for it; the database keeps all of them."""
    excess = keys_to_prune(context.instance.get_dynamic_partitions(str(BUDGET_FILES.name)), most=_MOST_PARTITIONS)
    if not excess:
        return SkipReason("There is room for more files.")
    return SensorResult(dynamic_partitions_requests=[BUDGET_FILES.build_delete_request(excess)])


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


def run_requests(look: SourceLook) -> Iterator[RunRequest]:
    """A run a file, or for more than five one for all; a key that is asked for again after a failure is a new run."""
    tags = {"budget_sync/customer": look.source.customer, "budget_sync/source": look.source.name}
    if len(look.claimed) <= _MOST_SINGLE_RUNS:
        for claim in look.claimed:
            yield RunRequest(job_name=sync_file.name, run_key=_run_key([claim]), partition_key=claim.key, tags=tags)
        return
    for first in range(0, len(look.claimed), _MOST_FILES_A_BURST):
        part = look.claimed[first : first + _MOST_FILES_A_BURST]
        config = {"ops": {"import_burst": {"config": {"keys": [claim.key for claim in part]}}}}
        yield RunRequest(job_name=sync_burst.name, run_key=_run_key(part), run_config=config, tags=tags)


def _run_key(claims: Sequence[ClaimedFile]) -> str:
    first = claims[0]
    if len(claims) == 1:
        return f"{first.key}#{first.attempts}"
    return f"{first.key}#{first.attempts} and {len(claims) - 1} more at {datetime.now(UTC):%Y-%m-%dT%H:%M:%S}"
