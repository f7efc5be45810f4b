"""What a run does: one file through its four assets, or a burst of files of one source one after the other."""

from collections import Counter
from collections.abc import Iterator

from dagster import (
    Config,
    MetadataValue,
    Nothing,
    OpExecutionContext,
    Out,
    Output,
    define_asset_job,
    in_process_executor,
    job,
    op,
)

from budget_sync.importing.result import imported_lines
from budget_sync.orchestration.assets import DATABASE_POOL, FILE_ASSETS
from budget_sync.orchestration.burst import Burst, Unread
from budget_sync.orchestration.events import AssetEvent, Detail, import_events
from budget_sync.orchestration.failures import NETWORK_RETRIES, told_in_words
from budget_sync.orchestration.reported import ReportedImport
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.tables import shown_table

# In larger bursts the view would cost more than the work.
_FULL_UP_TO = 30
_ASSETS_UP_TO = 200
_MOST_SECONDS = {"dagster/max_runtime": "3600"}

# A process a step would cost 10 s a file instead of 4.
sync_file = define_asset_job(
    "sync_file",
    selection=FILE_ASSETS,
    executor_def=in_process_executor,
    description="One file of a partner, from its server into the table of budgets.",
    tags=_MOST_SECONDS,
)


class BurstConfig(Config):
    """``keys``: the partitions of claimed files of one source."""

    keys: list[str]


# Nothing is handed on: a value would be written into a file of this machine.
@op(out=Out(Nothing), retry_policy=NETWORK_RETRIES, pool=DATABASE_POOL)
def import_burst(
    context: OpExecutionContext, config: BurstConfig, budget_sync: BudgetSync
) -> Iterator[AssetEvent | Output[None]]:
    """File by file through the same engine as a single one, each with its own transaction, verdict and events."""
    burst = Burst(budget_sync.database, budget_sync.engine, run_id=context.run.run_id)
    detail = _detail(len(config.keys))
    outcomes: list[ReportedImport | Unread] = []
    with told_in_words():
        for outcome in burst.walk(config.keys):
            outcomes.append(outcome)
            if isinstance(outcome, Unread):
                context.log.warning("%s was not read: %s", outcome.key, outcome.reason)
                continue
            context.log.info("%s: %s", outcome.key, outcome.record.status.value)
            yield from import_events(outcome, budget_sync.service_url, detail)
    yield Output(None, metadata=_summary(outcomes))


# The resource is bound here: Definitions would bind it by copying the sensor as well, and warn of a beta parameter.
@job(
    resource_defs={"budget_sync": BudgetSync()},
    executor_def=in_process_executor,
    tags=_MOST_SECONDS,
    description="Many new files of one source at once, one after the other in a single run.",
)
def sync_burst() -> None:
    """The one step."""
    import_burst()


def _detail(files: int) -> Detail:
    if files <= _FULL_UP_TO:
        return Detail.FULL
    return Detail.ASSETS if files <= _ASSETS_UP_TO else Detail.LAST


def _summary(outcomes: list[ReportedImport | Unread]) -> dict[str, MetadataValue]:
    rows = [
        (outcome.key, "not read", 0, 0, outcome.reason)
        if isinstance(outcome, Unread)
        else (
            outcome.key,
            outcome.record.status.value,
            imported_lines(outcome.record.stats),
            outcome.record.stats.error_rows,
            outcome.record.error.message if outcome.record.error else "",
        )
        for outcome in outcomes
    ]
    states = Counter(str(row[1]) for row in rows)
    return {
        "files": MetadataValue.int(len(rows)),
        "by_state": MetadataValue.text(", ".join(f"{count} {state}" for state, count in sorted(states.items()))),
        "outcomes": shown_table(["file", "state", "lines", "bad rows", "why"], rows),
    }
