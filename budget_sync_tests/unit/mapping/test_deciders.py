"""Budgets of a year by who asked for, proposed or decided them."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def _chosen(headers: str, field: TargetField = TargetField.BUDGETED_AMOUNT) -> list[str]:
    rows = (
        "Rent | 4,120.00 | 4,300.00 | 4,455.50 | 4,310.00\n"
        "Power | 950.00 | 1,010.00 | 1,180.00 | 990.25\n"
        "Food | 312.00 | 290.00 | 360.00 | 95.00\n"
    )
    return columns(analysed(f"Account | {headers}\n{rows}", "budget.csv"), field)


@pytest.mark.parametrize(
    ("headers", "chosen"),
    [
        ("2024 Actual | 2025 Actual | 2026 Dept Req | 2026 Mayor", ["2026 Mayor"]),
        ("FY25 Actual | FY26 Dept Request | FY26 Town Manager | FY26 Select Board", ["FY26 Select Board"]),
        (
            "FY25 Approved | FY26 Requested | FY26 Superintendent | FY26 School Committee",
            ["FY25 Approved", "FY26 School Committee"],
        ),
    ],
)
def test_what_was_decided_goes_before_what_was_asked_for(headers: str, chosen: list[str]) -> None:
    assert _chosen(headers) == chosen
    assert _chosen(headers, TargetField.DEPARTMENT) == []


def test_a_department_that_decides_is_one_beside_others() -> None:
    assert _chosen("Mayor | Police | Council | Library") == ["Mayor", "Police", "Council", "Library"]
