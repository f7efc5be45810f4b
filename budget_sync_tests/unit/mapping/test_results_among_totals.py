"""Results (Gross profit, EBITDA) come of the rows above them: they are no lines, and explain none as their sum."""

from budget_sync_tests.unit.mapping.tables import analysed


def test_revenue_is_no_total_of_its_costs_and_the_profit_below_it() -> None:
    analysis = analysed("""
        Plan         | Q1 2026 | Q2 2026
        Revenue      | 12340   | 18120
        COGS         | 3615    | 5240
        Gross profit | 8725    | 12880
        Research     | 2110    | 2230
        Sales        | 915     | 1120
        Total opex   | 3025    | 3350
        EBITDA       | 5700    | 9530
    """)
    assert analysis.budget_rows == 4
    assert analysis.sum_budgeted == 45690
