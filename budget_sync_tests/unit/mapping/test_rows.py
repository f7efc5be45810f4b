"""What the rows of a file are: lines, sections, blocks, notes, headers again."""

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns, lines, understood


def test_section_rows_are_filled_down_as_departments() -> None:
    understanding = understood(
        """
        Item           | Budget
        Sales          |
        Travel         | 1000
        Software       | 2000
        Finance        |
        Travel         | 300
        Audit          | 4000
    """,
        name="budget 2025.csv",
    )
    assert lines(understanding) == [
        ("Sales", "Travel", "FY2025", "1000"),
        ("Sales", "Software", "FY2025", "2000"),
        ("Finance", "Travel", "FY2025", "300"),
        ("Finance", "Audit", "FY2025", "4000"),
    ]


def test_sections_of_revenue_and_expense_say_the_line_type_and_are_no_departments() -> None:
    understanding = understood("""
        Item          | Budget 2025
        Revenue       |
        Memberships   | 5000
        Donations     | 1500
        Expenses      |
        Rent          | 4000
        Travel        | 900
    """)
    column = understanding.amounts[0]
    texts = understanding.lines_of(column)
    assert texts.line_type == ["revenue", "revenue", "expense", "expense"]
    assert texts.department == [""] * 4


def test_a_label_written_once_a_group_holds_for_the_rows_below() -> None:
    understanding = understood("""
        Department | Item   | FY2025
        Sales      | Travel | 100
                   | Paper  | 20
                   | Rent   | 3000
        Finance    | Travel | 400
                   | Audit  | 5000
    """)
    assert [line[0] for line in lines(understanding)] == ["Sales", "Sales", "Sales", "Finance", "Finance"]


def test_a_header_that_comes_again_is_no_line() -> None:
    analysis = analysed("""
        Item   | Amount
        Travel | 1000
        Paper  | 200

        Item   | Amount
        Rent   | 3000
        Audit  | 4000
    """)
    assert analysis.header_row == 0
    assert analysis.budget_rows == 4
    assert analysis.sum_budgeted == 8200


def test_notes_and_titles_are_no_lines() -> None:
    analysis = analysed("""
        City of Example
        Adopted budget 2025 (in thousands)

        Department | Amount
        Sales      | 1000
        Finance    | 2000
        Research   | 3000

        Source: Department of Finance, adopted on 12 December 2024 by the council of the city
    """)
    assert analysis.header_row == 3
    assert analysis.budget_rows == 3
    assert analysis.amount_scale == 1000
    assert analysis.columns_of(TargetField.BUDGETED_AMOUNT)[0].period == "FY2025"


def test_plan_and_actual_in_rows_are_told_apart() -> None:
    analysis = analysed("""
        Amount | Kind   | Year | Department
        900    | Actual | 2025 | Sales
        1000   | Plan   | 2025 | Sales
        1900   | Actual | 2025 | Finance
        2000   | Plan   | 2025 | Finance
    """)
    assert analysis.sum_budgeted == 3000
    assert analysis.row_filters[0].keep == ["Plan"]


def test_without_a_header_the_columns_are_known_by_their_values() -> None:
    analysis = analysed("""
        Travel    | 1000.50
        Paper     | 210.25
        Rent      | 3000
        Insurance | 770.40
    """)
    assert analysis.header_row is None
    assert [one.column_index for one in analysis.columns_of(TargetField.SUB_CATEGORY)] == [0]
    assert [one.column_index for one in analysis.columns_of(TargetField.BUDGETED_AMOUNT)] == [1]
    assert analysis.budget_rows == 4


def test_a_row_that_numbers_the_columns_belongs_to_the_header() -> None:
    analysis = analysed("""
        Chapter | Item | Adopted budget | Revised budget | Outturn
        a       | b    | 1              | 2              | 3
        1019    | 5011 | 60000          | 188000         | 131538.33
        1019    | 5021 | 280000         | 440000         | 384670
        1037    | 5031 | 80000          | 80000          | 62884.61
    """)
    assert analysis.header_row == 0
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Revised budget"]
    assert analysis.sum_budgeted == 708000


def test_of_tables_side_by_side_the_one_with_the_budget_is_read() -> None:
    analysis = analysed("""
        Summary  | Value |  | Cost item     | Budget
        Income   | 633   |  | Net salaries  | 9500
        Expenses | 545   |  | Social cost   | 4000
                 |       |  | Bonuses       | 5000
                 |       |  | Rent          | 2000
                 |       |  | Insurance     | 1300
    """)
    assert [one.column_index for one in analysis.columns_of(TargetField.BUDGETED_AMOUNT)] == [4]
    assert analysis.sum_budgeted == 21800


def test_a_row_of_units_below_the_header_is_no_line() -> None:
    analysis = analysed("""
        Department | Salaries | Benefits | Operating
                   | $        | $        | $
        Police     | 1000000  | 250000   | 90000
        Fire       | 800000   | 200000   | 70500
        Parks      | 300000   | 75000    | 30250
    """)
    assert analysis.budget_rows == 3


