"""Years of two figures in headers."""

import pytest

from budget_sync.domain.fields import Layout
from budget_sync.mapping.short_years import short_years
from budget_sync_tests.unit.mapping.tables import analysed


def test_a_run_of_two_figures_under_budget_is_a_run_of_years() -> None:
    analysis = analysed("""
        school | pupils | budget_24 | budget_25 | budget_change
        North  | 350    | 3,167,664 | 3,357,242 | 189,578
        South  | 206    | 1,818,223 | 1,776,635 | -41,587
        West   | 585    | 5,163,222 | 5,165,002 | 1,780
    """)
    assert analysis.layout is Layout.WIDE_YEARS
    assert [one.period for one in analysis.mappings if one.period] == ["FY2024", "FY2025"]


@pytest.mark.parametrize(
    "labels",
    [
        ["Budget 24"],
        ["Budget 24", "Budget 27"],
        ["Budget 1", "Budget 2"],
        ["Budget 10", "Budget 11", "Budget 12"],
        ["Site 24", "Site 25"],
    ],
)
def test_other_figures_behind_words_are_no_years(labels: list[str]) -> None:
    assert short_years(labels) == {}


def test_what_stands_beside_budgets_has_its_years_too() -> None:
    assert sorted(short_years(["Actual 24", "Budget 24", "Actual 25", "Budget 25", "Note"])) == [0, 1, 2, 3]
