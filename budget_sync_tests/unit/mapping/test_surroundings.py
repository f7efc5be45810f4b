"""What stands around the table: sheets, titles, file names, scales, currencies, and the questions left open."""

from decimal import Decimal

import pytest

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.mapping import UnderstandingRequest, understand
from budget_sync.mapping.analysis import ColumnMapping
from budget_sync.reading.document import Document, Grid
from budget_sync_tests.unit.mapping.tables import analysed, document_of, grid_of, lines, understood

PLAIN = """
    Item   | Amount
    Travel | 1200.50
    Paper  | 310
    Rent   | 9500
"""


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("in thousands of dollars", 1000),
        ("Beträge in T€", 1000),
        ("(en milliers d'euros)", 1000),
        ("USD million", 1_000_000),
        ("Budget 2025", 1),
        ("2,000 places in the school", 1),
    ],
)
def test_scale_words_in_titles(title: str, scale: int) -> None:
    assert analysed(f"{title} |\n{PLAIN.strip(chr(10))}").amount_scale == scale


def test_a_scale_in_the_header_of_the_amounts() -> None:
    analysis = analysed("""
        Activity | Montant (en milliers)
        School   | 50000
        Road     | 250
        Bridge   | 1800
    """)
    assert analysis.amount_scale == 1000
    assert analysis.sum_budgeted == 52050


@pytest.mark.parametrize(
    ("header", "currency"), [("Amount (EUR)", "EUR"), ("Budget £", "GBP"), ("Betrag in CHF", "CHF"), ("Amount", None)]
)
def test_the_currency_of_a_header(header: str, currency: str | None) -> None:
    understanding = understood(f"""
        Department | {header}
        Sales      | 1200.50
        Finance    | 310
    """)
    assert (understanding.currency.value if understanding.currency else None) == currency


def test_a_file_without_a_currency_says_which_one_is_taken() -> None:
    notes = understood(PLAIN, defaults=Defaults(currency="CHF")).analysis.notes
    assert "The file names no currency; CHF is taken, as the import or the customer says." in notes
    named = understood(PLAIN.replace("Amount", "Amount (EUR)"), defaults=Defaults(currency="CHF")).analysis.notes
    assert not any("names no currency" in note for note in named)


def test_a_sum_over_several_currencies_says_so() -> None:
    table = """
        Department | Currency | Amount
        Sales      | EUR      | 1200.50
        Finance    | {other}  | 310
        Legal      |          | 75
    """
    several = "The lines are in several currencies (EUR, GBP); the sum of the file adds their figures as they stand."
    assert several in understood(table.format(other="GBP")).analysis.notes
    assert not any("several currencies" in note for note in understood(table.format(other="EUR")).analysis.notes)


def test_the_currency_of_the_cells() -> None:
    understanding = understood("""
        Department | Amount
        Sales      | €1200.50
        Finance    | €310.00
    """)
    assert understanding.currency is not None
    assert (understanding.currency.value, understanding.currency.origin) == ("EUR", "cells")
    assert understanding.analysis.sum_budgeted == Decimal("1510.50")


def test_the_period_of_a_title_comes_before_that_of_the_file_name() -> None:
    understanding = understood(f"Plan for FY2026 |\n{PLAIN.strip(chr(10))}", name="export 2024.csv")
    assert understanding.fiscal_period is not None
    assert (understanding.fiscal_period.value, understanding.fiscal_period.origin) == ("FY2026", "title")


def test_the_period_of_the_file_name_serves_where_nothing_else_says_it() -> None:
    understanding = understood(PLAIN, name="budget_2024-25.csv")
    assert [line[2] for line in lines(understanding)] == ["FY2025"] * 3


def test_the_day_of_a_print_is_not_the_time_of_the_plan() -> None:
    table = f"Printed on | 2024-11-20\n{PLAIN.strip(chr(10))}"
    assert [line[2] for line in lines(understood(table, name="plan 2025.csv"))] == ["FY2025"] * 3
    understanding = understood(table, name="plan.csv")
    assert "which_period" in [question.code for question in understanding.analysis.questions]


def test_the_department_of_a_title() -> None:
    understanding = understood("""
        Department | Sales
        Budget 2025 |

        Item       | Amount
        Travel     | 1200.50
        Paper      | 310
        Rent       | 77
    """)
    assert {line[0] for line in lines(understanding)} == {"Sales"}
    assert understanding.analysis.required_fields_missing == []


def test_what_is_missing_is_asked() -> None:
    analysis = analysed(PLAIN)
    assert analysis.required_fields_missing == [TargetField.DEPARTMENT, TargetField.FISCAL_PERIOD]
    assert {"which_period", "which_department"} <= {question.code for question in analysis.questions}
    assert not analysis.can_proceed


def test_without_amounts_only_what_no_column_was_taken_for_is_missing() -> None:
    rows = "\n".join(f"Team {n % 9} | Item {n} | FY2026 | {n}" for n in range(1, 40))
    analysis = analysed(f"Department | Category | Fiscal Year | Number\n{rows}")
    assert analysis.required_fields_missing == [TargetField.BUDGETED_AMOUNT]