def test_blocks_with_their_name_above_their_own_header() -> None:
    understanding = understood("""
        Police Department
        Account  | FY2024 | FY2025
        Salaries | 1000.5 | 1100
        Supplies | 200    | 210
        Total    | 1200.5 | 1310

        Fire Department
        Account  | FY2024 | FY2025
        Salaries | 800    | 850
        Supplies | 100.25 | 110
        Total    | 900.25 | 960
    """)
    assert [line[0] for line in lines(understanding)[:4]] == [
        "Police Department",
        "Police Department",
        "Fire Department",
        "Fire Department",
    ]


def test_blocks_with_their_name_in_their_own_header() -> None:
    understanding = understood("""
        REVENUES     | 2024 Budget | 2025 Budget
        Property tax | 1000000     | 1050000
        Fees         | 20500       | 21000
        Total        | 1020500     | 1071000

        EXPENDITURES | 2024 Budget | 2025 Budget
        Police       | 700000      | 720000
        Roads        | 300500      | 331000
        Total        | 1000500     | 1051000
    """)
    texts = understanding.lines_of(understanding.amounts[0])
    assert texts.line_type == ["revenue", "revenue", "expense", "expense"]


def test_a_header_repeated_with_the_year_above_it_is_no_amount_and_no_doubt_of_the_numbers() -> None:
    understanding = understood("""
                   |        | 2026   |        |        |
        Department | Item   | Q1     | Q2     | Q3     | Q4
        Revenue
        Sales      | Grants | 66.250 | 30.493 | 70.050 | 17.650
        Sales      | Fees   | 84.300 | 49.510 | 41.420 | 39.100
                   |        | 2026   |        |        |
        Department | Item   | Q1     | Q2     | Q3     | Q4
        Expenses
        Sales      | Rent   | 59.740 | 17.013 | 57.700 | 42.400
        Sales      | Travel | 83.150 | 75.314 | 57.324 | 26.958
    """)
    assert understanding.analysis.header_row == 1
    assert understanding.analysis.budget_rows == 4
    assert understanding.analysis.sum_budgeted == 818372


def test_a_name_that_opens_its_group_on_a_row_without_an_amount_holds_for_the_rows_below() -> None:
    understanding = understood("""
        Department | Code  | Item    | Prior | Budget 2026
        Sales      | 61010 | Repairs | 2589  |
                   | 61020 | Wages   | 99083 | 743905
                   | 61030 | Phone   | 404   | 797
        Research   | 61040 | Rent    | 87568 | 602253
                   | 61050 | Paper   | 4481  | 3880
                   | 61060 | Books   | 480   | 800
    """)
    assert [line[0] for line in lines(understanding)] == ["Sales", "Sales", "Research", "Research", "Research"]


def test_a_remark_below_the_table_is_no_value_of_its_first_column() -> None:
    analysis = analysed("""
        Department: Sales
        No. | Category | 2026 | 2027
        1   | Wages    | 5631 | 5148
        2   | Travel   | 5590 | 5942
        3   | Phone    | 7819 | 2635
        Source: finance office
        Please return by Friday.
    """)
    assert columns(analysis, TargetField.DEPARTMENT) == []


def test_a_section_that_says_what_it_names_is_called_by_the_name_alone() -> None:
    understanding = understood("""
                                      | FY2026
        Department: 7010 Nursing      |
        Salaries                      | 1300000
        Supplies                      | 47500
        Department: 7020 Emergency    |
        Salaries                      | 4700000
        Supplies                      | 655000
    """)
    assert {line[0] for line in lines(understanding)} == {"7010 Nursing", "7020 Emergency"}


def test_a_repeated_header_of_bare_years_is_no_line() -> None:
    analysis = analysed("""
        Account    | 2024 | 2025 | Remark
        Income     |      |      |
        Tickets    | 2500 | 8254 | hall
        Rents      | 450  | 740  | flats

        Account    | 2024 | 2025 | Remark
        Costs      |      |      |
        Stationery | 702  | 288  | shop
        Travel     | 861  | 79   | rail
    """)
    assert analysis.budget_rows == 4
    assert analysis.sum_budgeted == 13874


def test_a_section_that_is_a_period_belongs_to_the_rows_below_it() -> None:
    understanding = understood(
        """
        Department | Budget
        FY2025     |
        Sales      | 100
        Legal      | 200
        FY2026     |
        Sales      | 110
        Legal      | 220
        """,
        "budget_2026.csv",
    )
    assert [(line[0], line[2]) for line in lines(understanding)] == [
        ("Sales", "FY2025"),
        ("Legal", "FY2025"),
        ("Sales", "FY2026"),
        ("Legal", "FY2026"),
    ]
    assert understanding.analysis.can_proceed


def test_months_side_by_side_take_the_year_of_their_section() -> None:
    understanding = understood("""
        Department | Jan | Feb | Mar
        FY 2025    |     |     |
        Sales      | 1   | 2   | 3
        Legal      | 4   | 5   | 6
        FY 2026    |     |     |
        Sales      | 7   | 8   | 9
        Legal      | 10  | 11  | 12
    """)
    periods = [line[2] for line in lines(understanding)]
    assert periods[:4] == ["2025-01", "2025-01", "2026-01", "2026-01"]


def test_equal_rows_of_two_sections_are_no_repetition() -> None:
    understanding = understood("""
        Item   | Budget 2025
        Sales  |
        Travel | 100
        Books  | 50
        Legal  |
        Travel | 100
        Books  | 70
        Books  | 70
    """)
    assert understanding.repeats == {7: 6}
