"""The period that the name of a file carries, where the source says where it stands."""

import pytest

from budget_sync.domain.errors import ConfigurationError
from budget_sync.sources.name_period import check_name_pattern, period_in_name


@pytest.mark.parametrize(
    ("pattern", "name", "period"),
    [
        ("plan_{year}{month}.csv", "plan_202603.csv", "2026-03"),
        ("plan_{month}{year}*", "PLAN_0326_final.CSV", "2026-03"),
        ("budget {year} Q{quarter}.xlsx", "Budget 2026 q3.xlsx", "FY2026-Q3"),
        ("{year}H{half}_*.csv", "26h2_sales.csv", "FY2026-H2"),
        ("fy{year}.csv", "FY26.csv", "FY2026"),
        ("*_{period}.csv", "acme_March 2026.csv", "2026-03"),
        ("*_{period}.csv", "acme_2025-26.csv", "FY2026"),
        ("plan_{year}.csv", "other_2026.csv", None),
        ("plan_{period}.csv", "plan_final.csv", None),
        ("plan_{year}.csv", "plan_1234.csv", None),
        ("plan[{year}].csv", "plan[2026].csv", "FY2026"),
    ],
)
def test_the_name_says_the_period(pattern: str, name: str, period: str | None) -> None:
    found = period_in_name(pattern, name)
    assert (str(found) if found else None) == period


def test_a_quarter_of_a_name_that_is_read_as_words_is_the_customers_fiscal_one() -> None:
    assert str(period_in_name("{period}.csv", "Jul-Sep 2025.csv", 7)) == "FY2026-Q1"


@pytest.mark.parametrize(
    "pattern", ["plan.csv", "plan_{month}.csv", "{year}{year}", "{period}_{year}", "{day}", "x" * 201, "*a" * 9]
)
def test_a_pattern_that_does_not_say_once_where_it_stands_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigurationError):
        check_name_pattern(pattern)
