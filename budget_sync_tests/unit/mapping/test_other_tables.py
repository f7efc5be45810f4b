"""What is left unread beside, above or below the table that was read is said or asked about, and never added to it."""

from decimal import Decimal

import pytest

from budget_sync.mapping import UnderstandingRequest
from budget_sync.mapping.analysis import WHICH_TABLE, Analysis
from budget_sync_tests.unit.mapping.tables import analysed, understood


def _choices(analysis: Analysis) -> list[tuple[str, str]]:
    """What is asked of tables under one another: the row of each header, counted from 0, and its rows in words."""
    asked = [one for one in analysis.questions if one.code == WHICH_TABLE]
    assert all(one.blocking for one in asked)
    assert not (asked and analysis.can_proceed)
    return [(answer.value, answer.label) for one in asked for answer in one.answers[:-1]]


def test_a_table_beside_the_one_that_was_read_is_named() -> None:
    analysis = analysed("""
        Income   | Amount | | Expenses | Amount
        Salary   | 4000   | | Rent     | 1200
        Interest | 12     | | Food     | 500
        Gifts    | 100    | | Fuel     | 200
                 |        | | Power    | 150
    """)
    assert analysis.notes == ["The table in columns A to B beside this one is not read."]


def test_rows_with_amounts_above_the_header_are_named() -> None:
    analysis = analysed("""
        Income   |
        Salary   | 4000 | 4000 | 4000
        Interest | 12   | 14   | 11
        Expenses | Jan  | Feb  | Mar
        Rent     | 1200 | 1200 | 1200
        Food     | 450  | 430  | 470
        Fuel     | 80   | 95   | 60
    """)
    assert "2 rows with amounts above the header (rows 2 to 3) are not read." in analysis.notes


def test_a_sum_above_the_header_is_no_table() -> None:
    analysis = analysed("""
        Budget 2025 | 2210
        Item        | Amount
        Rent        | 1200
        Food        | 450
        Fuel        | 560
    """)
    assert analysis.notes == []


_STACKED = """
    Plan 2026  |        |       |
               |        |       |
    Team       | Budget | Spent | Left
    Design     | 52000  | 49000 | 3000
    Support    | 31000  | 30000 | 1000
    Research   | 78000  | 71000 | 7000
               |        |       |
    Staff list |        |       |
    Position   | Salary | Bonus | Heads
    Designer   | 61000  | 2000  | 4
    Researcher | 72000  | 3000  | 2
"""


def test_a_table_below_with_other_columns_is_not_added_to_the_budget() -> None:
    analysis = analysed(_STACKED)
    assert analysis.sum_budgeted == Decimal(161000)
    assert _choices(analysis) == [("2", "Rows 1 to 6"), ("8", "Rows 8 to 11")]
    assert analysis.notes == []


def test_a_list_above_the_budget_is_passed_over() -> None:
    analysis = analysed("""
        Badge | Name        | Joined
        E-11  | Ada Lind    | 2021-03-15
        E-12  | Ben Okafor  | 2020-07-01
        E-13  | Cleo Martin | 2019-11-20
              |             |
        Team  | Approved budget | Head
        Sales | 48000       | Ada
        Legal | 25000       | Ben
        Plant | 91000       | Cleo
    """)
    assert (analysis.header_row, analysis.sum_budgeted) == (5, Decimal(164000))
    assert _choices(analysis) == []


def test_a_person_may_say_that_the_table_below_is_meant() -> None:
    for row, total in ((8, 133000), (2, 161000)):
        analysis = understood(_STACKED, request=UnderstandingRequest(header_row=row)).analysis
        assert (analysis.sum_budgeted, _choices(analysis)) == (Decimal(total), [])


_CAPITAL_BELOW = """
    Operating budget 2026 |          |
    Department            | Item     | Amount
    Sales                 | Travel   | 12000
    HR                    | Training | 3000
                          |          |
    Capital budget 2026   |          |
    Division              | Project  | Cost
    IT                    | Servers  | 90000
    Ops                   | Forklift | 45000
"""
_STAFF_ABOVE = """
    Budget 2026 |              |
    Team        | Position     | Salary
    Sales       | Agent        | 50000
    HR          | Lead         | 60000
    IT          | Developer    | 70000
                |              |
    Department  | Expense type | Amount
    Sales       | Travel       | 1200
    HR          | Training     | 300
    IT          | Cloud        | 900
"""
_HALVES = """
    Department | 2026-01 | 2026-02 | 2026-03
    Sales      | 10      | 11      | 12
    HR         | 20      | 21      | 22
               |         |         |
    Department | 2026-04 | 2026-05 | 2026-06
    Sales      | 10      | 12      | 12
    HR         | 20      | 20      | 22
"""
_QUARTERS = """
    Budget 2026 |      |
    Department  | Q1   | Q2
    Sales       | 1000 | 1100
    HR          | 2000 | 2100
                |      |
    Department  | Q3   | Q4
    Sales       | 1200 | 1300
    HR          | 2200 | 2300
"""