def test_defaults_answer_what_is_missing() -> None:
    understanding = understood(PLAIN, defaults=Defaults(department="Sales", fiscal_period="FY2025"))
    assert understanding.analysis.required_fields_missing == []
    assert not {"which_period", "which_department"} & {one.code for one in understanding.analysis.questions}


def test_two_columns_that_could_be_the_amount_are_asked_with_the_difference() -> None:
    analysis = analysed("""
        Department | Amount A | Amount B
        Sales      | 1200.5   | 1300.5
        Finance    | 310      | 320
        Research   | 95       | 90
    """)
    question = next(one for one in analysis.questions if one.code == "which_amount")
    assert [answer.label for answer in question.answers] == ["Amount A", "Amount B"]
    assert question.answers[1].effect == "the total is 105.0 higher"
    assert question.blocking


def test_ambiguous_thousands_are_asked() -> None:
    analysis = analysed("""
        Department | Budget
        Sales      | 1,234
        Finance    | 5,678
    """)
    assert "which_decimal_sign" in {question.code for question in analysis.questions}


def test_rows_equal_in_every_column_are_asked() -> None:
    analysis = analysed("""
        Department | Item   | Budget
        Sales      | Travel | 100
        Sales      | Travel | 100
        Finance    | Travel | 300
    """)
    question = next(one for one in analysis.questions if one.code == "same_rows")
    assert [answer.value for answer in question.answers] == ["sum", "first", "error"]


def test_a_file_that_may_be_no_budget_is_asked_about_or_refused() -> None:
    analysis = analysed("""
        Invoice No | Invoice date | Customer | Amount due
        1001       | 2025-03-04   | Ann      | 1200
        1002       | 2025-03-05   | Bob      | 310
    """)
    assert not analysis.can_proceed


COVER = """
    Annual plan
    of the works
"""


def test_of_several_sheets_the_one_with_the_budget_is_taken() -> None:
    document = document_of(grid_of(COVER, "Cover"), grid_of(PLAIN, "Budget 2025"), grid_of("a | b", "Lists"))
    analysis = understand(document).analysis
    assert analysis.sheet == "Budget 2025"
    assert analysis.sheets == ["Cover", "Budget 2025", "Lists"]
    assert analysis.columns_of(TargetField.BUDGETED_AMOUNT)[0].period == "FY2025"


def test_a_sheet_asked_for_by_name_is_taken() -> None:
    document = document_of(grid_of(PLAIN, "Plan A"), grid_of(PLAIN.replace("9500", "9600"), "Plan B"))
    assert understand(document, UnderstandingRequest(sheet="Plan B")).analysis.sheet == "Plan B"


def test_hidden_sheets_are_passed_over() -> None:
    document = document_of(grid_of(PLAIN, "Budget", hidden=True), grid_of(PLAIN, "Visible"))
    assert understand(document).analysis.sheet == "Visible"


def test_a_header_row_that_a_person_chose_is_taken() -> None:
    understanding = understood("Draft | Value\n" + PLAIN.strip("\n"), request=UnderstandingRequest(header_row=1))
    assert understanding.analysis.header_row == 1


def test_an_approved_mapping_gives_the_same_lines_again() -> None:
    text = """
        Department | Item   | Jan 2025 | Feb 2025
        Sales      | Travel | 100      | 110
        Finance    | Paper  | 20       | 22
        Research   | Rent   | 300      | 330
    """
    first = understood(text)
    again = understood(text, request=UnderstandingRequest(mappings=tuple(first.analysis.mappings)))
    assert lines(again) == lines(first)
    assert again.analysis.sum_budgeted == first.analysis.sum_budgeted


def test_what_a_person_left_out_stays_out() -> None:
    text = """
        Department | Item   | Budget | Reserve
        Sales      | Travel | 100.5  | 10
        Finance    | Paper  | 20     | 3
        Research   | Rent   | 300    | 40
    """
    mappings = (
        ColumnMapping("Department", 0, None, 0, ""),
        ColumnMapping("Item", 1, TargetField.DEPARTMENT, 1, ""),
        ColumnMapping("Reserve", 3, TargetField.BUDGETED_AMOUNT, 1, "", period="FY2027"),
        ColumnMapping("Gone", 9, TargetField.BUDGETED_AMOUNT, 1, ""),
    )
    understanding = understood(text, request=UnderstandingRequest(mappings=mappings))
    assert lines(understanding) == [
        ("Travel", "", "FY2027", "10"),
        ("Paper", "", "FY2027", "3"),
        ("Rent", "", "FY2027", "40"),
    ]


def test_a_workbook_keeps_text_that_looks_like_a_number_apart() -> None:
    rows = [["Fund", "2025", "2026"], ["0100", "1200.5", "1300"], ["0200", "310", "320"], ["0300", "95", "99"]]
    grid = Grid(rows, "Plan", ["ttt", "tnn", "tnn", "tnn"])
    analysis = understand(Document("plan.xlsx", "xlsx", [grid])).analysis
    assert analysis.sum_budgeted == Decimal("3324.5")


