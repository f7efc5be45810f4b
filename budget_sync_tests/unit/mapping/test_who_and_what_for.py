"""Which column is who answers for the money and which is what it is for, where several could be either."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.understanding import JOIN
from budget_sync_tests.unit.mapping.tables import analysed, columns, lines, understood

DEPARTMENT, SUB_CATEGORY, PERIOD = TargetField.DEPARTMENT, TargetField.SUB_CATEGORY, TargetField.FISCAL_PERIOD


def test_a_division_is_beneath_the_department_named_beside_it() -> None:
    analysis = analysed("""
        Division        | Department      | Recommended Amount
        Administration  | Library         | 1138000
        Administration  | Police          | 6813000
        Patrol          | Police          | 29047900
        Branches        | Library         | 4333000
        Rescue          | Fire            | 20676000
        Administration  | Fire            | 904000
    """)
    assert columns(analysis, DEPARTMENT) == ["Department"]
    assert columns(analysis, SUB_CATEGORY) == ["Division"]


def test_a_division_alone_is_who_answers_for_the_money() -> None:
    analysis = analysed("""
        Division | Account  | Budget 2026
        Roads    | Asphalt  | 42000
        Roads    | Fuel     | 9100
        Parks    | Fuel     | 3300
    """)
    assert columns(analysis, DEPARTMENT) == ["Division"]


@pytest.mark.parametrize(
    "headers",
    [
        ("Kostenstelle", "Bezeichnung", "Kostenart", "Text"),
        ("Cost centre", "Description", "GL account", "Description"),
        ("Cost centre", "Name", "Account", "Account name"),
    ],
)
def test_names_beside_codes_are_what_the_codes_are_codes_of(headers: tuple[str, ...]) -> None:
    units = ((4711, "Sales North"), (4712, "Sales South"), (4720, "Warehouse"))
    accounts = ((420000, "Wages"), (430000, "Travel"), (450000, "Rent"))
    drawn = [" | ".join((*headers, "Jan 26", "Feb 26", "Mar 26"))]
    drawn += [
        f"{unit} | {who} | {account} | {what} | 900 | 1100 | 950" for unit, who in units for account, what in accounts
    ]
    texts = understood("\n".join(drawn)).texts
    assert list(zip(texts.department, texts.sub_category, strict=True)) == [
        (who, what) for _, who in units for _, what in accounts
    ]


def test_a_district_answers_for_its_lines_where_nothing_else_does() -> None:
    analysis = analysed("""
        Region | District | Programme category | Budget amount
        East   | Lakeside | Health             | 134129
        East   | Lakeside | Education          | 159155
        East   | Hillside | Health             | 158196
        West   | Harbour  | Education          | 97588
    """)
    assert columns(analysis, DEPARTMENT) == ["District"]
    assert columns(analysis, SUB_CATEGORY) == ["Programme category"]


def test_a_bu_is_a_business_unit() -> None:
    analysis = analysed("""
        Year | BU       | Region | Opex plan
        2026 | Lighting | APAC   | 1180
        2026 | Lighting | EMEA   | 1240
        2026 | Heating  | APAC   | 3070
        2026 | Heating  | EMEA   | 2990
    """)
    assert columns(analysis, DEPARTMENT) == ["BU"]


def test_a_scheme_is_finer_than_the_number_of_the_demand() -> None:
    analysis = analysed("""
        Category     | Ministry    | Scheme          | BE_2025 | BE_2026
        Demand No. 1 | Agriculture | Crop insurance  | 15500   | 13625
        Demand No. 1 | Agriculture | Seed fund       | 243.7   | 327
        Demand No. 2 | Fisheries   | Harbours        | 118.9   | 150
        Demand No. 2 | Fisheries   | Cold storage    | 48.3    | 65
    """)
    assert columns(analysis, SUB_CATEGORY) == ["Scheme"]


def test_the_flag_of_a_check_is_no_department() -> None:
    analysis = analysed("""
        MonthKey | DepartmentID | AccountCode | BudgetAmount | DepartmentValidationFlag | AccountValidationFlag
        2025-01  | D01          | 4000        | 352000       | Valid                    | Valid
        2025-01  | D01          | 6000        | 20000        | Valid                    | Valid
        2025-01  | D02          | 6000        | 28000        | Valid                    | Valid
        2025-02  | D02          | 6100        | 5000         | Valid                    | Valid
        2025-02  | D01          | 6100        | 3600         | Valid                    | Valid
    """)
    assert columns(analysis, DEPARTMENT) in ([], ["DepartmentID"])
    assert columns(analysis, SUB_CATEGORY) in ([], ["AccountCode"])


def test_the_quarter_that_spending_is_known_through_is_not_the_budgets() -> None:
    analysis = analysed("""
        Budget fiscal year | Thru quarter | Department | Expense name | Budget | Expenditures
        2026               | 3            | Water      | Fuel         | 4306   | 3684.67
        2026               | 3            | Water      | Training     | 500    | 512.10
        2026               | 3            | Energy     | Fuel         | 75000  | 41071.11
        2026               | 3            | Energy     | Engineering  | 190000 | 114172.52
    """)
    assert columns(analysis, PERIOD) == ["Budget fiscal year"]


def test_of_numbered_levels_the_first_is_who_and_the_last_what_for() -> None:
    analysis = analysed("""
        LEVEL1   | LEVEL2      | 2024 | 2025 | 2026 | LEVEL
        Roads    | Asphalt     | 4120 | 4300 | 4415 | 2
        Roads    | Snow        | 1890 | 2015 | 2130 | 2
        Schools  | Teachers    | 9120 | 9345 | 9610 | 2
        Schools  | Buses       | 1377 | 1402 | 1459 | 2
    """)
    assert columns(analysis, DEPARTMENT) == ["LEVEL1"]
    assert columns(analysis, SUB_CATEGORY) == ["LEVEL2"]


def test_a_level_that_only_some_lines_have_stands_with_the_one_above_it() -> None:
    understanding = understood("""
        Level 1 | Level 2   | Level 3  | Budget 2026
        Town    | Clerk     | Salaries | 41200
        Town    | Clerk     | Expenses | 3150
        Town    | Treasurer | Salaries | 61400
        Town    | Treasurer | Expenses | 4110
        Schools | Teaching  |          | 210300
        Schools | Transport |          | 51375
    """)
    assert [(line[0], line[1]) for line in lines(understanding)] == [
        ("Town", f"Clerk{JOIN}Salaries"),
        ("Town", f"Clerk{JOIN}Expenses"),
        ("Town", f"Treasurer{JOIN}Salaries"),
        ("Town", f"Treasurer{JOIN}Expenses"),
        ("Schools", "Teaching"),
        ("Schools", "Transport"),
    ]


def test_where_all_columns_are_codes_their_headers_tell_who_and_what_for() -> None:
    analysis = analysed("""
        Month   | Budget version | Account code | Cost centre code | Entity code | Region code | Amount
        2026-01 | FY26 Approved  | 4900         | CC110            | ENT01       | REG01       | 48048
        2026-01 | FY26 Approved  | 4900         | CC110            | ENT01       | REG02       | 8236
        2026-01 | FY26 Approved  | 4100         | CC210            | ENT02       | REG01       | 69189
        2026-02 | FY26 Approved  | 4100         | CC220            | ENT02       | REG02       | 46126
        2026-02 | FY26 Approved  | 4110         | CC220            | ENT04       | REG04       | 41932
    """)
    assert columns(analysis, DEPARTMENT) == ["Cost centre code"]
    assert columns(analysis, SUB_CATEGORY) == ["Account code"]


KINDS = """
    {0}                | Line item | Budget 2025
    Revenue            | Tickets   | 52000
    Revenue            | Drinks    | 18000
    Operating expenses | Payroll   | 31000
    Operating expenses | Marketing | 4000
    Fixed charges      | Rent      | 12000
    Fixed charges      | Insurance | 1800
