"""Amounts of one length side by side are no codes of the names; the sum of two budgets of a year is the budget."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

_LINES = ("Salaries", "Benefits", "Supplies", "Travel", "Training", "Software", "Rent", "Power", "Postage", "Insurance")
_FIRST = (71304, 20518, 38127, 15990, 44021, 90112, 27450, 61873, 10377, 52246)
_SECOND = (48215, 66301, 12984, 73310, 31456, 18027, 95513, 24868, 40179, 57702)
_THIRD = (905, 3120, 4475, 61240, 2218, 18905, 730, 44012, 1206, 8830)


def _table(headers: str, *amounts: tuple[int, ...], total: bool) -> str:
    rows = [f"Line item | {headers}"]
    for name, *values in zip(_LINES, *amounts, strict=True):
        told = [*values, sum(values)] if total else values
        rows.append(f"{name} | {' | '.join(map(str, told))}")
    return "\n".join(rows)


@pytest.mark.parametrize("third", [_THIRD, tuple(reversed(_FIRST))])
@pytest.mark.parametrize("total", [False, True])
def test_five_digits_throughout_are_amounts_beside_amounts(third: tuple[int, ...], total: bool) -> None:
    headers = "Our Town | Harvest | Into the Wild"
    text = _table(f"{headers} | Total" if total else headers, _FIRST, _SECOND, third, total=total)
    assert columns(analysed(text, "season budget.csv"), TargetField.BUDGETED_AMOUNT) == headers.split(" | ")


def test_five_digits_beside_one_amount_are_codes() -> None:
    text = _table("Chapter | Amount", _FIRST, _THIRD, total=False)
    assert columns(analysed(text, "season budget.csv"), TargetField.BUDGETED_AMOUNT) == ["Amount"]


def test_the_total_of_a_budget_in_two_kinds_of_money_is_the_budget() -> None:
    headers = "2025-26 Budget Unrestricted | 2025-26 Budget Restricted | 2025-26 Budget Total"
    analysis = analysed(_table(headers, _SECOND, _THIRD, total=True))
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["2025-26 Budget Total"]


def test_what_is_paid_for_is_an_amount_whatever_the_length_of_its_figures() -> None:
    headers = "Personnel | Operating Expenses | Capital Outlay"
    analysis = analysed(_table(f"{headers} | Total", _FIRST, _SECOND, _THIRD, total=True), "budget 2025.csv")
    assert "Operating Expenses" in columns(analysis, TargetField.BUDGETED_AMOUNT)
