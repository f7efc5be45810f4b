"""What a total of revenue adds up is revenue, though its lines do not say so."""

from budget_sync_tests.unit.mapping.tables import understood

PLAN = """
    Account         | 2026
    Product sales   | 1000
    Consulting      | 200
    Total revenue   | 1200
    Material        | 500
    Personnel       | 300
    Total expenses  | 800
    Net profit      | 400
"""


def types_of(table: str) -> dict[str, str]:
    texts = understood(table, "budget 2026.csv").texts
    return dict(zip(texts.sub_category, texts.line_type, strict=True))


def test_the_lines_above_a_total_of_revenue_are_earned() -> None:
    assert types_of(PLAN) == {"Product sales": "revenue", "Consulting": "revenue", "Material": "", "Personnel": ""}


def test_a_total_of_revenue_that_is_not_the_sum_of_its_lines_tells_nothing() -> None:
    assert not any(types_of(PLAN.replace("1200", "1300")).values())


def test_the_total_of_a_department_called_sales_tells_nothing() -> None:
    departments = PLAN.replace("Total revenue", "Total sales").replace("Total expenses", "Total plant")
    assert not any(types_of(departments.replace("Net profit      | 400", "Total           | 2000")).values())


def test_total_sales_above_a_profit_is_revenue() -> None:
    assert types_of(PLAN.replace("Total revenue", "Total sales"))["Consulting"] == "revenue"
