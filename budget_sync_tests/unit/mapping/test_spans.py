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


@pytest.mark.parametrize(
    "table",
    [
        "Department | Monthly | Annual\nRent | 1200 |\nInternet | 80 |\nInsurance | | 600\nCar tax | | 300\n",
        "Department | Monthly Budget | Quarterly Budget\nRent | 1200 | 3600\nPower | 80 | 240\nFood | 500 | 1500\n",
    ],
    ids=["each due in a span of its own", "nothing for the year"],
)
def test_a_span_that_is_not_all_of_the_other_is_asked_about(table: str) -> None:
    assert [question.code for question in analysed(table, "budget 2026.csv").questions] == ["which_amount"]
