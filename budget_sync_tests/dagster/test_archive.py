"""What is loaded goes into the partner's archive folder at a later look; what waits for a person stays."""

import pytest

from budget_sync.domain.fields import ImportState
from budget_sync.sources.administration import add_source
from budget_sync.sources.configuration import list_sources
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.partner import SftpPartner


@pytest.fixture
def archiving(dagster: Dagster, partner: SftpPartner) -> None:
    connection = partner.configuration(archive_folder="done")
    add_source(dagster.program.database, dagster.customer.id, connection, partner.secrets)


@pytest.mark.usefixtures("archiving")
def test_a_loaded_file_is_moved_and_one_that_waits_stays(dagster: Dagster, partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    partner.drop("odd.csv", BUDGET.replace("FY2026", "soon"))
    for _ in range(4):
        dagster.tick()
    states = {record.file_name: record.status for record in dagster.history}
    assert states == {"budget.csv": ImportState.COMPLETED, "odd.csv": ImportState.NEEDS_REVIEW}
    assert [path.name for path in (partner.folder / "done").iterdir()] == ["budget.csv"]
    assert (partner.folder / "odd.csv").exists()


@pytest.mark.usefixtures("archiving")
def test_a_move_that_fails_is_told_on_the_source_and_stops_no_other_file(
    dagster: Dagster, partner: SftpPartner
) -> None:
    partner.drop("budget.csv", BUDGET)
    (partner.folder / "done").write_text("a file where a folder should be")
    dagster.tick()
    dagster.tick()
    partner.drop("later.csv", BUDGET.replace("FY2026", "FY2027"))
    dagster.tick()
    dagster.tick()
    (source,) = list_sources(dagster.program.database, dagster.customer.id)
    assert "budget.csv to done" in str(source.last_error)
    assert source.consecutive_failures == 0
    assert {record.file_name for record in dagster.history} >= {"budget.csv", "later.csv"}
    (partner.folder / "done").unlink()
    dagster.tick()
    assert sorted(path.name for path in (partner.folder / "done").iterdir()) == ["budget.csv", "later.csv"]
    (source,) = list_sources(dagster.program.database, dagster.customer.id)
    assert source.last_error is None
