"""Periods as people write them: whole cells, headers and names, columns that settle their own doubts."""

# ruff: noqa: RUF001 (dashes and digits of other scripts are what is tested)

import pytest

from budget_sync.domain.period_text import find_period, parse_period, read_periods
from budget_sync.domain.periods import PeriodKind


def code(text: str, *, start: int = 1, year: int | None = None) -> str | None:
    """The stored code of a cell, '?' where the cell lacks its year."""
    period = parse_period(text)
    if period is None:
        return None
    stored = period.to_period(start, year)
    return str(stored) if stored else "?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015", "FY2015"),
        ("2025.01", "2025-01"),
        ("001.2025", "2025-01"),
        ("012/2025", "2025-12"),
        ("FY15", "FY2015"),
        ("FY 2015", "FY2015"),
        ("FY'25", "FY2025"),
        ("'25", "FY2025"),
        ("FY98", "FY1998"),
        ("2014-15", "FY2015"),
        ("2014/15", "FY2015"),
        ("2014–15", "FY2015"),
        ("FY 2014-2015", "FY2015"),
        ("FY15-16", "FY2016"),
        ("FY15-FY16", "FY2016"),
        ("2020/2021", "FY2021"),
        ("24/25", "FY2025"),
        ("1999-00", "FY2000"),
        ("2014-07", "2014-07"),
        ("2026/05", "2026-05"),
        ("05/2026", "2026-05"),
        ("03.2025", "2025-03"),
        ("2023 m05", "2023-05"),
        ("2025-03-01", "2025-03"),
        ("2025-03-01T00:00:00", "2025-03"),
        ("25.12.2025", "2025-12"),
        ("3/25/2025", "2025-03"),
        ("15 Aug 2025", "2025-08"),
        ("August 15, 2025", "2025-08"),
        ("Mar-25", "2025-03"),
        ("Mar 2025", "2025-03"),
        ("janv. 2025", "2025-01"),
        ("März 2025", "2025-03"),
        ("Septiembre 2024", "2024-09"),
        ("grudzień 2024", "2024-12"),
        ("září 2024", "2024-09"),
        ("Şubat 2025", "2025-02"),
        ("desember 2025", "2025-12"),
        ("2025年3月", "2025-03"),
        ("2025년 3월", "2025-03"),
        ("يناير 2025", "2025-01"),
        ("Q1 2025", "FY2025-Q1"),
        ("2025-Q3", "FY2025-Q3"),
        ("1Q25", "FY2025-Q1"),
        ("Q3FY25", "FY2025-Q3"),
        ("Q1-25", "FY2025-Q1"),
        ("Q4-2024", "FY2024-Q4"),
        ("T4-2024", "FY2024-Q4"),
        ("Q1-Q2 2025", "FY2025-H1"),
        ("Q3-Q4 2025", "FY2025-H2"),
        ("Q1 to Q4 2025", "FY2025"),
        ("T1 2025", "FY2025-Q1"),
        ("1. Quartal 2025", "FY2025-Q1"),
        ("1º trimestre 2025", "FY2025-Q1"),
        ("1er trimestre 2024", "FY2024-Q1"),
        ("I kwartał 2025", "FY2025-Q1"),
        ("IV kw. 2025", "FY2025-Q4"),
        ("2. štvrťrok 2025", "FY2025-Q2"),
        ("Trimestrul III 2025", "FY2025-Q3"),
        ("1. tromjesečje 2025", "FY2025-Q1"),
        ("2η τριμηνία 2025", "FY2025-Q2"),
        ("Triwulan IV 2025", "FY2025-Q4"),
        ("Quý II 2025", "FY2025-Q2"),
        ("רבעון 3 2025", "FY2025-Q3"),
        ("ไตรมาส 1 2025", "FY2025-Q1"),
        ("II. félév 2025", "FY2025-H2"),
        ("1er sem. 2025", "FY2025-H1"),
        ("II sem 2025", "FY2025-H2"),
        ("1. polugodište 2025", "FY2025-H1"),
        ("KWI 2025", "2025-04"),
        ("31/03/2025 12:00:00 a. m.", "2025-03"),
        ("Third Quarter 2025", "FY2025-Q3"),
        ("2025 第2四半期", "FY2025-Q2"),
        ("H1 2025", "FY2025-H1"),
        ("2025H2", "FY2025-H2"),
        ("2. Halbjahr 2025", "FY2025-H2"),
        ("2e semestre 2025", "FY2025-H2"),
        ("2025年上半年", "FY2025-H1"),
        ("2025年下半年", "FY2025-H2"),
        ("令和6年度", "FY2024"),
        ("令和元年", "FY2019"),
        ("R6年度", "FY2024"),
        ("H30年度", "FY2018"),
        ("平成30年", "FY2018"),
        ("民國113年度", "FY2024"),
        ("พ.ศ. 2567", "FY2024"),
        ("Exercice 2025", "FY2025"),
        ("Rok 2025", "FY2025"),
        ("GJ25", "FY2025"),
        ("Jan-Mar 2025", "FY2025-Q1"),
        ("Apr 2024 - Mar 2025", "FY2025"),
        ("01.01.2025 - 31.12.2025", "FY2025"),
        ("2025-07-01 to 2025-12-31", "FY2025-H2"),
        ("2025-03-01 to 2025-03-31", "2025-03"),
        ("Jan", "?"),
        ("May", "?"),
        ("Set", "?"),
        ("3月", "?"),
        ("Q1", "?"),
        ("1T", "?"),
        ("S1", "?"),
        ("1분기", "?"),
        ("第一季度", "?"),
        ("P01", "?"),
        ("July–September", "?"),
    ],
)
def test_a_cell_that_is_a_period_is_read(text: str, expected: str) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2240",
        "1989",
        "12",
        "202503",
        "2025.5",
        "1.2025",
        "1,2015",
        "2014-2018",
        "2025-27",
        "2014-13-01",
        "32/13/2025",
        "11/12",
        "70/71",
        "45-46/47",
        "FY75",
        "Marketing",
        "Total 2025",
        "June Miller",
        "third half 2025 of it",
        "Jan-Feb 2025",
        "令和99年",
        "พ.ศ. 1",
        "Q2-Q3 2025",
        "III Halbjahr 2025 x",
        "99 Aug 2025",
        "x" * 300,
    ],
)
def test_a_cell_that_is_anything_else_is_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan 2026", "FY2026"),
        ("Budget_2024-25_v2.csv", "FY2025"),
        ("budget2023", "FY2023"),
        ("chf_2019", "FY2019"),
        ("FY 18 PLANNED BUDGET", "FY2018"),
        ("TOTAL \n2026", "FY2026"),
        ("Jan Budget 2025", "2025-01"),
        ("Budget May 2025", "2025-05"),
        ("export_20250301.csv", "2025-03"),
        ("plan_202503.csv", "2025-03"),
        ("2021_03_03_report", "2021-03"),
        ("annual-budget-2020-2021.xlsx", "FY2021"),
        ("Budget 2025 Q2 (revised)", "FY2025-Q2"),
        ("For the Fiscal Year Ending June 30, 2025", "FY2025"),
        ("Exercice clos le 31/12/2025", "FY2025"),
        ("Year ended 31 December 2025", "FY2025"),
        ("Balance as of June 30, 2025", "2025-06"),
        ("Budget 2025 (printed 05.11.2024)", "FY2025"),
        ("Plan Q3 2025, decided 2025-04-05", "FY2025-Q3"),
        ("July 1, 2024 - June 30, 2025", "FY2025"),
        ("Budget Jan", "?"),
        ("1st Quarter Budget", "?"),
        ("Fund 2240", None),
        ("Cash out", None),
        ("Amount may vary", None),
        ("Task T1", None),
        ("Plan 2014-2018", None),
        ("2025-27 Biennium", None),
        ("", None),
        ("y" * 300 + " 2025", None),
    ],
)
def test_a_period_is_found_inside_a_header_or_a_name(text: str, expected: str | None) -> None:
    period = find_period(text)
    stored = period.to_period() if period else None
    assert (str(stored) if stored else "?" if period else None) == expected


