"""Fiscal periods as values: codes, months, containment."""

# ruff: noqa: RUF001 (digits of other scripts are what is tested)

import pytest

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.periods import FiscalPeriod, PeriodKind, periods_of_year


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("FY2025", FiscalPeriod(2025)),
        ("FY2025-H1", FiscalPeriod(2025, PeriodKind.HALF, 1)),
        ("FY2025-Q3", FiscalPeriod(2025, PeriodKind.QUARTER, 3)),
        ("2025-03", FiscalPeriod(2025, PeriodKind.MONTH, 3)),
    ],
)
def test_a_code_and_its_period_are_one(code: str, period: FiscalPeriod) -> None:
    assert FiscalPeriod.from_code(code) == period
    assert str(period) == code


@pytest.mark.parametrize(
    "code", ["", "2025", "FY25", "FY2025-Q5", "FY2025-H3", "2025-13", "2025-00", "FY٢٠٢٥", "FY1800"]
)
def test_a_code_of_no_period_is_refused(code: str) -> None:
    with pytest.raises(InvalidRequestError):
        FiscalPeriod.from_code(code)


@pytest.mark.parametrize(
    ("code", "start", "first", "last"),
    [
        ("FY2025", 1, (2025, 1), (2025, 12)),
        ("FY2025", 7, (2024, 7), (2025, 6)),
        ("FY2025-Q1", 7, (2024, 7), (2024, 9)),
        ("FY2025-Q3", 7, (2025, 1), (2025, 3)),
        ("FY2025-H2", 4, (2024, 10), (2025, 3)),
        ("2025-03", 7, (2025, 3), (2025, 3)),
    ],
)
def test_a_period_covers_calendar_months(code: str, start: int, first: tuple[int, int], last: tuple[int, int]) -> None:
    months = FiscalPeriod.from_code(code).months(start)
    assert divmod(months[0], 12) == (first[0], first[1] - 1)
    assert divmod(months[-1], 12) == (last[0], last[1] - 1)


@pytest.mark.parametrize(
    ("outer", "inner", "start", "expected"),
    [
        ("FY2025", "2025-03", 1, True),
        ("FY2025", "2024-07", 7, True),
        ("FY2025", "2025-07", 7, False),
        ("FY2025-Q1", "2025-03", 1, True),
        ("FY2025-Q1", "2025-04", 1, False),
        ("FY2025-H1", "FY2025-Q2", 1, True),
        ("2025-03", "2025-03", 1, True),
        ("2025-03", "FY2025", 1, False),
    ],
)
def test_a_period_contains_what_lies_within_it(outer: str, inner: str, start: int, expected: bool) -> None:
    assert FiscalPeriod.from_code(outer).contains(FiscalPeriod.from_code(inner), start) is expected


def test_kinds_compare_by_their_length() -> None:
    assert PeriodKind.MONTH < PeriodKind.QUARTER < PeriodKind.HALF < PeriodKind.YEAR


@pytest.mark.parametrize(
    ("code", "start", "year"),
    [("2025-06", 1, 2025), ("2025-06", 7, 2025), ("2025-07", 7, 2026), ("FY2025-Q1", 7, 2025), ("FY2025", 7, 2025)],
)
def test_a_period_lies_in_one_fiscal_year(code: str, start: int, year: int) -> None:
    assert FiscalPeriod.from_code(code).fiscal_year(start) == year


@pytest.mark.parametrize("start", [1, 4, 7, 12])
def test_the_periods_of_a_year_are_those_that_it_contains(start: int) -> None:
    periods = periods_of_year(2025, start)
    assert len(set(periods)) == 19
    assert all(FiscalPeriod(2025).contains(period, start) for period in periods)
    assert {period.fiscal_year(start) for period in periods} == {2025}