@pytest.mark.parametrize(
    "rows", [[], [[]], [[""]], [["only one cell"]], [["a"], ["b"], ["c"]], [["1", "2"], ["3", "4"]]]
)
def test_nearly_nothing_is_understood_as_nothing(rows: list[list[str]]) -> None:
    analysis = understand(Document("x.csv", "csv", [Grid(rows)])).analysis
    assert not analysis.can_proceed


def test_the_unit_of_the_amounts_in_a_title_is_no_department() -> None:
    understanding = understood("""
        2024年部门预算表 |
        单位:万元       |
        科目名称         | 预算金额
        教育             | 900.50
        医疗             | 1200
    """)
    assert understanding.department is None
    assert understanding.analysis.amount_scale == 10000
    assert understanding.analysis.columns_of(TargetField.BUDGETED_AMOUNT)[0].period == "FY2024"


def test_sheets_that_look_alike_are_asked_about_without_waiting() -> None:
    document = document_of(grid_of(PLAIN, "North"), grid_of(PLAIN, "South"), grid_of(COVER, "Cover"))
    question = next(one for one in understand(document).analysis.questions if one.code == "which_sheet")
    assert [answer.value for answer in question.answers] == ["North", "South"]
    assert not question.blocking


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Revenue 2025", "revenue"),
        ("Einnahmen Plan 2025", "revenue"),
        ("Expenses 2025", "expense"),
        ("Sales budget 2025", None),
        ("Revenue Services Department Budget 2025", None),
        ("Revenue and expenses 2025", None),
    ],
)
def test_a_title_says_the_type_of_all_lines_where_it_says_nothing_else(title: str, expected: str | None) -> None:
    understanding = understood(f"{title} |\n{PLAIN.lstrip()}")
    found = understanding.line_type.value if understanding.line_type else None
    assert found == expected
    assert any("the lines are revenue" in note for note in understanding.analysis.notes) == (expected == "revenue")


def test_a_file_that_is_named_for_sales_holds_expenses() -> None:
    assert understood(PLAIN, "sales_budget_2025.csv").line_type is None


@pytest.mark.parametrize("header", ["Req ID", "Request"])
def test_a_letter_before_the_number_of_a_request_is_no_currency(header: str) -> None:
    table = f"""
        {header} | Department | Description  | Budget 2027
        R-001  | Police     | Body cameras | 138000
        R-002  | Parks      | Mower        | 32000
        R-003  | Library    | Databases    | 14500
    """
    assert not any("currency" in note for note in analysed(table).notes)


@pytest.mark.parametrize(
    ("corner", "scale"),
    [("($ in millions)", 1_000_000), ("In thousands", 1000), ("£000", 1000), ("Million Trees Programme", 1)],
)
def test_the_scale_may_stand_in_the_corner_over_the_names(corner: str, scale: int) -> None:
    analysis = analysed(f"""
        {corner}         | FY 2025 Budget | FY 2026 Budget
        Personal service | 56.2           | 57.9
        Debt service     | 4.1            | 4.6
        Rents            | 24.8           | 25.0
    """)
    assert analysis.amount_scale == scale


def test_a_sheet_with_a_budget_goes_before_a_longer_one_of_what_was_spent_day_by_day() -> None:
    spent = grid_of(
        """
        Department | Category | Vendor | Date       | Amount
        Design     | Software | Arbor  | 2026-01-10 | 1250
        Design     | Software | Quill  | 2026-01-15 | 240
        Legal      | Advice   | Lex    | 2026-01-20 | 8900
        Legal      | Books    | Folio  | 2026-02-03 | 150
        Sales      | Travel   | Aero   | 2026-02-05 | 3200
        Sales      | Hotel    | Inn    | 2026-02-11 | 1800
        """,
        "Q1 Expenses",
    )
    plan = grid_of(
        """
        Department | Q1 Budget | Q1 Actual
        Design     | 9500      | 1490
        Legal      | 4000      | 9050
        Sales      | 1000      | 5000
        """,
        "Budget",
    )
    analysis = understand(document_of(spent, plan, name="quarterly report.xlsx"), UnderstandingRequest()).analysis
    assert (analysis.sheet, analysis.sum_budgeted) == ("Budget", Decimal(14500))


@pytest.mark.parametrize(
    ("form", "department"),
    [
        ("Department: | Marketing |", "Marketing"),
        ("Department: | Fiscal year: | 2025", ""),
        ("Department: | Fiscal year | 2025", ""),
        ("Department: | |", ""),
    ],
)
def test_a_form_above_the_table_names_the_department_in_the_next_cell(form: str, department: str) -> None:
    understanding = understood(f"""
        {form}
               |         |
        Item   | Budget  | Remark
        Ads    | 5000    | online
        Fairs  | 7000    |
        Travel | 900     |
    """)
    assert (understanding.department.value if understanding.department else "") == department
