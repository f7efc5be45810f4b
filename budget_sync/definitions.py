"""Dagster's view of the program: the one place where everything is wired."""

from dagster import Definitions

from budget_sync.orchestration.assets import FILE_ASSETS
from budget_sync.orchestration.jobs import sync_burst, sync_file
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.sensors import sftp_sources, uploads
from budget_sync.orchestration.upkeep import abandoned_imports, failed_syncs, old_partitions

defs = Definitions(
    assets=FILE_ASSETS,
    jobs=[sync_file, sync_burst],
    sensors=[sftp_sources, uploads, abandoned_imports, failed_syncs, old_partitions],
    resources={"budget_sync": BudgetSync()},
)
