"""One file from the partner's server through a real run into the table."""

import pytest
from dagster import AssetKey, ExecuteInProcessResult

from budget_sync.domain.fields import ImportState
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BAD_ROWS, BUDGET, CHANGED_BUDGET, NO_TABLE, PAYROLL
from budget_sync_tests.partner import SftpPartner

pytestmark = pytest.mark.usefixtures("source")


def sync(dagster: Dagster) -> list[ExecuteInProcessResult]:
    """Two looks at the partner, and the runs that follow."""
    return [*dagster.tick(), *dagster.tick()]


def checks_of(result: ExecuteInProcessResult) -> dict[str, bool]:
    return {evaluation.check_name: evaluation.passed for evaluation in result.get_asset_check_evaluations()}


def materialized(result: ExecuteInProcessResult) -> list[str]:
    return [event.asset_key.to_user_string() for event in result.get_asset_materialization_events() if event.asset_key]


def test_a_file_travels_from_the_partner_into_the_table(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (run,) = sync(dagster)
    assert run.success
    assert materialized(run) == ["received_file", "column_mapping", "validated_lines", "budgets"]
    assert all(checks_of(run).values())
    (record,) = dagster.history
    assert (record.status, record.file_name, record.source_type) == (ImportState.COMPLETED, "budget.csv", "sftp")
    assert record.run_id == run.run_id
    assert dagster.lines == 4


def test_a_file_is_not_taken_at_the_first_look(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    assert dagster.tick() == []
    assert len(dagster.tick()) == 1
    assert dagster.tick() == []


def test_the_same_bytes_dropped_again_change_nothing(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    sync(dagster)
    partner.drop("again.csv", BUDGET)
    (run,) = sync(dagster)
    assert run.success
    assert [record.status for record in dagster.history] == [ImportState.COMPLETED, ImportState.UNCHANGED]
    assert dagster.lines == 4


def test_a_changed_file_of_the_same_name_is_a_new_partition(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (first,) = sync(dagster)
    partner.drop("budget.csv", CHANGED_BUDGET)
    (second,) = sync(dagster)
    keys = {run.dagster_run.tags["dagster/partition"] for run in (first, second)}
    assert len(keys) == 2
    assert all(key.startswith("acme/127-0-0-1/budget.csv~") for key in keys)
    assert dagster.history[-1].stats.updated == 1


def test_a_payroll_is_rejected_by_the_blocking_check(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("payroll.csv", PAYROLL)
    (run,) = sync(dagster)
    assert not run.success
    assert checks_of(run)["is_a_budget"] is False
    assert materialized(run) == ["received_file", "column_mapping"]
    (record,) = dagster.history
    assert (record.status, record.error and record.error.code) == (ImportState.REJECTED, "not_a_budget")
    assert dagster.lines == 0


def test_a_file_with_too_many_bad_rows_fails_the_check_on_rows(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("bad.csv", BAD_ROWS)
    (run,) = sync(dagster)
    assert not run.success
    assert checks_of(run)["row_errors_are_few"] is False
    assert "budgets" not in materialized(run)
    assert dagster.history[0].status is ImportState.FAILED


def test_a_file_that_is_no_table_says_what_it_is(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", NO_TABLE)
    (run,) = sync(dagster)
    (failure,) = run.filter_events(lambda event: event.is_step_failure)
    assert "PDF" in str(failure.step_failure_data.error_display_string)
    assert dagster.history[0].status is ImportState.FAILED


@pytest.mark.parametrize("asset", ["received_file", "column_mapping", "validated_lines", "budgets"])
def test_any_asset_is_run_again_alone(dagster: Dagster, partner: SftpPartner, asset: str) -> None:
    partner.drop("budget.csv", BUDGET)
    (run,) = sync(dagster)
    (partner.folder / "budget.csv").unlink()
    again = dagster.run("sync_file", run.dagster_run.tags["dagster/partition"], only=asset)
    assert again.success
    assert materialized(again) == [asset]
    assert [record.status for record in dagster.history] == [ImportState.COMPLETED]
    assert dagster.lines == 4


def test_an_asset_before_whose_time_it_is_says_so(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    dagster.look()
    asked = dagster.look()
    assert asked is not None
    (request,) = asked.run_requests or ()
    key = request.partition_key
    dagster.instance.add_dynamic_partitions("budget_files", [str(key)])
    run = dagster.run("sync_file", key, only="budgets")
    (failure,) = run.filter_events(lambda event: event.is_step_failure)
    assert "not received yet" in str(failure.step_failure_data.error_display_string)


def test_what_a_data_engineer_looks_for_is_on_the_assets(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (run,) = sync(dagster)
    seen = {
        event.asset_key.to_user_string(): event.materialization.metadata
        for event in run.get_asset_materialization_events()
        if event.asset_key
    }
    (record,) = dagster.history
    assert {str(entries["import_id"].value) for entries in seen.values()} == {str(record.import_id)}
    assert {str(entries["page"].value).rpartition("/")[2] for entries in seen.values()} == {str(record.import_id)}
    assert seen["received_file"]["sha256"].value == record.sha256
    assert "Budget Amount" in str(seen["column_mapping"]["mapping"].value)
    assert seen["column_mapping"]["file_type"].value == "budget"
    assert seen["validated_lines"]["dagster/row_count"].value == 4
    assert seen["validated_lines"]["error_rows"].value == 0
    assert "budgeted_amount" in str(seen["validated_lines"]["dagster/column_schema"].value)
    assert (seen["budgets"]["dagster/row_count"].value, seen["budgets"]["created"].value) == (4, 4)


def test_nothing_secret_is_in_the_events(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (run,) = sync(dagster)
    said = "".join(str(record) for record in dagster.instance.all_logs(run.run_id))
    assert "partner-password" not in said


# paramiko asks for the next pieces in a thread of its own, which dies aloud with its connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_connection_that_breaks_once_is_repaired_within_the_run(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    partner.drops_after, partner.drops_always = 0, False
    (run,) = sync(dagster)
    assert run.success
    assert len(run.filter_events(lambda event: event.is_step_up_for_retry)) == 1
    assert dagster.lines == 4


def test_a_file_that_is_gone_before_it_was_read_fails_in_words_and_is_not_asked_for_again(
    dagster: Dagster, partner: SftpPartner
) -> None:
    path = partner.drop("budget.csv", BUDGET)
    dagster.look()
    asked = dagster.look()
    path.write_text(CHANGED_BUDGET)
    (run,) = dagster.carry_out(asked)
    (failure,) = run.filter_events(lambda event: event.is_step_failure)
    assert "changed while it was read" in str(failure.step_failure_data.error_display_string)
    (taken_later,) = sync(dagster)
    assert taken_later.success
    assert dagster.lines == 4


def test_a_hostile_name_becomes_a_harmless_key(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("a,b|c~d...e\u202egpj.csv", BUDGET)
    (run,) = sync(dagster)
    assert run.success
    assert run.dagster_run.tags["dagster/partition"].startswith("acme/127-0-0-1/a_b_c_d.e_gpj.csv~")


def test_the_asset_is_linked_to_its_partition(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (run,) = sync(dagster)
    event = dagster.instance.get_latest_materialization_event(AssetKey("budgets"))
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.partition == run.dagster_run.tags["dagster/partition"]
