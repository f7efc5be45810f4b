"""A file that goes through in parts, its rows kept packed, loads what it would load in one piece."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.importing.checked_lines import CheckedLines, check_lines
from budget_sync.importing.options import Duplicates, ImportOptions
from budget_sync.loading import prepare
from budget_sync.mapping import understand
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.reading import Limits, read_document
from budget_sync.validation import validate_parts

DEFAULTS = Defaults("Ops", "FY2025", "EUR")
ALIASES = {(TargetField.DEPARTMENT, "legal"): "Law", (TargetField.SUB_CATEGORY, "rent"): "Housing"}
WHOLE = 10**9
PLACE, NULL = 8, b"\\N"  # of a staged line: where the place of its amount begins, and what stands there for none
TEXT_FILES = sorted(Path("test_data").glob("*.csv"))


def checked(content: bytes, options: ImportOptions, size: int, part_lines: int | None = None) -> CheckedLines:
    """The lines of a file in blocks of so many rows and parts of so many amounts."""
    document = read_document(content, "plan.csv", limits=Limits(block_rows=size))
    understanding = understand(document, UnderstandingRequest(defaults=DEFAULTS))
    return check_lines(understanding, DEFAULTS, options, ALIASES, part_lines=part_lines or size)


def outcome(lines: CheckedLines) -> tuple[object, ...]:
    """All that a load and its report can tell of them; a number is a line, whichever it is."""
    prepared = lines.prepared
    parts = list(prepared.unpacked())
    errors = [error for part in parts for error in part.row_errors()]
    staged = [line.split(b"\t") for part in parts for line in part.staged_lines.splitlines()]
    named = {line[0]: line[1:PLACE] for line in staged}
    amounts = [(line[0], line[PLACE:]) for line in staged if line[PLACE] != NULL]
    summed = [amount.split(b"\t") for part in parts for amount in part.staged_amounts.splitlines()]
    amounts += [(amount[0], amount[1:]) for amount in summed]
    texts = sorted((named[number], amount) for number, amount in amounts)
    counts = (prepared.amount_count, prepared.line_count, prepared.total_rows, prepared.error_rows)
    shown = (prepared.first_lines, prepared.first_errors, prepared.bad_cells, prepared.notes)
    return texts, sorted(errors, key=str), counts, shown, lines.question, lines.uses


@pytest.mark.parametrize("file", TEXT_FILES, ids=lambda file: file.name)
def test_a_sample_file_gives_the_same_lines_in_parts(file: Path) -> None:
    content, options = file.read_bytes(), ImportOptions()
    part_lines = max(3, content.count(b"\n") // 3)
    assert outcome(checked(content, options, 7, part_lines)) == outcome(checked(content, options, WHOLE))


ROW = st.tuples(
    st.sampled_from(["Sales", "sales ", "Legal", "", "Ops\tA"]),
    st.sampled_from(["Travel", "Rent", "Rent\\"]),
    st.sampled_from(["2025-01", "2025-02", "soon"]),
    st.sampled_from(["1250", "-99", "0", "5.12345", "word", "77"]),
)


@settings(max_examples=15, deadline=None)
@given(
    rows=st.lists(ROW, min_size=2, max_size=16),
    size=st.integers(5, 9),
    duplicates=st.sampled_from([None, *Duplicates]),
    negative=st.booleans(),
)
def test_any_file_gives_the_same_lines_in_parts(
    rows: list[tuple[str, ...]], size: int, duplicates: Duplicates | None, *, negative: bool
) -> None:
    if negative:
        rows = [(*row[:3], "-" + row[3].lstrip("-")) for row in rows]
    content = "\n".join(["Department;Category;Period;Budget", *(";".join(row) for row in rows)]).encode()
    options = ImportOptions(duplicates=duplicates)
    assert outcome(checked(content, options, size)) == outcome(checked(content, options, WHOLE))


def test_the_last_row_decides_over_the_first_one() -> None:
    rows = [f"Sales;Travel {number};2025-01;-{number}" for number in range(1, 40)]
    head = "Department;Category;Period;Budget"
    habit = checked("\n".join([head, *rows]).encode(), ImportOptions(), 13).prepared
    assert habit.first_lines[0].budgeted_amount == "1"
    assert habit.notes == ["All 39 expense amounts are negative in the file; they were loaded as positive."]
    real = checked("\n".join([head, *rows, "Sales;Gifts;2025-01;7"]).encode(), ImportOptions(), 13).prepared
    assert real.first_lines[0].budgeted_amount == "-1"


def test_what_is_kept_of_a_large_file_is_packed() -> None:
    rows = [f"Sales,Travel {row},2025-01,{row}.50" for row in range(1_000)]
    understanding = understand(read_document("\n".join(["Department,Category,Period,Budget", *rows]).encode(), "a.csv"))
    plain = prepare(validate_parts(understanding, DEFAULTS, part_lines=100))
    packed = prepare(validate_parts(understanding, DEFAULTS, part_lines=100), plain_bytes=20_000)
    assert [part.packed for part in packed.parts] == [False] * 3 + [True] * 9
    assert (
        sum(len(part.staged_lines) for part in packed.parts) < sum(len(part.staged_lines) for part in plain.parts) / 2
    )
    assert list(packed.unpacked()) == plain.parts


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell what a process occupied")
def test_a_row_of_a_large_file_takes_little_memory() -> None:
    program = [sys.executable, "-m", "budget_sync_tests.unit.importing.memory_of_lines"]
    small, large = (
        [
            int(figure)
            for figure in subprocess.run([*program, str(rows)], capture_output=True, check=True).stdout.split()
        ]
        for rows in (100_000, 180_000)
    )
    assert (small[0], large[0]) == (100_000, 180_000)
    assert large[1] - small[1] < 80_000 * 700 / 1024**2  # 0.7 KB a row; as lists of texts a row took twice as much
