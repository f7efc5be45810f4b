"""What people send to the service is shown on the same assets, once each."""

from dagster import AssetCheckEvaluation, AssetKey, AssetMaterialization, SensorResult

from budget_sync.importing.options import IncomingFile
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET, NO_TABLE


def upload(dagster: Dagster, name: str, content: str | bytes) -> None:
    encoded = content if isinstance(content, bytes) else content.encode()
    dagster.engine.run(dagster.customer.id, IncomingFile(name, encoded, user="ana"))


def assets_of(result: SensorResult | None) -> list[str]:
    assert result is not None
    return [
        event.asset_key.to_user_string() for event in result.asset_events if isinstance(event, AssetMaterialization)
    ]


def test_an_upload_is_shown_on_all_four_assets(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", BUDGET)
    result = dagster.tick_of_uploads()
    assert assets_of(result) == ["received_file", "column_mapping", "validated_lines", "budgets"]
    event = dagster.instance.get_latest_materialization_event(AssetKey("budgets"))
    assert event is not None
    assert event.asset_materialization is not None
    assert str(event.asset_materialization.partition).startswith("acme/upload/budget.csv~")


def test_an_upload_is_told_once(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", BUDGET)
    dagster.tick_of_uploads()
    assert dagster.tick_of_uploads() is None
    upload(dagster, "other.csv", BUDGET.replace("2026", "2027"))
    assert len(assets_of(dagster.tick_of_uploads())) == 4


def test_the_same_file_uploaded_again_is_shown_as_unchanged(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", BUDGET)
    upload(dagster, "budget.csv", BUDGET)
    result = dagster.tick_of_uploads()
    assert result is not None
    checks = [event for event in result.asset_events if isinstance(event, AssetCheckEvaluation)]
    assert all(check.passed for check in checks)
    assert len(assets_of(result)) == 8


def test_a_file_that_is_no_table_is_shown_as_received_and_no_further(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", NO_TABLE)
    assert assets_of(dagster.tick_of_uploads()) == ["received_file"]


def test_an_uploaded_file_is_run_again_from_the_ui(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", BUDGET)
    result = dagster.tick_of_uploads()
    assert result is not None
    (request,) = result.dynamic_partitions_requests or ()
    (key,) = request.partition_keys
    dagster.instance.add_dynamic_partitions("budget_files", [key])
    assert dagster.run("sync_file", key).success
    assert dagster.lines == 4
