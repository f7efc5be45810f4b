"""What stands in tables without a word of budget: the weather, companies, pay, sales, outlays, averages."""

import pytest

from budget_sync.domain.fields import FileType
from budget_sync.mapping import UnderstandingRequest, understand
from budget_sync_tests.unit.mapping.tables import analysed, document_of, grid_of

_BY_MONTH = """
    {label} | Jan  | Feb  | Mar  | Apr
    Alpha   | {0}  | {1}  | {2}  | {3}
    Beta    | {3}  | {0}  | {1}  | {2}
    Gamma   | {2}  | {3}  | {0}  | {1}
"""


def kind_of(table: str, name: str = "data.csv") -> FileType:
    """What the drawn table is taken for."""
    return analysed(table, name).file_type_detection.likely_file_type


def by_month(label: str, *figures: str) -> str:
    """Three rows with these figures in four months."""
    return _BY_MONTH.format(*figures, label=label)


def test_degrees_by_month_are_the_weather() -> None:
    assert kind_of(by_month("Place", "-4.3", "0.8", "7.5", "12.6")) is FileType.OTHER


def test_small_amounts_by_month_with_a_sign_of_money_or_in_thousands_are_a_budget() -> None:
    assert kind_of(by_month("Item", "$4.30", "$0.80", "$7.50", "$12.60")) is FileType.BUDGET
    assert kind_of(by_month("Department (kEUR)", "43", "8", "75", "26")) is FileType.BUDGET
    assert kind_of(by_month("Item", "43", "8", "75", "26"), "budget.csv") is FileType.BUDGET


def test_small_amounts_by_month_of_departments_are_no_weather() -> None:
    assert kind_of(by_month("Department", "43", "8", "75", "26")) is FileType.BUDGET


@pytest.mark.parametrize(
    "name", ["climate.csv", "rainfall_2024.csv", "Niederschlag.csv", "températures.csv", "降水量.csv"]
)
def test_a_file_named_for_the_weather_is_no_budget(name: str) -> None:
    assert kind_of(by_month("Place", "148", "215", "96", "310"), name) is FileType.OTHER


def test_one_figure_a_month_that_no_word_calls_money_is_a_series() -> None:
    table = """
    Month | Visitors
    Jan   | 12044
    Feb   | 13120
    Mar   | 15877
    """
    assert kind_of(table) is FileType.OTHER


@pytest.mark.parametrize(
    "headers",
    [
        "Rank | Company | Revenue (USD millions) | Country",
        "Company | Industry | Revenue (Millions) | Employees",
        "Unternehmen | Branche | Umsatz in Mio. | Mitarbeiter",
        "企業名 | 業種 | 売上高 (百万円) | 従業員数",
    ],
)
def test_companies_with_their_revenue_in_millions_are_no_budget(headers: str) -> None:
    table = f"""
    {headers}
    Alpha | Retail | 6809 | 2100
    Beta  | Energy | 6379 | 1556
    Gamma | Metals | 4002 | 4000
    """
    assert kind_of(table) is FileType.OTHER


def test_companies_with_a_planned_amount_are_a_budget() -> None:
    table = """
    Company | Industry | Planned cost
    Alpha   | Retail   | 12000
    Beta    | Energy   | 8000
    """
    assert kind_of(table) is FileType.BUDGET


@pytest.mark.parametrize("header", ["Annual Salary", "Gehalt", "Salaire brut", "Sueldo", "給与"])
def test_posts_with_nothing_but_a_salary_are_a_payroll(header: str) -> None:
    table = f"""
    Position  | Department | {header}
    Engineer  | IT         | 92000
    Recruiter | HR         | 58000
    Analyst   | Finance    | 61000
    """
    assert kind_of(table) is FileType.PAYROLL
    assert kind_of(table, "budget_2025.csv") is FileType.BUDGET


def test_people_beside_months_are_a_payroll_unless_the_file_is_a_plan() -> None:
    table = by_month("Employee", "4200", "4100", "4350", "4300")
    assert kind_of(table) is FileType.PAYROLL
    assert kind_of(table, "personnel_plan.csv") is FileType.BUDGET


def test_categories_by_month_in_a_file_named_for_expenses_are_expenses() -> None:
    table = by_month("Category", "900", "312.5", "81.2", "140")
    assert kind_of(table, "monthly_expenses.csv") is FileType.EXPENSES
    assert kind_of(table, "expenses_budget.csv") is FileType.BUDGET
    assert kind_of(table, "gastos previstos.csv") is FileType.BUDGET
    assert kind_of(table) is FileType.BUDGET


@pytest.mark.parametrize("name", ["costs.csv", "depenses.csv", "Ausgaben 2024.csv", "gastos.csv"])
def test_days_with_their_amounts_in_a_file_named_for_expenses_are_expenses(name: str) -> None:
    table = """
    Date       | Name  | Cost
    2024-05-02 | Seeds | 14.20
    2024-05-09 | Tools | 81.00
    2024-05-13 | Fuel  | 52.75
    """
    assert kind_of(table, name) is FileType.EXPENSES
    assert kind_of(table, "list.csv") is not FileType.BUDGET


@pytest.mark.parametrize("name", ["sales_by_region.csv", "ventas_mensuales.csv", "Продажи.csv"])
def test_a_file_named_for_sales_is_no_budget(name: str) -> None:
    assert kind_of(by_month("Region", "1140", "494", "285", "1124"), name) is FileType.OTHER


@pytest.mark.parametrize(
    "name", ["visitors 2024.csv", "Energieverbrauch.csv", "crime.csv", "naissances.csv", "用电量.csv"]
)
def test_a_file_named_for_what_is_counted_is_no_budget(name: str) -> None:
    assert kind_of(by_month("Place", "1140", "494", "285", "1124"), name) is FileType.OTHER


@pytest.mark.parametrize("name", ["P&L 2024.csv", "pnl.csv", "GuV 2024.csv"])
def test_months_of_a_profit_and_loss_account_are_what_came_of_them(name: str) -> None:
    table = by_month("Account", "1140", "494", "285", "1124")
    assert kind_of(table, name) is FileType.OTHER
    assert kind_of(table, f"budget {name}") is FileType.BUDGET


@pytest.mark.parametrize(("name", "kind"), [("movies.csv", FileType.OTHER), ("budget 2025.csv", FileType.BUDGET)])
def test_the_budgets_of_a_list_of_films_are_no_budget(name: str, kind: FileType) -> None:
    table = """
    Title    | Year | Budget
    The Ship | 1998 | 12000000
    Two Keys | 2004 | 3500000
    Red Dust | 2011 | 48000000
    """
    assert kind_of(table, name) is kind


def test_the_sheet_of_the_sales_department_is_no_list_of_sales() -> None:
    grid = grid_of(by_month("Cost", "1140", "494", "285", "1124"), "Sales")
    analysis = understand(document_of(grid, name="FY25.xlsx"), UnderstandingRequest()).analysis
    assert analysis.file_type_detection.likely_file_type is FileType.BUDGET


def test_averages_alone_are_statistics() -> None:
    table = """
    Region | Category | Item   | Avg_Cost
    North  | Direct   | Seed   | 5952
    North  | Labour   | Season | 2938
    South  | Direct   | Seed   | 5615
    South  | Labour   | Season | 7658
    """
    assert kind_of(table) is FileType.OTHER


def test_an_estimated_cost_is_a_budget() -> None:
    table = """
    Phase  | Task     | Estimated Cost
    Design | Drawings | 12000
    Build  | Walls    | 45000
    """
    assert kind_of(table) is FileType.BUDGET
