# ruff: noqa: RUF001 - letters that look alike in different scripts are what is tested
"""Months across, in languages whose names are those of other months elsewhere or that only count them."""

import pytest

from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.mapping.tables import analysed


@pytest.mark.parametrize(
    "months",
    [
        "Siječanj Veljača Ožujak Travanj Svibanj Lipanj Srpanj Kolovoz Rujan Listopad Studeni Prosinac",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
        "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
        "1月份 2月份 3月份 4月份 5月份 6月份 7月份 8月份 9月份 10月份 11月份 12月份",
        "I II III IV V VI VII VIII IX X XI XII",
        "T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12",
    ],
)
def test_twelve_months_are_told_apart(months: str) -> None:
    analysis = analysed(f"""
        Office   | Account | {" | ".join(months.split())}
        Office A | Rent    | 100 | 100 | 100 | 100 | 100 | 100 | 100 | 100 | 100 | 110 | 120 | 130
        Office A | Water   | 10  | 20  | 30  | 10  | 20  | 30  | 10  | 20  | 30  | 10  | 20  | 30
        Office B | Paper   | 50  | 0   | 50  | 0   | 50  | 0   | 50  | 0   | 50  | 0   | 50  | 0
    """)
    assert (analysis.layout, analysis.sum_budgeted) == (Layout.WIDE_MONTHS, 1800)


def test_four_roman_figures_are_no_months() -> None:
    analysis = analysed("""
        Office   | Account | I   | II  | III | IV
        Office A | Rent    | 100 | 100 | 100 | 100
        Office A | Water   | 10  | 20  | 30  | 10
        Office B | Paper   | 50  | 0   | 50  | 0
    """)
    assert analysis.layout is not Layout.WIDE_MONTHS
