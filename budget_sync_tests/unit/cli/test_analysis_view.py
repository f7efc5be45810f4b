"""What a person reads of an analysis, in a pipe as in a terminal."""

from decimal import Decimal

import msgspec
import pytest

from budget_sync.cli.analysis_view import confidence_words, print_analysis
from budget_sync.cli.json_lines import analysis_line, refusal_line
from budget_sync.cli.plain_text import money, printable
from budget_sync.domain.errors import UnreadableFileError
from budget_sync.domain.fields import FileType, Layout, TargetField
from budget_sync.mapping.analysis import (
    Analysis,
    Answer,
    ColumnMapping,
    ControlTotal,
    FileTypeDetection,
    Question,
)


def an_analysis(**changes: object) -> Analysis:
    fitting = Analysis(
        file_name="plan.csv",
        upload_id=None,
        sheet=None,
        sheets=[],
        encoding="utf-8",
        delimiter=";",
        header_row=2,
        layout=Layout.LONG,
        total_rows=12,
        budget_rows=10,
        sum_budgeted=Decimal("1234567.5"),
        headers=["Dept.", "Owner", "Amount"],
        sample_rows=[],
        amount_scale=1,
        mappings=[
            ColumnMapping("Dept.", 0, TargetField.DEPARTMENT, 0.98, "named 'Dept.'", ["Sales", "Legal"]),
            ColumnMapping("Owner", 1, None, 0.9, "names of people"),
            ColumnMapping("Amount", 2, TargetField.BUDGETED_AMOUNT, 0.6, "amounts", ["1"], period="FY2026"),
        ],
        unmapped_columns=["Owner"],
        required_fields_missing=[],
        control_totals=[],
        questions=[],
        file_type_detection=FileTypeDetection(FileType.BUDGET, 0.97, 0.97),
        can_proceed=True,
    )
    return msgspec.structs.replace(fitting, **changes)


def shown(capsys: pytest.CaptureFixture[str], analysis: Analysis) -> list[str]:
    print_analysis(analysis)
    return capsys.readouterr().out.splitlines()


def test_a_column_stands_on_one_line_with_letter_field_confidence_reason_and_samples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = next(line for line in shown(capsys, an_analysis()) if line.startswith("A "))
    assert line.split("  ")[0] == "A"
    for part in ("Dept.", "department", "certain 98%", "named 'Dept.'", "Sales | Legal"):
        assert part in line


def test_a_wide_column_names_its_period(capsys: pytest.CaptureFixture[str]) -> None:
    assert any("budgeted amount, FY2026" in line for line in shown(capsys, an_analysis()))


def test_what_is_left_out_stands_apart_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.rstrip() for line in shown(capsys, an_analysis())]
    assert "  B  Owner  names of people" in lines[lines.index("Left out") :]


def test_the_first_lines_say_what_it_is_and_how_it_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    first, second, *_ = shown(capsys, an_analysis())
    assert first == "plan.csv  budget certain 97%"
    assert second.startswith("utf-8 · delimiter semicolon · header in row 3 · layout long · 10 budget rows of 12")


def test_control_totals_have_a_tick_or_the_difference(capsys: pytest.CaptureFixture[str]) -> None:
    totals = [
        ControlTotal(7, "Total", Decimal(50), Decimal(50), agrees=True),
        ControlTotal(8, "Sum", Decimal(50), Decimal(45), agrees=False),
    ]
    text = "\n".join(shown(capsys, an_analysis(control_totals=totals)))
    assert "row 8  Total  50.00  ✓" in text
    assert "✗ the lines give 45.00, -5.00 apart" in text


def test_a_question_shows_what_each_answer_would_change(capsys: pytest.CaptureFixture[str]) -> None:
    question = Question("which_year", "Which year?", [Answer("FY2026", "FY2026", "12 lines in 2026")])
    text = "\n".join(shown(capsys, an_analysis(questions=[question], can_proceed=False)))
    assert "? Which year?" in text
    assert "FY2026: 12 lines in 2026" in text
    assert "Needs a person" in text


def test_a_question_that_needs_no_answer_says_what_is_done_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    question = Question("which_sheet", "Which sheet?", [Answer("Plan", "Plan", "")], blocking=False)
    (line,) = [line for line in shown(capsys, an_analysis(questions=[question])) if line.startswith("? ")]
    assert line == "? Which sheet?  (needs no answer: without one it is imported as shown)"


def test_the_sheets_beside_the_chosen_one_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    sheets = ["Cover", "Plan", "Notes"]
    assert shown(capsys, an_analysis(sheet="Plan", sheets=sheets))[1].startswith("sheet Plan (not Cover, Notes) · ")
    many = ["Plan", *map(str, range(8))]
    assert shown(capsys, an_analysis(sheet="Plan", sheets=many))[1].startswith(
        "sheet Plan (not 0, 1, 2, 3, 4 and 3 more)"
    )


def test_escape_sequences_of_a_file_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    mapping = ColumnMapping("\x1b[2JDept", 0, TargetField.DEPARTMENT, 1.0, "[red]named[/red]", ["a\u202eb"])
    text = "\n".join(shown(capsys, an_analysis(mappings=[mapping])))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]named[/red]" in text


def test_text_from_a_file_stays_on_one_line() -> None:
    assert printable("Cost\n center\t1") == "Cost center 1"


def test_the_sum_is_a_decimal_string_and_control_totals_are_numbers() -> None:
    total = ControlTotal(7, "Total", Decimal("50.10"), None, agrees=None)
    line = analysis_line(an_analysis(sum_budgeted=Decimal("1E+3"), control_totals=[total]))
    assert b'"sumBudgeted":"1000"' in line
    assert b'"stated":50.10' in line
    assert b"\n" not in line


def test_a_refusal_names_file_code_and_message() -> None:
    line = refusal_line("x.pdf", UnreadableFileError("This is a PDF.", reason="pdf"))
    assert line == b'{"fileName":"x.pdf","error":{"code":"unreadable_file","message":"This is a PDF."}}'


@pytest.mark.parametrize(
    ("confidence", "words"), [(1.0, "certain 100%"), (0.95, "certain 95%"), (0.8, "likely 80%"), (0.2, "a guess 20%")]
)
def test_confidence_is_said_in_words(confidence: float, words: str) -> None:
    assert confidence_words(confidence).plain == words


@pytest.mark.parametrize(
    ("amount", "text"), [("1234567.5", "1,234,567.50"), ("-3", "-3.00"), ("0.1234", "0.1234"), ("1E+3", "1,000.00")]
)
def test_money_has_its_thousands_separated(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text
