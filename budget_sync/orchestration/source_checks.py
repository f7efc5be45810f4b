"""Whether every source was seen when it should have been: one check for each kind of source.

In: the rows of the sources. Out: the check, which the UI can run at any time, and the sensor that reports it meanwhile.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from dagster import (
    AssetCheckEvaluation,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    DefaultSensorStatus,
    MetadataValue,
    SensorResult,
    SkipReason,
    asset_check,
    sensor,
)

from budget_sync.orchestration.freshness import GRACE, Freshness, freshness_of
from budget_sync.orchestration.resources import BudgetSync
from budget_sync.orchestration.source_kinds import SOURCE_KINDS, SourceKind
from budget_sync.orchestration.tables import shown_table

CHECK: Final = "sources_are_fresh"
_SECONDS_BETWEEN_REPORTS = 300


def freshness_check(kind: SourceKind) -> AssetChecksDefinition:
    """The check over the sources of one kind."""

    @asset_check(
        asset=kind.asset,
        name=CHECK,
        description=f"Every active source was listed within {GRACE // timedelta(minutes=1)} minutes of its time.",
    )
    def sources_are_fresh(budget_sync: BudgetSync) -> AssetCheckResult:
        found = freshness_of(budget_sync.database, kind.source_type, datetime.now(UTC))
        return AssetCheckResult(
            passed=not found.stale,
            description=_reason(found),
            severity=AssetCheckSeverity.WARN,
            metadata=_metadata(found),
        )

    return sources_are_fresh


FRESHNESS_CHECKS = [freshness_check(kind) for kind in SOURCE_KINDS]


@sensor(minimum_interval_seconds=_SECONDS_BETWEEN_REPORTS, default_status=DefaultSensorStatus.RUNNING)
def source_freshness(budget_sync: BudgetSync) -> SensorResult | SkipReason:
    """Reports for each kind of source which ones were not seen when they should have been."""
    events = list(_evaluations(budget_sync))
    if not events:
        return SkipReason("There are no active sources.")
    return SensorResult(asset_events=events)


def _evaluations(budget_sync: BudgetSync) -> Iterator[AssetCheckEvaluation]:
    for kind in SOURCE_KINDS:
        found = freshness_of(budget_sync.database, kind.source_type, datetime.now(UTC))
        if found.active:
            yield AssetCheckEvaluation(
                asset_key=kind.asset,
                check_name=CHECK,
                passed=not found.stale,
                description=_reason(found),
                severity=AssetCheckSeverity.WARN,
                metadata=_metadata(found),
            )


def _reason(found: Freshness) -> str:
    if not found.stale:
        return f"All {found.active} sources were seen in time."
    return f"{len(found.stale)} of {found.active} sources were not seen in time."


def _metadata(found: Freshness) -> dict[str, MetadataValue]:
    rows = [
        (
            source.customer,
            source.name,
            f"{source.last_sync_at:%Y-%m-%d %H:%M} UTC" if source.last_sync_at else "never",
            source.consecutive_failures,
            source.last_error,
        )
        for source in found.stale
    ]
    return {
        "active_sources": MetadataValue.int(found.active),
        "stale_sources": MetadataValue.int(len(found.stale)),
        "stale": shown_table(["customer", "source", "last seen", "failures in a row", "last error"], rows),
    }