"""


@pytest.mark.parametrize("header", ["Section", "Group"])
def test_sections_of_revenue_and_expenses_are_no_departments(header: str) -> None:
    analysis = analysed(KINDS.format(header))
    assert columns(analysis, TargetField.DEPARTMENT) == []
    assert columns(analysis, TargetField.SUB_CATEGORY) == ["Line item"]
    assert "which_department" in [question.code for question in analysis.questions]


def test_a_department_may_be_named_for_revenue() -> None:
    assert columns(analysed(KINDS.format("Department")), TargetField.DEPARTMENT) == ["Department"]


def test_kinds_of_cost_side_by_side_are_no_departments() -> None:
    understanding = understood(
        """
        Particulars         | PS     | MOOE   | CO    | Total
        Office of the Mayor | 120450 | 88321  | 12000 | 220771
        Bureau of Soils     | 34012  | 21190  | 4500  | 59702
        Bureau of Fisheries | 51287  | 64023  | 9870  | 125180
        """,
        "agency budget 2025.csv",
    )
    assert lines(understanding)[0] == ("", f"Office of the Mayor{JOIN}PS", "FY2025", "120450")
    assert [question.code for question in understanding.analysis.questions] == ["which_department"]


@pytest.mark.parametrize(("one", "other"), [("D", "C"), ("S", "H"), ("Debit", "Credit")])
def test_the_side_of_an_account_is_not_what_its_money_is_for(one: str, other: str) -> None:
    analysis = analysed(f"""
        Entity | Account | Side    | Jan 2026 | Feb 2026
        FR07   | 6110    | {one}   | 4200     | 4300
        FR07   | 7010    | {other} | 900      | 950
        IT02   | 6120    | {other} | 810      | 790
        IT02   | 6140    | {one}   | 330      | 345
    """)
    assert columns(analysis, SUB_CATEGORY) == ["Account"]
