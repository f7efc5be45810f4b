"""What notices: new files on partners' servers, and uploads that the service imported.

In: a tick of the daemon. Out: runs to start, partitions to add, events of imports that were made elsewhere.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from dagster import DefaultSensorStatus, RunRequest, SensorEvaluationContext, SensorResult, SkipReason, sensor

from budget_sync.importing.customers import get_customer
from budget_sync.orchestration.events import AssetEvent, import_events
from budget_sync.orchestration.jobs import sync_burst, sync_file
from budget_sync.orchestration.lookout import SourceLook
from budget_sync.orchestration.partitions import BUDGET_FILES, upload_key
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.uploads import finished_uploads
from budget_sync.sources.claims import ClaimedFile
from budget_sync.sources.kinds import SFTP

# The daemon's loop takes five; asking for as many would miss every second turn.
_SECONDS_BETWEEN_TICKS = 3
# Slower partners are collected by a later tick.
_PATIENCE_SECONDS = 4.0
_MOST_SINGLE_RUNS = 5
_MOST_FILES_A_BURST = 500
_UPLOADS_A_TICK = 20


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
