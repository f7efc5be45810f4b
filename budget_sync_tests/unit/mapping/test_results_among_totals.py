"""Results (Gross profit, EBITDA) come of the rows above them: they are no lines, and explain none as their sum."""

from budget_sync_tests.unit.mapping.tables import analysed, understood

STATEMENT = """
    Plan                | Q1 2026 | Q2 2026
    Revenue             | 12340   | 18120
    COGS                | 3615    | 5240
    Gross profit        | 8725    | 12880
    Research            | 2110    | 2230
    Marketing           | 915     | 1120
    Total opex          | 3025    | 3350
    Operating income    | 5700    | 9530
    Corporation charges | 1140    | 1906
    Net income          | 4560    | 7624
"""


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


def test_what_leads_from_one_result_to_the_next_is_a_line() -> None:
    assert understood(STATEMENT).texts.sub_category[-1] == "Corporation charges"
    other = STATEMENT.replace("1906", "1907")
    assert "Corporation charges" not in understood(other).texts.sub_category


def test_the_revenue_of_a_statement_is_not_there_to_be_spent() -> None:
    texts = understood(STATEMENT).texts
    assert dict(zip(texts.sub_category, texts.line_type, strict=True))["Revenue"] == "revenue"
    assert set(texts.line_type[1:]) == {""}


def test_the_revenue_of_a_department_stands_beside_its_costs() -> None:
    texts = understood("""
        Department | Account  | Budget 2026
        Events     | Revenue  | 500000
        Events     | Salaries | 120000
        Revenue    | Salaries | 80000
        Revenue    | Travel   | 9000
    """).texts
    assert texts.line_type == ["revenue", "", "", ""]


def test_a_result_that_is_numbered_like_the_lines_is_no_line() -> None:
    analysis = analysed("""
        No. | Item       | Budget 2026
        1.  | Revenue    | 18450
        2.  | Materials  | 9870
        3.  | Staff      | 4215
        4.  | Net result | 4365
    """)
    assert analysis.budget_rows == 3


def test_what_each_month_opens_with_is_the_balance_of_the_one_before_and_no_line() -> None:
    analysis = analysed("""
        Cash plan 2026  | Jan  | Feb  | Mar  | Apr
        Held at first   | 5000 | 5310 | 5425 | 5290
        Sales           | 4510 | 4115 | 4065 | 4720
        Rent            | 1200 | 1200 | 1200 | 1200
        Wages           | 3000 | 2800 | 3000 | 3100
        Balance         | 5310 | 5425 | 5290 | 5710
    """)
    assert analysis.budget_rows == 3


def test_a_list_that_never_changes_is_not_carried_over() -> None:
    analysis = analysed("""
        Item    | Jan  | Feb  | Mar  | Apr
        Rent    | 1200 | 1200 | 1200 | 1200
        Lease   | 300  | 300  | 300  | 300
        Total   | 1200 | 1200 | 1200 | 1200
    """)
    assert analysis.budget_rows == 2


def test_every_other_row_of_a_statement_may_be_a_result() -> None:
    analysis = analysed("""
        Plan         | 2026
        Revenue      | 1000
        COGS         | 400
        Gross profit | 600
        Opex         | 300
        EBITDA       | 300
        Depreciation | 50
        EBIT         | 250
        Interest     | 20
        EBT          | 230
        Tax          | 60
        Net income   | 170
    """)
    assert analysis.budget_rows == 6
    assert analysis.sum_budgeted == 1830


def test_a_margin_in_percent_is_neither_a_line_nor_an_error() -> None:
    analysis = analysed("""
        Plan           | Q1 2026 | Q2 2026
        Revenue        | 1000    | 1200
        COGS           | 400     | 500
        Gross profit   | 600     | 700
        Gross margin % | 60%     | 58.3%
        Opex           | 200     | 250
        EBITDA         | 400     | 450
        EBITDA margin  | 40%     | 37.5%
    """)
    assert analysis.budget_rows == 3
    assert analysis.sum_budgeted == 3550


def test_a_contingency_in_percent_stays_a_line_whose_amount_is_told_of() -> None:
    analysis = analysed("""
        Item        | Budget 2026
        Rent        | 1000
        Power       | 400
        Phone       | 60
        Contingency | 10%
    """)
    assert analysis.budget_rows == 4
