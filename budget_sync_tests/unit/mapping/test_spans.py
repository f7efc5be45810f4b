"""One amount for the week, the month and the year: the year's is the budget."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


@pytest.mark.parametrize(
    ("headers", "longest"),
    [
        ("Weekly | Monthly | Annually", "Annually"),
        ("Monthly | Yearly | Notes", "Yearly"),
        ("Per Month | Per Year | Notes", "Per Year"),
        ("Annual Amount | Monthly Amount | Notes", "Annual Amount"),
        ("Monthly Cost | Yearly Cost | Quarterly Cost", "Yearly Cost"),
    ],
)
def test_the_longest_span_holds_the_others(headers: str, longest: str) -> None:
    analysis = analysed(
        f"""
        Item  | {headers}
        Rent  | 412 | 871 | 5190
        Power | 95  | 318 | 1377
        Food  | 228 | 909 | 8466
        """,
        "budget 2025.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [longest]


def test_months_alone_are_no_shorter_span() -> None:
    analysis = analysed("Item | Monthly Budget | Monthly Actual\nRent | 412 | 400\nPower | 95 | 90\nFood | 228 | 240\n")
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Monthly Budget"]
