"""Months that are not the whole year beside the year's budget say what came of it."""

from decimal import Decimal

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


@pytest.mark.parametrize("times", ["Jan | Feb | Mar", "Q1 | Q2 | Q3"])
def test_the_annual_budget_is_loaded_and_not_the_months_so_far(times: str) -> None:
    analysis = analysed(f"""
        Report 2026 | {times} | Year to date | Annual Budget
        Rent        | 100 | 105 | 100 | 305 | 1260
        Power       | 50  | 48  | 51  | 149 | 600
        Water       | 10  | 11  | 10  | 31  | 120
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Annual Budget"]
    assert analysis.sum_budgeted == Decimal(1980)


def test_months_that_add_up_to_the_budget_beside_them_are_its_parts() -> None:
    analysis = analysed("""
        Plan 2026 | Jan | Feb | Mar | Budget in total
        Rent      | 100 | 105 | 100 | 305
        Power     | 50  | 48  | 51  | 149
        Water     | 10  | 11  | 10  | 31
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Jan", "Feb", "Mar"]
