"""Rows of a kind that is the sum of the other kinds, line by line, are no lines."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def table(*kinds: str) -> str:
    """Three lines of a city, each with its sum under the first kind and its parts under the others."""
    whole, first, second = kinds
    return f"""
        Year | Kind     | Code | Name     | Plan
        2025 | {whole}  | 2111 | Pay      | 119848
        2025 | {first}  | 2111 | Pay      | 117541
        2025 | {second} | 2111 | Pay      | 2307
        2025 | {whole}  | 2210 | Supplies | 5150
        2025 | {first}  | 2210 | Supplies | 4100
        2025 | {second} | 2210 | Supplies | 1050
        2025 | {whole}  | 2240 | Services | 8822
        2025 | {first}  | 2240 | Services | 8801
        2025 | {second} | 2240 | Services | 21
    """


def test_a_kind_that_is_the_sum_of_the_others_in_every_line_is_left_out() -> None:
    analysis = analysed(table("T", "C", "S"), "budget.csv")
    assert analysis.sum_budgeted == 133820
    assert analysis.budget_rows == 6
    assert columns(analysis, TargetField.SUB_CATEGORY) == ["Name"]


@pytest.mark.parametrize("amount", ["8823", "9000"])
def test_one_line_that_is_no_sum_leaves_them_all_lines(amount: str) -> None:
    analysis = analysed(table("T", "C", "S").replace("8822", amount), "budget.csv")
    assert analysis.budget_rows == 9


def test_the_revenue_of_a_balanced_budget_is_no_sum_of_what_it_pays_for() -> None:
    analysis = analysed(table("Revenue", "Running", "Capital"), "budget.csv")
    assert analysis.budget_rows == 9


@pytest.mark.parametrize("kinds", [("Federal", "State", "County"), ("T", "C", "S")])
@pytest.mark.parametrize("parts", [(25, 25), (30, 20)])
def test_half_of_every_line_is_no_sum_of_those_who_share_the_other_half(
    kinds: tuple[str, str, str], parts: tuple[int, int]
) -> None:
    lines = [("Roads", "Paving", 8000), ("Bridges", "Repair", 12000), ("Transit", "Buses", 2000)]
    rows = [
        f"{department} | {fund} | {category} | {hundredth * share}"
        for department, category, hundredth in lines
        for fund, share in zip(kinds, (50, *parts), strict=True)
    ]
    analysis = analysed("\n".join(["Department | Fund | Category | Budget 2026", *rows]))
    assert analysis.sum_budgeted == 2200000


def test_a_kind_with_a_name_is_none_though_it_be_the_sum_of_the_others() -> None:
    analysis = analysed(table("Holding", "North", "South"), "budget.csv")
    assert analysis.budget_rows == 9
