"""A file's rows become lines or reasons: a source row whole or not at all."""

# ruff: noqa: RUF001 (signs of other scripts are what is tested)

import pytest

from budget_sync.domain.amount_text import PLAIN_STYLE, NumberStyle
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.mapping.understanding import AmountColumn
from budget_sync.validation import LINE_COLUMNS, ValidatedLines, validate
from budget_sync.validation.schema import LINES_SCHEMA
from budget_sync_tests.unit.validation.understood import understood, with_mapping

NONE = Defaults()
MONTHS = tuple(AmountColumn(3 + number, PLAIN_STYLE, period=f"2025-0{number + 1}") for number in range(3))
WIDE = ("Department", "Category", "Period", "Jan", "Feb", "Mar")


def amounts(validated: ValidatedLines) -> list[str]:
    return validated.lines.budgeted_amount


def test_a_good_row_becomes_a_line_as_the_schema_has_it() -> None:
    validated = validate(understood([[" IT ", "Soft\u00a0ware", "FY2025", "1200.5"]]), NONE)
    assert validated.errors == []
    assert validated.lines.frame().to_dict("records") == [
        {
            "row": 1,
            "column": 3,
            "department": "IT",
            "sub_category": "Soft ware",
            "fiscal_period": "FY2025",
            "line_type": "expense",
            "currency": "EUR",
            "budgeted_amount": "1200.5",
            "raw_amount": "1200.5",
        }
    ]
    assert LINES_SCHEMA.validate(validated.lines.frame()) is not None


def test_what_the_file_leaves_out_comes_from_the_defaults() -> None:
    validated = validate(understood([["", "", "", "5"]], currency=""), Defaults("Ops", "2025-03", "USD"))
    lines = validated.lines
    assert (lines.department, lines.sub_category, lines.fiscal_period, lines.currency) == (
        ["Ops"],
        [""],
        ["2025-03"],
        ["USD"],
    )


@pytest.mark.parametrize(
    ("text", "default", "start", "expected"),
    [
        ("Mar", "FY2025", 1, "2025-03"),
        ("Jul", "FY2025", 7, "2024-07"),
        ("Q2", "FY2025", 1, "FY2025-Q2"),
        ("2024-05", "FY2025", 1, "2024-05"),
        ("FY2024", "FY2025", 1, "FY2024"),
        ("", "FY2025-Q1", 1, "FY2025-Q1"),
    ],
)
def test_a_month_without_a_year_is_completed_by_the_default_year(
    text: str, default: str, start: int, expected: str
) -> None:
    defaults = Defaults(fiscal_period=default, fiscal_year_start=start)
    validated = validate(understood([["IT", "A", text, "1"]]), defaults)
    assert validated.lines.fiscal_period == [expected]


def test_a_month_without_a_year_stays_an_error_where_no_year_is_known() -> None:
    for defaults in (NONE, Defaults(fiscal_period="2025-03")):
        validated = validate(understood([["IT", "A", "Mar", "1"]]), defaults)
        assert [error.code for error in validated.errors] == ["bad_period"]


