"""Twelve amounts that are counted are the months of a year; numbers of periods may bound a range."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.counted_months import counted_months
from budget_sync_tests.unit.mapping.tables import analysed, columns, lines, understood

_YEAR = range(1, 13)


@pytest.mark.parametrize(
    "wording", ["Amount {}", "Budget - Period {}", "BUDGET_AMT_{:02}", "Plan {:03}", "Period {} Budget"]
)
def test_twelve_amounts_are_the_months(wording: str) -> None:
    headers = [wording.format(number) for number in _YEAR]
    rows = [f"Rent | {' | '.join(str(400 + month) for month in _YEAR)} | 4878"]
    rows += [f"Power | {' | '.join(str(90 + 7 * month) for month in _YEAR)} | 1626"]
    rows += [f"Food | {' | '.join(str(300 - 3 * month) for month in _YEAR)} | 3366"]
    text = "\n".join([f"Account | {' | '.join(headers)} | Total", *rows])
    analysis = analysed(text, "budget 2025.csv")
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == headers
    assert [one.period for one in analysis.mappings if one.period][-1] == "2025-12"


@pytest.mark.parametrize(
    "headers",
    [
        [f"Store {number}" for number in _YEAR],
        [f"Amount {number}" for number in range(1, 12)],
        [f"Amount {number}" for number in range(1, 14)],
    ],
)
def test_other_runs_are_no_months(headers: list[str]) -> None:
    assert counted_months(headers) == {}


_PLAN = """
    Controlling Area | Fiscal Year | Cost Center | Cost Element | Cost Element Description | Period From | Period To | Plan
    1000             | 2025        | 4100        | 400000       | Salaries                 | 1           | {0}       | 5000
    1000             | 2025        | 4100        | 410000       | Travel                   | 1           | {0}       | 3200
    1000             | 2025        | 4200        | 400000       | Salaries                 | 1           | {0}       | 780
    1000             | 2025        | 4200        | 410000       | Travel                   | 1           | {0}       | 11000
    """  # noqa: E501


@pytest.mark.parametrize(("last", "period"), [("12", "FY2025"), ("1", "2025-01")])
def test_from_period_one_to_twelve_is_the_year(last: str, period: str) -> None:
    found = lines(understood(_PLAN.format(last)))
    assert found[0] == ("4100", "Salaries", period, "5000")
    assert [department for department, *_ in found] == ["4100", "4100", "4200", "4200"]
