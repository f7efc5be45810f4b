"""Amount cells that hold no number: formulas without a result, errors, percentages, nothing at all."""

import pytest

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.mapping import Understanding, understand
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.reading.document import Document, Grid
from budget_sync.validation import validate
from budget_sync_tests.unit.mapping.tables import analysed, columns, rows_of, understood

EURO = Defaults(currency="EUR")


def workbook(text: str, kinds: list[str], units: dict[int, str] | None = None) -> Understanding:
    """The understanding of a sheet drawn as text, with the kind of each of its cells."""
    grid = Grid(rows_of(text), "Plan", kinds, number_units=units or {})
    return understand(Document("plan.xlsx", "xlsx", [grid]), UnderstandingRequest(defaults=EURO))


def test_a_formula_without_a_value_is_an_error_in_a_line_and_nothing_in_a_total() -> None:
    understanding = workbook(
        """
        Department | Category | Year | Budget
        Sales      | Travel   | 2025 | 1200
        Sales      | Fairs    | 2025 |
        Finance    | Audit    | 2025 | 5600
        Finance    | Paper    | 2025 | 780
        Total      |          |      |
        """,
        ["tttt", "ttnn", "ttnf", "ttnn", "ttnn", "t  f"],
    )
    validated = validate(understanding, EURO)
    assert [(error.row, error.column, error.code) for error in validated.errors] == [
        (2, "Budget", "formula_without_value")
    ]
    assert understanding.analysis.control_totals == []
    assert set(validated.lines.line_type) == {"expense"}
    assert validated.total_rows == 4


def test_an_error_cell_keeps_its_own_row_back_alone() -> None:
    understanding = workbook(
        """
        Department | Category | Year | Budget | Share
        Sales      | Travel   | 2025 | 1200   | 1
        Sales      | Fairs    | 2025 | #REF!  | 2
        Finance    | Audit    | 2025 | 5600   | #DIV/0!
        Finance    | Paper    | 2025 | 780    | 7
        """,
        ["ttttt", "ttnnn", "ttnen", "ttnne", "ttnnn"],
    )
    validated = validate(understanding, EURO)
    assert [(error.row, error.value, error.code) for error in validated.errors] == [(2, "#REF!", "bad_amount")]
    assert sorted(validated.lines.row) == [1, 3, 4]


def test_a_row_that_names_everything_but_an_amount_opens_no_section() -> None:
    understanding = understood("""
        Department | Category | Year | Budget
        Sales      | Travel   | 2025 |
        Finance    | Audit    | 2025 | 200
        Personnel  | Training | 2025 | 300
    """)
    assert understanding.texts.line_type == ["", ""]
    assert understanding.texts.department == ["Finance", "Personnel"]


@pytest.mark.parametrize("unit", ["%", "€"])
def test_a_column_shown_as_percentages_is_no_amount(unit: str) -> None:
    understanding = workbook(
        """
        Department | Category | Planned | 2025
        Sales      | Travel   | 0.12    | 0.88
        Sales      | Fairs    | 0.34    | 0.25
        Finance    | Audit    | 0.56    | 0.31
        """,
        ["tttn", "ttnn", "ttnn", "ttnn"],
        {2: "%", 3: unit},
    )
    expected = [] if unit == "%" else ["2025"]
    assert columns(understanding.analysis, TargetField.BUDGETED_AMOUNT) == expected


def test_shares_in_a_text_file_are_no_amounts() -> None:
    analysis = analysed("""
        Department | Category | Budget | Share
        Sales      | Travel   | 1200   | 12 %
        Sales      | Fairs    | 3400   | 34 %
        Finance    | Audit    | 5600   | 54 %
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Budget"]


def test_one_percentage_in_a_column_of_amounts_leaves_the_amounts() -> None:
    understanding = workbook(
        """
        Department | Category | Budget
        Sales      | Travel   | 1200
        Sales      | Fairs    | 3400
        Finance    | Audit    | 5600
        Growth     |          | 0.05
        """,
        ["ttt", "ttn", "ttn", "ttn", "t n"],
        {2: "%"},
    )
    assert columns(understanding.analysis, TargetField.BUDGETED_AMOUNT) == ["Budget"]