@pytest.mark.parametrize(
    ("row", "currency", "code", "column", "value"),
    [
        (["", "A", "FY2025", "1"], "EUR", "no_department", "Department", ""),
        (["IT", "A", "", "1"], "EUR", "no_period", "Period", ""),
        (["IT", "A", "soon", "1"], "EUR", "bad_period", "Period", "soon"),
        (["IT", "A", "FY2025-Q5", "1"], "EUR", "bad_period", "Period", "FY2025-Q5"),
        (["IT", "A", "FY٢٠٢٥", "1"], "EUR", "bad_period", "Period", "FY٢٠٢٥"),
        (["IT", "A", "FY2025", "1"], "", "no_currency", None, ""),
        (["IT", "A", "FY2025", "1"], "Taler", "bad_currency", None, "Taler"),
        (["x" * 501, "A", "FY2025", "1"], "EUR", "bad_name", "Department", "x" * 501),
        (["IT", "A\x00B", "FY2025", "1"], "EUR", "bad_name", "Category", "A\x00B"),
        (["IT", "A\x85B\x9f", "FY2025", "1"], "EUR", "bad_name", "Category", "A B\x9f"),
        (["IT", "\u4e00" * 401, "FY2025", "1"], "EUR", "bad_name", "Category", "\u4e00" * 401),
        (["\u200b", "A", "FY2025", "1"], "EUR", "no_department", "Department", ""),
        (["IT", "A", "FY2025", "12%"], "EUR", "bad_amount", "Amount", "12%"),
        (["IT", "A", "FY2025", "#REF!"], "EUR", "bad_amount", "Amount", "#REF!"),
        (["IT", "A", "FY2025", "١٢"], "EUR", "bad_amount", "Amount", "١٢"),
        (["IT", "A", "FY2025", "1e400"], "EUR", "bad_amount", "Amount", "1e400"),
        (["IT", "A", "FY2025", "1234567890123456"], "EUR", "amount_too_large", "Amount", "1234567890123456"),
        (["IT", "A", "FY2025", "9" * 33 + ".123456"], "EUR", "amount_too_large", "Amount", "9" * 33 + ".123456"),
        (["IT", "A", "FY2025", "9" * 99], "EUR", "bad_amount", "Amount", "9" * 99),
        (["IT", "A", "FY2025", "1E99"], "EUR", "amount_too_large", "Amount", "1E99"),
    ],
)
def test_a_bad_cell_keeps_its_row_back_and_says_why(
    row: list[str], currency: str, code: str, column: str | None, value: str
) -> None:
    validated = validate(understood([row], currency=currency), NONE)
    assert len(validated.lines) == 0
    (error,) = validated.errors
    assert (error.row, error.code, error.column, error.value) == (1, code, column, value)
    assert error.reason.endswith(".")
    assert (validated.total_rows, validated.error_rows, validated.success_rows) == (1, 1, 0)


def test_a_line_type_that_is_neither_is_refused() -> None:
    validated = validate(understood([["IT", "A", "FY2025", "1"]], line_types=["transfer"]), NONE)
    assert [error.code for error in validated.errors] == ["bad_line_type"]


def test_a_bad_row_does_not_switch_off_the_checks_of_the_others() -> None:
    rows = [["IT", "A", "FY2025", "x"], ["", "B", "FY2025", "2"], ["IT", "C", "FY2025", "3"], ["IT", "D", "?", "y"]]
    validated = validate(understood(rows), NONE)
    assert [(error.row, error.code) for error in validated.errors] == [
        (1, "bad_amount"),
        (2, "no_department"),
        (4, "bad_amount"),
        (4, "bad_period"),
    ]
    assert amounts(validated) == ["3"]


def test_one_bad_month_keeps_the_whole_row_back() -> None:
    rows = [["IT", "A", "", "1", "x", "3"], ["IT", "B", "", "4", "5", "6"]]
    validated = validate(understood(rows, amounts=MONTHS, headers=WIDE), NONE)
    assert [(error.row, error.column) for error in validated.errors] == [(1, "Feb")]
    assert amounts(validated) == ["4", "5", "6"]
    assert validated.lines.fiscal_period == ["2025-01", "2025-02", "2025-03"]
    assert (validated.total_rows, validated.success_rows) == (2, 1)


def test_a_name_that_is_missing_in_a_wide_row_is_said_once() -> None:
    validated = validate(understood([["", "A", "", "1", "2", "3"]], amounts=MONTHS, headers=WIDE), NONE)
    assert [error.code for error in validated.errors] == ["no_department"]


def test_nil_marks_and_empty_cells_make_no_line_and_no_error() -> None:
    validated = validate(understood([["IT", "A", "", "-", "", "n/a"]], amounts=MONTHS, headers=WIDE), NONE)
    assert (len(validated.lines), validated.errors, validated.success_rows) == (0, [], 1)


def test_zero_is_an_amount() -> None:
    validated = validate(understood([["IT", "A", "FY2025", "0.00"], ["IT", "B", "FY2025", "-0"]]), NONE)
    assert amounts(validated) == ["0", "0"]


def test_a_file_whose_expenses_are_all_negative_is_turned_round() -> None:
    rows = [["IT", "A", "FY2025", "-10"], ["IT", "B", "FY2025", "(20)"], ["IT", "C", "FY2025", "900"]]
    validated = validate(understood(rows, line_types=["expense", "", "revenue"]), NONE)
    assert amounts(validated) == ["10", "20", "900"]
    assert validated.lines.raw_amount == ["-10", "(20)", "900"]
    assert validated.notes == ["All 2 expense amounts are negative in the file; they were loaded as positive."]


