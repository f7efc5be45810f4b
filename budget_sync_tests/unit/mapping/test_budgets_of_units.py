"""Budgets side by side, each with the name of a department in its header."""

from decimal import Decimal

from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.mapping.tables import analysed, lines, understood


def test_a_budget_beside_the_actual_figures_of_each_department_is_that_departments() -> None:
    understanding = understood(
        """
        Account  | Police Budget | Police Actual | Fire Budget | Fire Actual | Parks Budget | Parks Actual
        Salaries | 410000        | 402100        | 380000      | 381200      | 120000       | 117500
        Fuel     | 22000         | 24100         | 18000       | 17300       | 5000         | 4800
        Uniforms | 9000          | 8700          | 11000       | 11500       | 1200         | 900
        """,
        "town budget 2025.csv",
    )
    assert understanding.analysis.layout is Layout.WIDE_DEPARTMENTS
    assert ("Fire", "Fuel", "FY2025", "18000") in lines(understanding)
    assert understanding.analysis.sum_budgeted == 976200
    assert understanding.analysis.questions == []


def test_budgets_that_no_department_bears_are_asked_about() -> None:
    analysis = analysed("""
        Account  | First budget | Other budget
        Salaries | 410000       | 380000
        Fuel     | 22000        | 18000
        Uniforms | 9000         | 11000
    """)
    assert analysis.layout is not Layout.WIDE_DEPARTMENTS
    assert "which_amount" in [question.code for question in analysis.questions]


def test_the_usual_names_of_departments_over_months_that_run_down_are_departments() -> None:
    understanding = understood(
        """
        Month | Sales | IT  | HR
        Jan   | 1000  | 800 | 310
        Feb   | 1050  | 800 | 310
        Mar   | 1100  | 820 | 320
        """,
        "budget 2026.csv",
    )
    assert understanding.analysis.questions == []
    assert lines(understanding)[:2] == [("Sales", "", "2026-01", "1000"), ("Sales", "", "2026-02", "1050")]


def test_kinds_of_cost_over_months_that_run_down_are_no_departments() -> None:
    analysis = analysed("""
        Month    | Rent | Salaries | Travel
        Jan 2026 | 1000 | 8000     | 310
        Feb 2026 | 1000 | 8000     | 410
        Mar 2026 | 1000 | 8200     | 320
    """)
    assert "which_department" in [question.code for question in analysis.questions]


def test_departments_over_pairs_of_budget_and_actual_are_departments_of_their_budgets() -> None:
    understanding = understood("""
        Plan 2026 | Sales  |        | HR     |        | Legal  |
        Account   | Budget | Actual | Budget | Actual | Budget | Actual
        Salaries  | 1210   | 900    | 830    | 700    | 640    | 500
        Travel    | 115    | 90     | 85     | 70     | 65     | 50
        Rent      | 205    | 190    | 180    | 170    | 160    | 150
    """)
    assert understanding.analysis.sum_budgeted == Decimal(3490)
    assert {line[0] for line in lines(understanding)} == {"Sales", "HR", "Legal"}
