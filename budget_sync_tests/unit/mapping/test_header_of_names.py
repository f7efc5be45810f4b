"""The header over the names of the lines says what they are: income, or expenses."""

from budget_sync_tests.unit.mapping.tables import understood


def line_type(table: str) -> str | None:
    found = understood(table, "budget 2025.csv").line_type
    return found.value if found else None


def test_one_block_headed_income_is_revenue() -> None:
    assert (
        line_type("""
        Income   | Amount
        Salary   | 4000
        Interest | 12.40
        Gifts    | 150
    """)
        == "revenue"
    )


def test_income_that_costs_follow_is_not_the_type_of_all() -> None:
    assert (
        line_type("""
        Income  | Amount
        Salary  | 4000
        Gifts   | 150
        Housing | Amount
        Rent    | 1200
        Power   | 90
    """)
        is None
    )


def test_expenses_in_the_header_are_nearer_than_income_above_it() -> None:
    assert (
        line_type("""
        Income   |
        Salary   | 4000 | 4000 | 4000
        Expenses | Jan  | Feb  | Mar
        Rent     | 1200 | 1200 | 1200
        Food     | 450  | 430  | 470
        Fuel     | 80   | 95   | 60
    """)
        == "expense"
    )


def test_the_first_block_of_a_household_is_its_income() -> None:
    understanding = understood("""
        Income    | Projected | Actual
        Salary    | 4000      | 4000
        Interest  | 20        | 12
        Housing   | Projected | Actual
        Rent      | 1200      | 1200
        Power     | 90        | 101
        Food      | Projected | Actual
        Groceries | 400       | 450
        Dining    | 100       | 80
    """)
    texts = understanding.lines_of(understanding.amounts[0])
    assert dict(zip(texts.sub_category, texts.line_type, strict=True)) == {
        "Salary": "revenue",
        "Interest": "revenue",
        "Rent": "",
        "Power": "",
        "Groceries": "",
        "Dining": "",
    }
