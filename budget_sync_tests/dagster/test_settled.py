"""What people send to the service, and what they decide of any file, is shown on the same assets, once each."""

from uuid import UUID

import pytest
from dagster import AssetCheckEvaluation, AssetKey, AssetMaterialization, AssetRecordsFilter, SensorResult

from budget_sync.database import Database
from budget_sync.importing.options import IncomingFile
from budget_sync.sources.administration import add_source, delete_source
from budget_sync.sources.options import SourceOptions
from budget_sync.sources.policies import ReviewPolicy
from budget_sync.sources.sftp_configuration import SftpSecrets
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET, NO_TABLE, PAYROLL
from budget_sync_tests.partner import SftpPartner


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
    result = dagster.tick_of_people()
    assert assets_of(result) == ["received_file", "column_mapping", "validated_lines", "budgets"]
    event = dagster.instance.get_latest_materialization_event(AssetKey("budgets"))
    assert event is not None
    assert event.asset_materialization is not None
    assert str(event.asset_materialization.partition).startswith("acme/upload/budget.csv~")


def test_an_upload_is_told_once(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", BUDGET)
    dagster.tick_of_people()
    assert dagster.tick_of_people() is None
    upload(dagster, "other.csv", BUDGET.replace("2026", "2027"))
    assert len(assets_of(dagster.tick_of_people())) == 4


def test_the_same_file_uploaded_again_is_shown_as_unchanged(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", BUDGET)
    upload(dagster, "budget.csv", BUDGET)
    result = dagster.tick_of_people()
    assert result is not None
    checks = [event for event in result.asset_events if isinstance(event, AssetCheckEvaluation)]
    assert all(check.passed for check in checks)
    assert len(assets_of(result)) == 8


def test_a_file_that_is_no_table_is_shown_as_received_and_no_further(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", NO_TABLE)
    assert assets_of(dagster.tick_of_people()) == ["received_file"]


def test_an_uploaded_file_is_run_again_from_the_ui(dagster: Dagster) -> None:
    upload(dagster, "budget.csv", BUDGET)
    result = dagster.tick_of_people()
    assert result is not None
    (request,) = result.dynamic_partitions_requests or ()
    (key,) = request.partition_keys
    dagster.instance.add_dynamic_partitions("budget_files", [key])
    assert dagster.run("sync_file", key).success
    assert dagster.lines == 4


def synced(dagster: Dagster, partner: SftpPartner, content: str) -> str:
    """The key of a file that the partner sent, once its own run has done what it can."""
    partner.drop("file.csv", content)
    dagster.look()
    dagster.tick()
    assert dagster.tick_of_people() is None
    (key,) = dagster.instance.get_dynamic_partitions("budget_files")
    return key


def told_last(dagster: Dagster, asset: str, key: str) -> dict[str, object]:
    """The metadata of the newest event of this asset and file, materialization or observation."""
    records = [
        *dagster.instance.fetch_materializations(AssetRecordsFilter(AssetKey(asset), [key]), limit=1).records,
        *dagster.instance.fetch_observations(AssetRecordsFilter(AssetKey(asset), [key]), limit=1).records,
    ]
    newest = max(records, key=lambda record: record.storage_id)
    event = newest.asset_materialization or newest.event_log_entry.asset_observation
    assert event is not None
    return {name: value.value for name, value in event.metadata.items()}


def test_a_partners_file_that_a_person_confirms_is_shown_as_loaded(
    dagster: Dagster, partner: SftpPartner, database: Database
) -> None:
    options, secrets = SourceOptions(review=ReviewPolicy.ALWAYS), SftpSecrets(password="partner-password")
    add_source(database, dagster.customer.id, partner.configuration(), secrets, options=options)
    key = synced(dagster, partner, BUDGET)
    (record,) = dagster.history
    dagster.engine.confirm(dagster.customer.id, record.import_id, user="ana")
    assert assets_of(dagster.tick_of_people()) == ["received_file", "column_mapping", "validated_lines", "budgets"]
    told = told_last(dagster, "budgets", key)
    assert (told["decision"], told["status"]) == ("Confirmed by ana", "completed")
    assert str(told["page"]).endswith(f"/fpa/import/imports/{record.import_id}")
    assert dagster.tick_of_people() is None


@pytest.mark.usefixtures("source")
def test_a_partners_file_that_a_person_declines_is_shown_as_declined(dagster: Dagster, partner: SftpPartner) -> None:
    key = synced(dagster, partner, PAYROLL)
    (record,) = dagster.history
    dagster.engine.decline(dagster.customer.id, record.import_id, "It is a payroll.", user="ana")
    result = dagster.tick_of_people()
    assert assets_of(result) == ["received_file", "column_mapping"]
    told = told_last(dagster, "column_mapping", key)
    assert (told["decision"], told["status"]) == ("Declined by ana: It is a payroll.", "declined")
    assert str(told["page"]).endswith(f"/fpa/import/imports/{record.import_id}")
    assert result is not None
    passed = {
        event.check_name: event.passed for event in result.asset_events if isinstance(event, AssetCheckEvaluation)
    }
    assert not passed["is_a_budget"]


@pytest.mark.usefixtures("source")
def test_a_partners_file_that_is_taken_back_and_put_back_is_shown_as_that(
    dagster: Dagster, partner: SftpPartner
) -> None:
    key = synced(dagster, partner, BUDGET)
    (record,) = dagster.history
    undo = dagster.engine.undo(dagster.customer.id, record.import_id, user="ana")
    dagster.tick_of_people()
    told = told_last(dagster, "budgets", key)
    assert (told["decision"], told["status"], told["removed"]) == ("Taken back by ana", "undone", 4)
    assert str(told["page"]).endswith(f"/fpa/import/imports/{undo.import_id}")
    dagster.engine.undo(dagster.customer.id, undo.import_id, user="ben")
    dagster.tick_of_people()
    told = told_last(dagster, "budgets", key)
    assert (told["decision"], told["status"], told["restored"]) == ("Put back by ben", "completed", 4)


def test_an_upload_that_is_decided_a_moment_after_it_was_told_is_told_again(dagster: Dagster) -> None:
    upload(dagster, "payroll.csv", PAYROLL)
    assert assets_of(dagster.tick_of_people()) == ["received_file", "column_mapping"]
    dagster.engine.decline(dagster.customer.id, dagster.history[0].import_id, "No.", user="ana")
    assert assets_of(dagster.tick_of_people()) == ["received_file", "column_mapping"]


def test_a_file_whose_source_is_gone_is_passed_over(
    dagster: Dagster, partner: SftpPartner, source: UUID, database: Database
) -> None:
    synced(dagster, partner, PAYROLL)
    delete_source(database, dagster.customer.id, source, version=1)
    dagster.engine.decline(dagster.customer.id, dagster.history[0].import_id, "No.", user="ana")
    assert assets_of(dagster.tick_of_people()) == []
    assert dagster.tick_of_people() is None
