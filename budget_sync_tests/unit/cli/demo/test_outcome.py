"""Whether what became of a file is what was declared of it."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from budget_sync.cli.demo.expectations import Expectation
from budget_sync.cli.demo.outcome import judge
from budget_sync.domain.fields import FileType, ImportState
from budget_sync.importing.result import ImportRecord, ImportStats

RECORD = ImportRecord(
    import_id=UUID(int=1),
    customer_id=UUID(int=2),
    file_name="plan.csv",
    sha256="",
    size_bytes=1,
    source_type="sftp",
    source_id=None,
    remote_version=None,
    status=ImportState.COMPLETED,
    error=None,
    file_type="budget",
    sheet=None,
    stats=ImportStats(total_rows=3, success_rows=2, error_rows=1, created=2),
    control_totals=[],
    warnings=[],
    user=None,
    run_id=None,
    received_at=datetime(2026, 1, 1, tzinfo=UTC),
    finished_at=None,
    duration_ms=None,
)
EXPECTED = Expectation(FileType.BUDGET, ImportState.COMPLETED, lines=2, refused=1)


def test_what_ended_as_declared_has_no_problem() -> None:
    assert judge(RECORD, None, EXPECTED).problem is None


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"status": ImportState.FAILED}, "status: expected failed, was completed"),
        ({"file_type": FileType.PAYROLL}, "taken for: expected payroll, was budget"),
        ({"refused": 0}, "rows refused: expected 0, was 1"),
        ({"lines": 5}, "lines: expected 5, was 2"),
    ],
)
def test_what_ended_otherwise_says_in_what(changes: dict[str, object], problem: str) -> None:
    assert judge(RECORD, None, msgspec.structs.replace(EXPECTED, **changes)).problem == problem


def test_a_file_of_which_nothing_is_declared_only_has_to_end() -> None:
    assert judge(RECORD, None, None).problem is None
    unfinished = msgspec.structs.replace(RECORD, status=ImportState.PROCESSING)
    assert judge(unfinished, None, None).problem == "did not reach a final state"
