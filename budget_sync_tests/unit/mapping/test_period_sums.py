"""Quarters and years among the months of a long table: what adds them up is no line."""

from decimal import Decimal

from budget_sync_tests.unit.mapping.tables import analysed

EXPORT = """
    Department | Account | Period   | Budget
    Sales      | Travel  | Jan FY26 | 100
    Sales      | Travel  | Feb FY26 | 110
    Sales      | Travel  | Mar FY26 | 120
    Sales      | Travel  | Q1 FY26  | {quarter}
    IT         | Travel  | Jan FY26 | 10
    IT         | Travel  | Feb FY26 | 10
    IT         | Travel  | Mar FY26 | 10
    IT         | Travel  | Q1 FY26  | 30
    IT         | Rent    | FY26     | 900
"""


def test_a_quarter_that_adds_up_its_months_is_a_total() -> None:
    analysis = analysed(EXPORT.format(quarter=330))
    assert analysis.sum_budgeted == Decimal(1260)
    assert [(total.label, total.agrees) for total in analysis.control_totals] == [("Q1 FY26", True)] * 2


def test_a_year_adds_up_months_over_the_quarters_between_them() -> None:
    analysis = analysed("""
        Account | Period   | Budget
        Travel  | Jan FY26 | 100
        Travel  | Feb FY26 | 200
        Travel  | Q1 FY26  | 300
        Travel  | Apr FY26 | 400
        Travel  | May FY26 | 500
        Travel  | Q2 FY26  | 900
        Travel  | FY26     | 1200
    """)
    assert analysis.sum_budgeted == Decimal(1200)


def test_a_quarter_of_another_amount_is_planned_by_itself() -> None:
    analysis = analysed(EXPORT.format(quarter=500))
    assert analysis.sum_budgeted == Decimal(1760)


def test_a_year_without_months_of_its_own_stays_a_line() -> None:
    assert analysed(EXPORT.format(quarter=330)).budget_rows == 7
