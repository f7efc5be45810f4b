"""One import as the events of its assets."""

from dagster import AssetCheckEvaluation, AssetMaterialization

from budget_sync.importing.options import IncomingFile
from budget_sync.orchestration.events import Detail, import_events
from budget_sync.orchestration.reported import report_import
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BAD_ROWS, BUDGET

SERVICE = "http://127.0.0.1:8080"


def events_of(
    dagster: Dagster, content: str, detail: Detail = Detail.LAST
) -> list[AssetMaterialization | AssetCheckEvaluation]:
    result = dagster.engine.run(dagster.customer.id, IncomingFile("budget.csv", content.encode()))
    reported = report_import(
        dagster.program.database, dagster.engine, dagster.customer.id, result.import_id, "acme/s/budget.csv~0123abcd"
    )
    return list(import_events(reported, SERVICE, detail))


def test_in_short_a_good_file_is_its_budgets_with_everything_on_them(dagster: Dagster) -> None:
    materialization, check = events_of(dagster, BUDGET)
    assert isinstance(materialization, AssetMaterialization)
    assert materialization.asset_key.to_user_string() == "budgets"
    assert {"sha256", "mapping", "error_rows", "created"} <= set(materialization.metadata)
    assert isinstance(check, AssetCheckEvaluation)
    assert check.passed


def test_in_short_a_refused_file_is_where_it_ended_and_why(dagster: Dagster) -> None:
    materialization, check = events_of(dagster, BAD_ROWS)
    assert isinstance(materialization, AssetMaterialization)
    assert materialization.asset_key.to_user_string() == "validated_lines"
    assert "about half" in str(materialization.metadata["errors"].value)
    assert isinstance(check, AssetCheckEvaluation)
    assert (check.check_name, check.passed) == ("row_errors_are_few", False)


def test_a_middling_burst_tells_every_asset_and_one_check(dagster: Dagster) -> None:
    events = events_of(dagster, BUDGET, Detail.ASSETS)
    assert [event.asset_key.to_user_string() for event in events if isinstance(event, AssetMaterialization)] == [
        "received_file",
        "column_mapping",
        "validated_lines",
        "budgets",
    ]
    assert [event.check_name for event in events if isinstance(event, AssetCheckEvaluation)] == [
        "total_is_near_the_last"
    ]
