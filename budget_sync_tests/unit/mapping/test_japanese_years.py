"""Years of Japanese eras written as a letter and a count, with no word for a year beside them."""

import pytest

from budget_sync.domain.era_years import era_cells, era_headers
from budget_sync.domain.fields import Layout, TargetField
from budget_sync_tests.unit.mapping.tables import analysed


def test_a_letter_and_a_count_over_the_amounts_of_a_japanese_table_are_years() -> None:
    analysis = analysed("""
        部門 | 科目   | R7     | R8
        総務 | 旅費   | 120000 | 125000
        総務 | 通信費 | 48000  | 51000
        土木 | 修繕費 | 930000 | 884000
    """)
    assert analysis.layout is Layout.WIDE_YEARS
    assert [one.period for one in analysis.mappings if one.period] == ["FY2025", "FY2026"]


def test_cells_below_a_japanese_header_are_years_too() -> None:
    analysis = analysed("""
        年度 | 科目   | 予算額
        R3   | 旅費   | 120000
        R3   | 通信費 | 48000
        R3   | 修繕費 | 930000
    """)
    assert TargetField.FISCAL_PERIOD in {one.target_field for one in analysis.mappings}
    assert analysis.sum_budgeted == 1098000


def test_a_count_behind_h_is_of_the_era_before() -> None:
    read = era_cells(["H30", "", "R2"], "年度")
    assert read is not None
    assert [one and one.year for one in read] == [2018, None, 2020]


@pytest.mark.parametrize("beside", [["Room", "Cost"], ["Site", "R1"]])
def test_without_japanese_beside_it_the_letter_is_something_else(beside: list[str]) -> None:
    assert era_headers(["R1", "R2"], beside) == {}


def test_a_column_of_which_some_cells_are_something_else_holds_no_years() -> None:
    assert era_cells(["R1", "R2", "棟A"], "建物") is None
    assert era_cells(["R1", "R2"], "Room") is None
