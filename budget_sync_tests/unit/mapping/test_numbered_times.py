"""Headers that count years, weeks and days."""

import pytest

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.domain.periods import PeriodKind
from budget_sync.mapping.numbered_times import counted_periods, counts_weeks, numbered_years
from budget_sync_tests.unit.mapping.tables import analysed, columns

GRANT = """
    Category  | Year 1 | Year 2 | Year 3{head}
    Personnel | 1000   | 1100   | 1200  {first}
    Travel    | 300    | 300    | 300   {second}
    Equipment | 400    | 400    | 400   {third}
"""
WITHOUT_TOTAL = GRANT.format(head="", first="", second="", third="")
WITH_TOTAL = GRANT.format(head="| Total", first="| 3300", second="| 900", third="| 1200")


@pytest.mark.parametrize("table", [WITHOUT_TOTAL, WITH_TOTAL])
def test_years_counted_from_the_first_are_all_loaded_and_the_first_is_asked_for(table: str) -> None:
    analysis = analysed(table, "grant budget.csv")
    assert analysis.layout is Layout.WIDE_YEARS
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Year 1", "Year 2", "Year 3"]
    assert "which_year" in [question.code for question in analysis.questions]


def test_the_year_of_the_file_is_the_first_of_those_counted() -> None:
    analysis = analysed(WITHOUT_TOTAL, "grant budget 2025.csv")
    mapped = analysis.columns_of(TargetField.BUDGETED_AMOUNT)
    assert [mapping.period for mapping in mapped] == ["FY2025", "FY2026", "FY2027"]


@pytest.mark.parametrize(
    ("headers", "numbers"),
    [
        (["Item", "Year 1", "Year 2", "Total"], {1: 1, 2: 2}),
        (["Y1", "Y2", "Y3"], {0: 1, 1: 2, 2: 3}),
        (["Année 1", "Année 2"], {0: 1, 1: 2}),
        (["Year 1 Budget", "Year 1 Actual", "Year 2 Budget", "Year 2 Actual"], {0: 1, 1: 1, 2: 2, 3: 2}),
        (["Year One", "Year Two", "Year Three"], {0: 1, 1: 2, 2: 3}),
        (["Project", "First year", "Second year"], {1: 1, 2: 2}),
        (["1. Jahr", "2. Jahr"], {0: 1, 1: 2}),
        (["1ère année", "2ème année", "3ème année"], {0: 1, 1: 2, 2: 3}),
        (["项目", "第1年", "第2年"], {1: 1, 2: 2}),
        (["第一年", "第二年", "第三年"], {0: 1, 1: 2, 2: 3}),
        (["1年目", "2年目"], {0: 1, 1: 2}),
        (["1차년도", "2차년도"], {0: 1, 1: 2}),
        (["令和1年", "令和2年"], {}),
        (["Year 1", "Total"], {}),
        (["Year 3", "Year 4"], {}),
        (["Budget1", "Budget2"], {}),
        (["2025", "2026"], {}),
    ],
)
def test_headers_count_years_where_several_of_one_wording_begin_with_one(
    headers: list[str], numbers: dict[int, int]
) -> None:
    found = numbered_years(headers)
    assert {place: period.number for place, period in found.items()} == numbers
    assert all(period.kind is PeriodKind.YEAR and period.year is None for period in found.values())


def test_weeks_are_no_departments_and_their_total_is_the_budget() -> None:
    analysis = analysed("""
        Item | Week 1 | Week 2 | Week 3 | Total
        Food | 100    | 110    | 120    | 330
        Fuel | 30     | 30     | 30     | 90
        Fun  | 40     | 40     | 40     | 120
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Total"]
    assert counts_weeks("Day 12")
    assert not counts_weeks("Phase 2")


def test_i_to_iv_are_quarters_where_no_v_follows() -> None:
    assert [(place, period.number) for place, period in counted_periods(["I", "II", "III", "IV", "Sum"]).items()] == [
        (0, 1),
        (1, 2),
        (2, 3),
        (3, 4),
    ]
    assert counted_periods(["I", "II", "III", "IV", "V"]) == {}
    assert counted_periods(["I", "II", "III"]) == {}


def test_years_counted_over_two_columns_each_are_loaded_with_what_each_says() -> None:
    analysis = analysed(
        """
                  | Year 1 |       | Year 2 |       | Total |
        Category  | Grant  | Match | Grant  | Match | Grant | Match
        Personnel | 1000   | 250   | 1100   | 260   | 2100  | 510
        Travel    | 300    | 40    | 310    | 45    | 610   | 85
        Equipment | 400    | 0     | 120    | 15    | 520   | 15
        """,
        "grant budget 2025.csv",
    )
    budgets = analysis.columns_of(TargetField.BUDGETED_AMOUNT)
    assert [(one.period, one.label) for one in budgets] == [
        ("FY2025", "Grant"),
        ("FY2025", "Match"),
        ("FY2026", "Grant"),
        ("FY2026", "Match"),
    ]
