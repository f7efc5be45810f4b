"""One import becomes the events of its assets, where no run of its own reported them: in a burst, and by hand.

In: ``ReportedImport``. Out: materializations and check evaluations on the partition of the
file, in the order in which a run would have reported them; a file that was refused ends where it was refused.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from dagster import AssetCheckEvaluation, AssetMaterialization, AssetObservation, MetadataValue

from budget_sync.domain.fields import ImportState
from budget_sync.orchestration.checks import (
    CONTROL_TOTALS_AGREE,
    FIELDS_ARE_MAPPED,
    IS_A_BUDGET,
    ROW_ERRORS_ARE_FEW,
    TOTAL_IS_NEAR_THE_LAST,
    FileCheck,
)
from budget_sync.orchestration.metadata import (
    budgets_metadata,
    lines_metadata,
    mapping_metadata,
    received_metadata,
    undo_metadata,
)
from budget_sync.orchestration.reported import ReportedImport
from budget_sync.orchestration.verdicts import Findings

if TYPE_CHECKING:
    from budget_sync.importing.result import ImportRecord

AssetEvent = AssetMaterialization | AssetCheckEvaluation | AssetObservation


class Detail(Enum):
    """How much of each file is told: an event costs Dagster's storage 12 to 70 ms."""

    FULL = "every asset and every check"
    ASSETS = "every asset, and the check that decided"
    LAST = "the last asset with everything on it, and the check that decided"


def import_events(reported: ReportedImport, service_url: str, detail: Detail = Detail.FULL) -> Iterator[AssetEvent]:
    """The events of one import that has come to an end."""
    events = list(_all_events(reported, service_url))
    if detail is Detail.FULL:
        yield from events
        return
    reached = [event for event in events if isinstance(event, AssetMaterialization)]
    checks = [event for event in events if isinstance(event, AssetCheckEvaluation)]
    if detail is Detail.ASSETS:
        yield from reached
    else:
        everything = {name: value for event in reached for name, value in event.metadata.items()}
        yield reached[-1].with_metadata(everything)
    yield from [check for check in checks if not check.passed][:1] or checks[-1:]


def undo_event(undo: "ImportRecord", file: "ImportRecord", key: str, service_url: str) -> AssetObservation:
    """What an undo did to the budgets of a file: nothing was made, so the last load stays what was materialized."""
    metadata = undo_metadata(undo, file, service_url)
    return AssetObservation("budgets", partition=key, metadata=metadata, description=str(metadata["decision"].value))


def _all_events(reported: ReportedImport, service_url: str) -> Iterator[AssetEvent]:
    record, key = reported.record, reported.key
    yield _materialization("received_file", key, received_metadata(record, service_url))
    if record.error is not None and record.analysis is None:
        return  # no table that we read: there is nothing more to show
    yield _materialization("column_mapping", key, mapping_metadata(record, service_url))
    yield from _checks(reported, IS_A_BUDGET, FIELDS_ARE_MAPPED, CONTROL_TOTALS_AGREE)
    if record.status in (ImportState.REJECTED, ImportState.NEEDS_REVIEW, ImportState.DECLINED):
        return
    yield _materialization("validated_lines", key, lines_metadata(record, service_url, reported.errors))
    yield from _checks(reported, ROW_ERRORS_ARE_FEW)
    if not record.status.loads:
        return
    yield _materialization("budgets", key, budgets_metadata(record, service_url))
    yield from _checks(reported, TOTAL_IS_NEAR_THE_LAST)


def _materialization(asset: str, key: str, metadata: Mapping[str, MetadataValue]) -> AssetMaterialization:
    return AssetMaterialization(asset_key=asset, partition=key, metadata=metadata)


def _checks(reported: ReportedImport, *checks: FileCheck) -> Iterator[AssetCheckEvaluation]:
    for check in checks:
        yield check.evaluation(Findings(reported.record, reported.earlier), reported.key)
