"""A total of the one line above it is no line: its name and its equal amounts tell, for it is filled as lines are."""

from budget_sync_tests.unit.mapping.tables import analysed


def test_a_total_named_as_the_one_line_above_it_is_left_out() -> None:
    analysis = analysed("""
        Code  | Account       | Budget
        50100 | Paper         | 210
        50200 | Toner         | 330
        50000 | Office total  | 540
        51000 | Postage       | 75
        51000 | Postage total | 75
        52000 | Rent          | 4400
    """)
    assert analysis.sum_budgeted == 5015
    assert analysis.budget_rows == 4
    assert [(total.stated, total.agrees) for total in analysis.control_totals] == [(540, True), (75, True)]


def test_a_line_with_total_in_its_name_stays_below_an_equal_line_of_another_name() -> None:
    analysis = analysed("""
        Department    | Category | Budget 2025
        Sales         | Travel   | 10000
        Legal         | Books    | 69000
        Total Rewards | Pension  | 69000
        Total Rewards | Bonus    | 60000
        IT            | Servers  | 46000
    """)
    assert analysis.sum_budgeted == 254000
    assert analysis.control_totals == []
