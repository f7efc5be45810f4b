"""Dagster's view of the program: the one place where everything is wired."""

from dagster import Definitions

from budget_sync.orchestration.assets import FILE_ASSETS
from budget_sync.orchestration.jobs import sync_burst, sync_file
from budget_sync.orchestration.notices import alerts, webhooks
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.sensors import SOURCE_SENSORS, settled_by_hand
from budget_sync.orchestration.source_checks import FRESHNESS_CHECKS, source_freshness
from budget_sync.orchestration.source_kinds import SOURCE_KINDS
from budget_sync.orchestration.upkeep import (
    abandoned_imports,
    failed_syncs,
    lost_runs,
    old_checks,
    old_deliveries,
    old_files,
    old_partitions,
)

defs = Definitions(
    assets=[*(kind.spec for kind in SOURCE_KINDS), *FILE_ASSETS],
    asset_checks=FRESHNESS_CHECKS,
    jobs=[sync_file, sync_burst],
    sensors=[
        *SOURCE_SENSORS,
        settled_by_hand,
        source_freshness,
        abandoned_imports,
        failed_syncs,
        lost_runs,
        old_partitions,
        old_files,
        old_checks,
        old_deliveries,
        webhooks,
        alerts,
    ],
    resources={"budget_sync": BudgetSync()},
)
