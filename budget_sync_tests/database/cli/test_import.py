"""Files imported and asked about from the command line."""

import json
from pathlib import Path

import pytest

from budget_sync_tests.database.cli.conftest import Program

SAMPLES = Path(__file__).parents[3] / "test_data"
STANDARD = str(SAMPLES / "1_standard_format.csv")
CHECK = ("check", "--customer", "acme", "--period", "FY2026", "--department", "Engineering", "--amount")


@pytest.fixture(autouse=True)
def acme(program: Program) -> None:
    program("customer", "add", "acme", "--currency", "USD")


def test_an_imported_file_says_what_it_made(program: Program) -> None:
    answer = program("import", STANDARD, "--customer", "acme")
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.splitlines() == [
        "1_standard_format.csv: completed",
        "38 of 38 rows; 0 refused",
        "lines: 38 created, 0 updated, 0 unchanged, 0 removed",
    ]


def test_the_same_file_again_is_unchanged(program: Program) -> None:
    program("import", STANDARD, "--customer", "acme")
    again = program("import", STANDARD, "--customer", "acme")
    assert again.exit_code == 0
    assert again.stdout.startswith("1_standard_format.csv: unchanged")


def test_a_dry_run_loads_nothing(program: Program) -> None:
    answer = program("import", STANDARD, "--customer", "acme", "--dry-run")
    assert "lines: 38 created" in answer.stdout
    assert "Legal, FY2026, USD: 0.00 -> " in answer.stdout
    assert "nothing was loaded" in answer.stdout
    assert program(*CHECK, "1").exit_code == 1


def test_what_waits_is_listed_with_what_it_asks(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "waiting.csv"
    file.write_text("Department,Budget\nEngineering,100\nSales,200\n")
    program("import", STANDARD, "--customer", "acme")
    program("import", str(file), "--customer", "acme")
    answer = program("import-history", "--customer", "acme", "--waiting")
    assert "waiting.csv" in answer.stdout
    assert "1_standard_format.csv" not in answer.stdout
    assert answer.stdout.splitlines()[-1] == "1 waiting."
    assert "period" in answer.stdout.splitlines()[-2]


def test_refused_rows_are_named_as_a_spreadsheet_counts_them(program: Program) -> None:
    answer = program("import", str(SAMPLES / "rows_with_errors.csv"), "--customer", "acme")
    assert answer.exit_code == 0, answer.output
    assert "completed_with_errors" in answer.stdout
    assert "row 8, Budgeted Amount: " in answer.stdout
    assert "to be confirmed" in answer.stdout


def test_a_payroll_is_refused_with_the_reason_on_standard_error(program: Program) -> None:
    answer = program("import", str(SAMPLES / "payroll_sample.csv"), "--customer", "acme")
    assert answer.exit_code == 1
    assert "rejected" in answer.stdout
    assert "looks like a payroll" in answer.stderr


def test_the_result_as_json_is_one_line(program: Program) -> None:
    answer = program("import", STANDARD, "--customer", "acme", "--json")
    result = json.loads(answer.stdout)
    assert (result["status"], result["imported"], result["stats"]["totalRows"]) == ("completed", 38, 38)


def test_a_missing_file_is_refused_before_anything_is_opened(program: Program) -> None:
    answer = program("import", "no-such-file.csv", "--customer", "acme")
    assert answer.exit_code == 1
    assert "no-such-file.csv cannot be opened" in answer.stderr


def test_an_amount_that_fits_is_approved(program: Program) -> None:
    program("import", STANDARD, "--customer", "acme")
    answer = program(*CHECK, "2500", "--sub-category", "Software licences")
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.startswith("approve  auto_approved")
    assert "available 120,000.00" in answer.stdout


def test_an_amount_that_does_not_fit_ends_with_status_one_and_the_reason(program: Program) -> None:
    program("import", STANDARD, "--customer", "acme")
    answer = program(*CHECK, "120000.01", "--sub-category", "Software licences")
    assert answer.exit_code == 1
    assert "0.01 USD short" in answer.stderr


def test_the_answer_as_json_has_money_as_numbers(program: Program) -> None:
    program("import", STANDARD, "--customer", "acme")
    answer = program(*CHECK, "2500", "--sub-category", "Software licences", "--json")
    assert '"budgetedAmount":120000' in answer.stdout


def test_an_import_that_was_taken_back_answers_no_check_any_more(program: Program) -> None:
    program("import", STANDARD, "--customer", "acme")
    row = program("import-history", "--customer", "acme").stdout.splitlines()[1].split()
    assert "1_standard_format.csv" in row
    undone = program("undo", row[-1], "--customer", "acme")
    assert undone.exit_code == 0, undone.output
    assert "38 removed" in undone.stdout
    assert program(*CHECK, "2500", "--sub-category", "Software licences").exit_code == 1


def test_an_import_that_there_is_not_cannot_be_taken_back(program: Program) -> None:
    answer = program("undo", "01900000-0000-7000-8000-000000000000", "--customer", "acme")
    assert answer.exit_code == 1
    assert "no such import" in answer.stderr
