"""Several files in one call: each has its line, and one that cannot be read stops nobody."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from budget_sync.cli.main import commands

SAMPLES = Path(__file__).parents[3] / "test_data"


def analyze(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["analyze", *arguments])


def test_each_file_has_one_line_in_the_order_given(tmp_path: Path) -> None:
    picture = tmp_path / "scan.csv"
    picture.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    files = [str(SAMPLES / "7_minimal.csv"), str(picture), str(SAMPLES / "open_document.ods")]
    answer = analyze("--json", *files)
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line["fileName"] for line in lines] == ["7_minimal.csv", "scan.csv", "open_document.ods"]
    assert lines[1]["error"]["code"] == "unreadable_file"
    assert "scan.csv: " in answer.stderr
    assert answer.exit_code == 1


def test_what_can_be_read_ends_well() -> None:
    assert analyze("--json", str(SAMPLES / "7_minimal.csv")).exit_code == 0


def test_a_missing_file_has_its_line_too() -> None:
    answer = analyze("--json", "no-such-file.csv")
    assert json.loads(answer.stdout)["fileName"] == "no-such-file.csv"
    assert "cannot be opened" in answer.stderr


def test_the_sheet_that_a_person_names_is_taken() -> None:
    answer = analyze("--json", "--sheet", "Read me", str(SAMPLES / "two_sheets.xlsx"))
    assert json.loads(answer.stdout)["sheet"] == "Read me"


def test_without_json_a_person_reads_a_table() -> None:
    answer = analyze(str(SAMPLES / "7_minimal.csv"))
    assert "Taken for budget because" in answer.stdout
    assert "Can be imported as it is." in answer.stdout


def test_an_open_question_lists_answers_and_what_each_would_change(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Department,Item,Jan,Feb\nSales,Travel,10,20\nLegal,Books,30,40\n", "utf-8")
    shown = analyze(str(file)).stdout
    assert "Which fiscal year" in shown
    assert "-01 to " in shown
    assert "2 rows, 100 together" in shown