@pytest.mark.parametrize(
    ("text", "start", "year", "expected"),
    [
        ("Jul FY25", 7, None, "2024-07"),
        ("Jun FY25", 7, None, "2025-06"),
        ("Jul 2025", 7, None, "2025-07"),
        ("Jul", 7, 2025, "2024-07"),
        ("Jul", 1, 2025, "2025-07"),
        ("P01", 7, 2025, "2024-07"),
        ("P12 FY25", 7, None, "2025-06"),
        ("Jan-Mar 2025", 7, None, "FY2025-Q3"),
        ("Jul-Sep 2024", 7, None, "FY2025-Q1"),
        ("Jul-Sep", 7, 2025, "FY2025-Q1"),
        ("Feb-Apr 2025", 1, None, "?"),
        ("Q1", 4, 2025, "FY2025-Q1"),
        ("2024", 7, None, "FY2024"),
    ],
)
def test_the_fiscal_year_start_says_which_year_a_month_is_in(
    text: str, start: int, year: int | None, expected: str
) -> None:
    assert code(text, start=start, year=year) == expected


def test_a_year_and_a_month_of_two_figures_are_settled_by_the_other_cells() -> None:
    months = read_periods(["2011-11", "2011-12"])
    years = read_periods(["2011-12", "2012-13"])
    assert [period.kind for period in months if period] == [PeriodKind.MONTH, PeriodKind.MONTH]
    assert [period.year for period in years if period] == [2012, 2013]


@pytest.mark.parametrize(
    ("cells", "months"),
    [
        (["03/04/2025", "03/25/2025"], [3, 3]),
        (["03/04/2025", "25/03/2025"], [4, 3]),
        (["01/01/2025", "02/01/2025"], [1, 2]),
        (["01/01/2025", "01/02/2025"], [1, 2]),
        (["03.04.2025"], [4]),
    ],
)
def test_a_column_of_dates_settles_which_part_is_the_month(cells: list[str], months: list[int]) -> None:
    assert [period.number for period in read_periods(cells) if period] == months


def test_bare_figures_are_months_or_days_where_every_cell_is_one() -> None:
    assert [period and period.number for period in read_periods(["202501", "", "202512"])] == [1, None, 12]
    assert [period and period.day for period in read_periods(["20250131"])] == [31]
    assert read_periods(["202501", "17"]) == [None, None]


def test_a_month_of_a_year_that_is_not_kept_is_no_period() -> None:
    july = parse_period("July")
    assert july is not None
    assert july.to_period(fiscal_year_start=7, year=1900) is None
    assert str(july.to_period(fiscal_year_start=7, year=1901)) == "1900-07"