def test_the_only_amount_of_a_file_is_turned_round_like_many() -> None:
    validated = validate(understood([["IT", "A", "FY2025", "-100"], ["IT", "B", "FY2025", "0"]]), NONE)
    assert amounts(validated) == ["100", "0"]
    assert validated.notes == ["The only expense amount is negative in the file; it was loaded as positive."]


def test_a_single_negative_line_among_positive_ones_is_a_reduction() -> None:
    validated = validate(understood([["IT", "A", "FY2025", "10"], ["IT", "B", "FY2025", "-2"]]), NONE)
    assert amounts(validated) == ["10", "-2"]
    assert validated.notes == []


def test_more_than_four_decimals_are_rounded_half_even_with_a_note() -> None:
    rows = [["IT", str(number), "FY2025", text] for number, text in enumerate(["1.00005", "1.00015", "2.5", "3.12340"])]
    validated = validate(understood(rows), NONE)
    assert amounts(validated) == ["1.0000", "1.0002", "2.5", "3.1234"]
    assert validated.notes == ["2 amounts have more than 4 decimals; rounded to 4, halves to the even digit."]


def test_amounts_in_thousands_are_multiplied_with_a_note() -> None:
    validated = validate(understood([["IT", "A", "FY2025", "1.5"]], scale=1000), NONE)
    assert amounts(validated) == ["1500.0"]
    assert validated.notes == ["The file counts in units of 1,000; every amount was multiplied by 1,000."]


def test_one_amount_of_too_many_decimals_is_told_in_the_singular() -> None:
    validated = validate(understood([["IT", "A", "FY2025", "1.23456"]]), NONE)
    assert validated.notes == ["1 amount has more than 4 decimals; rounded to 4, halves to the even digit."]


def test_a_column_with_decimal_commas_is_read_so_and_its_plain_workbook_numbers_are_not() -> None:
    style = NumberStyle(",", ".")
    rows = [["IT", "A", "FY2025", "1.234,5"], ["IT", "B", "FY2025", "1234.567"]]
    kinds = ["tttt", "tttt", "tttn"]
    validated = validate(understood(rows, kinds=kinds, amounts=[AmountColumn(3, style)]), NONE)
    assert amounts(validated) == ["1234.5", "1234.567"]


def test_a_formula_without_a_stored_value_keeps_its_row_back() -> None:
    rows = [["IT", "A", "FY2025", ""], ["IT", "B", "FY2025", "2"]]
    validated = validate(understood(rows, kinds=["tttt", "tttf", "tttn"]), NONE)
    assert [(error.row, error.code, error.column) for error in validated.errors] == [
        (1, "formula_without_value", "Amount")
    ]
    assert amounts(validated) == ["2"]


def test_a_column_without_a_name_is_called_by_its_place() -> None:
    validated = validate(
        understood([["IT", "A", "FY2025", "x"]], headers=["Department", "Category", "Period", " "]), NONE
    )
    assert validated.errors[0].column == "column 4"


def test_a_field_without_a_column_has_no_column_in_its_error() -> None:
    understanding = with_mapping(understood([["", "A", "FY2025", "1"]]), 0, None)
    assert validate(understanding, NONE).errors[0].column is None
    renamed = with_mapping(understood([["", "A", "FY2025", "1"]]), 0, TargetField.DEPARTMENT)
    assert validate(renamed, NONE).errors[0].column == "Department"


def test_a_long_value_is_shortened_in_its_reason() -> None:
    validated = validate(understood([["IT", "A", "p" * 90, "1"]]), NONE)
    assert "p" * 60 + "…" in validated.errors[0].reason
    assert "p" * 61 not in validated.errors[0].reason


def test_an_empty_file_has_no_lines_and_no_errors() -> None:
    validated = validate(understood([]), NONE)
    assert (len(validated.lines), validated.errors, validated.total_rows) == (0, [], 0)
    assert tuple(validated.lines.frame().columns) == LINE_COLUMNS


def test_the_schema_has_the_columns_of_the_lines_in_their_order() -> None:
    assert tuple(LINES_SCHEMA.columns) == LINE_COLUMNS
    assert all(column.description for column in LINES_SCHEMA.columns.values())
