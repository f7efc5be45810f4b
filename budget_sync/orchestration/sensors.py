"""What notices: new files at the sources, one sensor for each kind of source, and what people did in the service.

In: a tick of the daemon. Out: runs to start, partitions to add, events of what was seen and of what was
settled elsewhere.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from dagster import (
    AssetObservation,
    DefaultSensorStatus,
    MetadataValue,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from budget_sync.orchestration.events import AssetEvent, import_events, undo_event
from budget_sync.orchestration.jobs import sync_burst, sync_file
from budget_sync.orchestration.lookout import SourceLook
from budget_sync.orchestration.partitions import BUDGET_FILES
from budget_sync.orchestration.reported import report_import
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.settled import SettledImport, file_of, partition_of, settled_by_people
from budget_sync.orchestration.source_kinds import SOURCE_KINDS, SourceKind
from budget_sync.orchestration.tables import shown_table
from budget_sync.sources.claims import ClaimedFile

# The daemon's loop takes five; asking for as many would miss every second turn.
_SECONDS_BETWEEN_TICKS = 3
# Slower partners are collected by a later tick.
_PATIENCE_SECONDS = 4.0
_MOST_SINGLE_RUNS = 5
_MOST_FILES_A_BURST = 500
_SETTLED_A_TICK = 20


def source_sensor(kind: SourceKind) -> SensorDefinition:
    """The sensor over all sources of one kind."""

    @sensor(
        name=kind.sensor_name,
        description=f"Looks at every source that is due and starts a run for each new file. {kind.description}",
        jobs=[sync_file, sync_burst],
        minimum_interval_seconds=_SECONDS_BETWEEN_TICKS,
        default_status=DefaultSensorStatus.RUNNING,
    )
    def look_at_sources(context: SensorEvaluationContext, budget_sync: BudgetSync) -> SensorResult | SkipReason:
        looks = budget_sync.lookout.collect(kind.source_type, patience_seconds=_PATIENCE_SECONDS)
        failing = [look for look in looks if look.error is not None]
        for look in failing:
            context.log.warning("%s of %s: %s", look.source.name, look.source.customer, look.error)
        keys = [claim.key for look in looks for claim in look.claimed]
        if not keys and not failing:
            return SkipReason(f"{len(looks)} sources were looked at; no new file stands still.")
        added = [BUDGET_FILES.build_add_request(keys)] if keys else []
        return SensorResult(
            run_requests=[request for look in looks for request in run_requests(look)],
            dynamic_partitions_requests=added,
            asset_events=[_observation(kind, looks)],
        )

    return look_at_sources


SOURCE_SENSORS = [source_sensor(kind) for kind in SOURCE_KINDS]


@sensor(
    minimum_interval_seconds=_SECONDS_BETWEEN_TICKS,
    default_status=DefaultSensorStatus.RUNNING,
    asset_selection=["received_file", "column_mapping", "validated_lines", "budgets"],
)
def settled_by_hand(context: SensorEvaluationContext, budget_sync: BudgetSync) -> SensorResult | SkipReason:
    """Reports what people sent, confirmed, declined or took back, on the same assets; it is done already."""
    settled = settled_by_people(budget_sync.database, context.cursor, at_most=_SETTLED_A_TICK)
    if not settled.found:
        return SkipReason("Nobody has sent or decided anything since the last tick.")
    keys, events = list[str](), list[AssetEvent]()
    for found in settled.found:
        key, told = settled_events(budget_sync, found)
        if key is None:
            context.log.warning("Import %s is of a source that is gone, and is not shown.", found.import_id)
            continue
        keys.append(key)
        events.extend(told)
    added = [BUDGET_FILES.build_add_request(keys)] if keys else []
    return SensorResult(asset_events=events, dynamic_partitions_requests=added, cursor=settled.cursor)


def settled_events(budget_sync: BudgetSync, found: SettledImport) -> tuple[str | None, list[AssetEvent]]:
    """The partition of one of them, and what happened to it."""
    database, engine = budget_sync.database, budget_sync.engine
    record = engine.get(found.customer_id, found.import_id)
    file = file_of(engine, record)
    key = partition_of(database, file)
    if key is None:
        return None, []
    if record.undo_of is not None:
        return key, [undo_event(record, file, key, budget_sync.service_url)]
    reported = report_import(database, engine, found.customer_id, found.import_id, key)
    return key, list(import_events(reported, budget_sync.service_url))


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


def _observation(kind: SourceKind, looks: Sequence[SourceLook]) -> AssetObservation:
    """What was seen in one tick: who brought files, who failed, why, and when each of these is tried again."""
    telling = [look for look in looks if look.claimed or look.error is not None]
    rows = [
        (
            look.source.customer,
            look.source.name,
            len(look.claimed),
            look.error,
            look.source.consecutive_failures + 1 if look.error is not None else 0,
            f"{look.next_look:%Y-%m-%d %H:%M:%S} UTC" if look.next_look else None,
            round(look.seconds, 2),
        )
        for look in telling
    ]
    return AssetObservation(
        kind.asset,
        metadata={
            "looked_at": MetadataValue.int(len(looks)),
            "new_files": MetadataValue.int(sum(len(look.claimed) for look in looks)),
            "failing_sources": MetadataValue.int(sum(look.error is not None for look in looks)),
            "slowest_seconds": MetadataValue.float(round(max(look.seconds for look in looks), 2)),
            "sources": shown_table(
                ["customer", "source", "new files", "why not", "failures in a row", "tried again", "seconds"], rows
            ),
        },
    )
