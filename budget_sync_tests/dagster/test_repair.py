"""What dies in the middle is repaired by a later tick, without a person and without doing anything twice."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from dagster import DagsterRun, SensorResult

from budget_sync.domain.fields import ImportState
from budget_sync.importing.options import IncomingFile
from budget_sync.orchestration.receiving import receive_file
from budget_sync.orchestration.upkeep import keys_of_run
from budget_sync.sources.claims import release_claims
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.partner import SftpPartner

pytestmark = pytest.mark.usefixtures("source")
FILES = 7


@dataclass(frozen=True)
class Claimed:
    """What a look claimed and no run has worked on."""

    result: SensorResult
    keys: list[str]


def claimed(dagster: Dagster, partner: SftpPartner, count: int) -> Claimed:
    for number in range(count):
        partner.drop(f"budget_{number}.csv", BUDGET.replace("FY2026", f"FY{2001 + number}"))
    dagster.look()
    result = dagster.look()
    assert result is not None
    (request,) = result.dynamic_partitions_requests or ()
    return Claimed(result, list(request.partition_keys))


def die_after_receiving(dagster: Dagster, key: str, code: str = "worker_died") -> UUID:
    """A worker keeps the file and ends; the janitor of imports finds it dead, or it gave up for a passing reason."""
    record = receive_file(dagster.program.database, dagster.engine, key, run_id="dead")
    with dagster.program.database.tenant(dagster.customer.id) as session:
        session.execute(
            "UPDATE import_history SET status = 'failed', error_code = %s, finished_at = now() WHERE id = %s",
            (code, record.import_id),
        )
    return record.import_id


def test_a_run_that_died_before_it_read_its_file_is_asked_for_again(dagster: Dagster, partner: SftpPartner) -> None:
    waiting = claimed(dagster, partner, 1)
    assert release_claims(dagster.program.database, dagster.customer.id, waiting.keys) == 1
    (run,) = dagster.tick()
    assert run.success
    assert dagster.lines == 4


@pytest.mark.parametrize("code", ["worker_died", "conflict"])
def test_a_run_that_died_after_it_read_its_file_is_finished_from_what_is_kept(
    dagster: Dagster, partner: SftpPartner, code: str
) -> None:
    waiting = claimed(dagster, partner, 1)
    die_after_receiving(dagster, waiting.keys[0], code)
    (partner.folder / "budget_0.csv").unlink()
    dagster.instance.add_dynamic_partitions("budget_files", waiting.keys)
    (run,) = dagster.tick()
    assert run.success
    assert [record.status for record in dagster.history] == [ImportState.COMPLETED]
    assert dagster.lines == 4


def test_a_burst_that_died_in_the_middle_is_finished_by_the_next(dagster: Dagster, partner: SftpPartner) -> None:
    waiting = claimed(dagster, partner, FILES)
    for key in waiting.keys[:2]:
        die_after_receiving(dagster, key)
    (run,) = dagster.tick()
    assert run.success
    assert [record.status for record in dagster.history] == [ImportState.COMPLETED] * FILES
    assert dagster.lines == 4 * FILES


def test_a_file_that_was_imported_between_the_crash_and_its_note_is_not_imported_twice(
    dagster: Dagster, partner: SftpPartner, source: UUID
) -> None:
    waiting = claimed(dagster, partner, 1)
    with dagster.program.database.tenant(dagster.customer.id) as session:
        row = session.execute("SELECT version FROM source_file").fetchone()
    assert row is not None
    incoming = IncomingFile("budget_0.csv", BUDGET.encode(), "sftp", source_id=source, remote_version=row[0])
    dagster.engine.run(dagster.customer.id, incoming)
    (run,) = dagster.carry_out(waiting.result)
    assert run.success
    assert [record.status for record in dagster.history] == [ImportState.COMPLETED]


def test_the_files_of_a_run_are_known_from_the_run(dagster: Dagster, partner: SftpPartner) -> None:
    waiting = claimed(dagster, partner, FILES)
    (request,) = waiting.result.run_requests or ()
    burst = DagsterRun(job_name="sync_burst", run_config=request.run_config)
    single = DagsterRun(job_name="sync_file", tags={"dagster/partition": waiting.keys[0]})
    assert keys_of_run(burst) == waiting.keys
    assert keys_of_run(single) == waiting.keys[:1]
    assert keys_of_run(DagsterRun(job_name="sync_file")) == []