_BALANCED = """
    Revenue source | Fund    | Amount
    Property tax   | General | 60000
    Fees           | General | 40000
                   |         |
    Department     | Item    | Budget
    Police         | Staff   | 70000
    Parks          | Staff   | 30000
"""
_BALANCED_UNDER_TITLES = """
    Revenue    |
    Category   | Budget
    Taxes      | 60000
    Fees       | 40000
               |
    Department | Budget
    Police     | 70000
    Parks      | 30000
"""


@pytest.mark.parametrize("text", [_CAPITAL_BELOW, _STAFF_ABOVE, _HALVES, _QUARTERS, _BALANCED, _BALANCED_UNDER_TITLES])
def test_other_money_above_or_below_waits_for_a_person(text: str) -> None:
    assert len(_choices(analysed(text))) == 2


def test_the_question_says_where_both_tables_are_and_what_they_add_up_to() -> None:
    question = next(one for one in analysed(_CAPITAL_BELOW).questions if one.code == WHICH_TABLE)
    assert "Rows 1 to 4 were read. Rows 6-9 look like another table with amounts" in question.text
    assert [answer.effect for answer in question.answers[:2]] == [
        "these amounts add up to 15,000, as they were read",
        "these amounts add up to 135,000",
    ]


def test_income_and_costs_under_one_another_stay_one_budget() -> None:
    analysis = analysed("""
        Income   | Expected | Received | Remark
        Fees     | 4000     | 3900     |
        Grants   | 12000    | 12000    |
                 |          |          |
        Expenses | Planned  | Paid     | Note
        Rent     | 6000     | 6000     |
        Printing | 900      | 850      |
    """)
    assert analysis.sum_budgeted == Decimal(22900)


def test_months_that_go_on_below_are_not_read_as_those_above() -> None:
    analysis = analysed("""
        Rent plan | Jan | Feb | Mar | Total
        Office    | 600 | 600 | 600 | 1800
        Store     | 110 | 95  | 90  | 295
                  |     |     |     |
        Rent plan | Apr | May | Jun | Total
        Office    | 600 | 600 | 600 | 1800
        Store     | 70  | 65  | 60  | 195
    """)
    assert analysis.sum_budgeted == Decimal(2095)
    assert [row for row, _ in _choices(analysis)] == ["0", "4"]


def test_a_table_below_with_the_same_words_over_other_columns_is_not_read_by_the_first_header() -> None:
    analysis = analysed("""
        Plan 2026     |       |      |       |       |
        Account       | Item  | Unit | Price | Q1    | Q2
        714           | Maize | ton  | 200   | 1500  | 2000
        714           | Beans | ton  | 300   | 800   | 1200
        Total revenue |       |      |       | 2300  | 3200
        Account       | Item  | Q1   | Q2    |       |
        611           | Seed  | 800  | 1200  |       |
        612           | Feed  | 400  | 500   |       |
        Total costs   |       | 1200 | 1700  |       |
    """)
    assert analysis.sum_budgeted == Decimal(5500)
    assert [row for row, _ in _choices(analysis)] == ["1", "5"]


def test_one_header_repeated_over_every_section_leaves_one_table() -> None:
    analysis = analysed("""
        Staff    |           |
        Category | Q1 Budget | Q2 Budget
        Salaries | 1250      | 1250
        Training | 80        | 120
        Systems  |           |
        Category | Q1 Budget | Q2 Budget
        Hosting  | 180       | 195
        Licences | 120       | 120
    """)
    assert analysis.sum_budgeted == Decimal(3315)


_TWO_VIEWS = """
    Department | Budget | Spent
    Design     | 52000  | 49000
    Support    | 31000  | 30000
    Research   | 78000  | 71000
    Total      | 161000 | 150000
               |        |
    By project |        |
    {} | Budget | Spent
    Apollo     | 61000  | 60000
    Borealis   | 100000 | {}
    Total      | 161000 | 150000
"""


def test_the_same_money_by_project_below_is_not_added_to_that_by_department() -> None:
    analysis = analysed(_TWO_VIEWS.format("Project", 90000))
    assert analysis.sum_budgeted == Decimal(161000)
    assert "Rows 7 to 11 divide the same money anew under a header of their own, and are not read." in analysis.notes
    assert _choices(analysis) == []


def test_two_columns_are_enough_for_the_same_money_once_more() -> None:
    analysis = analysed("""
        Department | Budget
        Design     | 52000
        Support    | 31000
        Research   | 78000
                   |
        Category   | Budget
        Staff      | 121000
        Travel     | 40000
    """)
    assert (analysis.sum_budgeted, _choices(analysis)) == (Decimal(161000), [])


def test_a_table_below_that_bears_a_name_of_its_own_is_other_money_of_the_same_amount() -> None:
    assert analysed(_TWO_VIEWS.format("Annex", 90000)).sum_budgeted == Decimal(322000)
