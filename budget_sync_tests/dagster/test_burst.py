"""Many new files at once: one run, each file with its own verdict and its own events."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from dagster import AssetKey, ExecuteInProcessResult

from budget_sync.domain.fields import ImportState
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET, NO_TABLE
from budget_sync_tests.partner import SftpPartner

pytestmark = pytest.mark.usefixtures("source")
FILES = 8


def drop_budgets(partner: SftpPartner, count: int = FILES) -> None:
    for number in range(count):
        partner.drop(f"budget_{number}.csv", BUDGET.replace("FY2026", f"FY{2001 + number}"))


def burst(dagster: Dagster) -> ExecuteInProcessResult:
    dagster.look()
    (run,) = dagster.tick()
    return run


def materializations(run: ExecuteInProcessResult, asset: str) -> list[str]:
    return sorted(
        str(event.partition) for event in run.get_asset_materialization_events() if event.asset_key == AssetKey(asset)
    )


def test_up_to_five_new_files_are_runs_of_their_own(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner, 5)
    dagster.look()
    asked = dagster.look()
    assert asked is not None
    assert [request.job_name for request in asked.run_requests or ()] == ["sync_file"] * 5


def test_more_than_five_new_files_are_one_run(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner)
    run = burst(dagster)
    assert (run.job_def.name, run.success) == ("sync_burst", True)
    assert [record.status for record in dagster.history] == [ImportState.COMPLETED] * FILES
    assert dagster.lines == 4 * FILES


def test_each_file_of_a_burst_is_shown_on_its_own_partition(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner)
    run = burst(dagster)
    for asset in ("received_file", "column_mapping", "validated_lines", "budgets"):
        assert len(materializations(run, asset)) == FILES
    assert materializations(run, "budgets") == sorted(dagster.instance.get_dynamic_partitions("budget_files"))


def test_one_bad_file_does_not_stop_its_neighbours(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner)
    partner.drop("budget_3.csv", NO_TABLE)
    run = burst(dagster)
    assert run.success
    assert sorted(record.status for record in dagster.history) == [ImportState.COMPLETED] * (FILES - 1) + [
        ImportState.FAILED
    ]
    assert len(materializations(run, "received_file")) == FILES
    assert len(materializations(run, "budgets")) == FILES - 1


# paramiko asks for the next pieces in a thread of its own, which dies aloud with its connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_file_whose_connection_breaks_is_read_by_a_later_tick(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner)
    partner.drops_after, partner.drops_always = 0, False
    burst(dagster)
    assert len(dagster.history) == FILES - 1
    (repaired,) = dagster.tick()
    assert (repaired.job_def.name, repaired.success) == ("sync_file", True)
    assert dagster.lines == 4 * FILES


def test_a_partner_who_closes_before_the_burst_loses_nothing(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner)
    dagster.look()
    asked = dagster.look()
    partner.refuses_logins = True
    dagster.carry_out(asked)
    assert dagster.history == []
    partner.refuses_logins = False
    (repaired,) = dagster.tick()
    assert repaired.success
    assert dagster.lines == 4 * FILES


def test_a_burst_run_again_does_nothing_twice(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner)
    run = burst(dagster)
    again = dagster.run("sync_burst", run_config=run.dagster_run.run_config)
    assert again.success
    assert len(dagster.history) == FILES


def test_two_ticks_at_once_take_each_file_once(dagster: Dagster, partner: SftpPartner) -> None:
    drop_budgets(partner, 4)
    dagster.look()
    dagster.make_due()
    with ThreadPoolExecutor(4) as pool:
        ticks = list(pool.map(lambda _: dagster.look(), range(4)))
    asked = [str(request.partition_key) for tick in ticks if tick for request in tick.run_requests or ()]
    assert len(asked) == len(set(asked)) == 4
