"""How the amounts lie: long, or wide by months, quarters, halves, years, versions, departments."""

from decimal import Decimal

import pytest

from budget_sync.domain.fields import FileType, Layout, TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns, lines, understood

AMOUNT = TargetField.BUDGETED_AMOUNT


def test_a_plain_list_is_long() -> None:
    analysis = analysed("""
        Department | Category | Fiscal Year | Budget Amount
        Sales      | Travel   | FY2025      | 1200.50
        Sales      | Software | FY2025      | 800
        Finance    | Travel   | FY2025      | 300
    """)
    assert analysis.layout is Layout.LONG
    assert columns(analysis, TargetField.DEPARTMENT) == ["Department"]
    assert columns(analysis, TargetField.SUB_CATEGORY) == ["Category"]
    assert columns(analysis, TargetField.FISCAL_PERIOD) == ["Fiscal Year"]
    assert columns(analysis, AMOUNT) == ["Budget Amount"]
    assert analysis.sum_budgeted == Decimal("2300.50")


MONTHS = "Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec"


def test_months_side_by_side_take_the_year_of_the_title_and_leave_the_total_out() -> None:
    analysis = analysed(f"""
        Operating budget 2026
        Department | {MONTHS} | Total
        Sales      | 1|2|3|4|5|6|7|8|9|10|11|12 | 78
        Finance    | 11|12|13|14|15|16|17|18|19|20|21|22 | 198
        Research   | 21|22|23|24|25|26|27|28|29|30|31|32 | 318
    """)
    assert analysis.layout is Layout.WIDE_MONTHS
    assert analysis.header_row == 1
    assert [mapping.period for mapping in analysis.columns_of(AMOUNT)] == [
        f"2026-{month:02d}" for month in range(1, 13)
    ]
    assert analysis.sum_budgeted == 78 + 198 + 318


@pytest.mark.parametrize(
    ("headers", "layout", "periods"),
    [
        (
            "Q1 2025 | Q2 2025 | Q3 2025 | Q4 2025",
            Layout.WIDE_QUARTERS,
            ["FY2025-Q1", "FY2025-Q2", "FY2025-Q3", "FY2025-Q4"],
        ),
        ("H1 FY25 | H2 FY25", Layout.WIDE_HALVES, ["FY2025-H1", "FY2025-H2"]),
        ("2024 | 2025 | 2026", Layout.WIDE_YEARS, ["FY2024", "FY2025", "FY2026"]),
        ("FY 2023-24 | FY 2024-25", Layout.WIDE_YEARS, ["FY2024", "FY2025"]),
        ("Jan-25 | Feb-25 | Mar-25", Layout.WIDE_MONTHS, ["2025-01", "2025-02", "2025-03"]),
        ("2025-01-01 | 2025-02-01 | 2025-03-01", Layout.WIDE_MONTHS, ["2025-01", "2025-02", "2025-03"]),
        ("Budget 2025 | Budget 2026", Layout.WIDE_YEARS, ["FY2025", "FY2026"]),
        ("enero 2025 | febrero 2025 | marzo 2025", Layout.WIDE_MONTHS, ["2025-01", "2025-02", "2025-03"]),
        ("1. Quartal 2025 | 2. Quartal 2025", Layout.WIDE_QUARTERS, ["FY2025-Q1", "FY2025-Q2"]),
        ("budget2022 | budget2023", Layout.WIDE_YEARS, ["FY2022", "FY2023"]),
    ],
)
def test_periods_in_headers_make_a_wide_layout(headers: str, layout: Layout, periods: list[str]) -> None:
    count = len(periods)
    first, second, third = (" | ".join(str(base + step) for step in range(count)) for base in (1100, 5230, 2450))
    analysis = analysed(f"""
        Cost centre | {headers}
        Sales       | {first}
        Finance     | {second}
        Research    | {third}
    """)
    assert analysis.layout is layout
    assert [mapping.period for mapping in analysis.columns_of(AMOUNT)] == periods


def test_actuals_beside_budgets_of_several_years_are_left_out() -> None:
    analysis = analysed("""
        Department | Program | FY22 Actual | FY23 Actual | FY24 Budget | FY25 Budget
        Police     | Patrol  | 900         | 950         | 1000        | 1100
        Police     | Canine  | 90          | 95          | 100         | 110
        Fire       | Rescue  | 500         | 550         | 600         | 650
    """)
    assert analysis.layout is Layout.WIDE_YEARS
    assert columns(analysis, AMOUNT) == ["FY24 Budget", "FY25 Budget"]
    left_out = {one.source_column: one.reason for one in analysis.mappings if one.target_field is None}
    assert left_out["FY22 Actual"] == "what was spent, not what was budgeted"


def test_a_header_of_two_rows_puts_year_and_version_together() -> None:
    analysis = analysed("""
        Department | 2024   |        | 2025   |
                   | Budget | Actual | Budget | Actual
        Sales      | 100    | 90     | 110    | 95
        Finance    | 200    | 180    | 210    | 190
        Research   | 300    | 280    | 310    | 290
    """)
    assert analysis.header_row == 1
    assert analysis.layout is Layout.WIDE_YEARS
    assert [(one.column_index, one.period) for one in analysis.columns_of(AMOUNT)] == [(1, "FY2024"), (3, "FY2025")]
    assert analysis.headers[3] == "2025 Budget"


def test_of_versions_side_by_side_the_one_in_force_is_taken() -> None:
    analysis = analysed("""
        Department | Proposed 2025 | Adopted 2025 | Revised 2025
        Sales      | 1000          | 900          | 950
        Finance    | 2000          | 1900         | 1950
        Research   | 3000          | 2900         | 2950
    """)
    assert analysis.layout is Layout.WIDE_VERSIONS
    assert columns(analysis, AMOUNT) == ["Revised 2025"]
    assert analysis.columns_of(AMOUNT)[0].period == "FY2025"


def test_the_final_budget_is_in_force_beside_the_original_one() -> None:
    analysis = analysed("""
        Function       | Original Appropriation | Final Appropriation | Actual
        Public safety  | 4200                   | 4310                | 4290
        Public works   | 900                    | 905                 | 880
        Administration | 1250                   | 1200                | 1195
    """)
    assert columns(analysis, AMOUNT) == ["Final Appropriation"]
    assert not [one for one in analysis.questions if one.field is AMOUNT]


@pytest.mark.parametrize("counted", ["FTEs", "Positions", "Lorries"])
def test_what_is_counted_in_the_same_year_does_not_replace_the_recommended_budget(counted: str) -> None:
    analysis = analysed(f"""
        Agency  | FY24 Approved Budget | FY25 Recommended Budget | FY24 {counted} | FY25 {counted}
        Police  | 4200                 | 4310                    | 31.5           | 32.0
        Library | 900                  | 905                     | 8.0            | 8.5
        Parks   | 1250                 | 1200                    | 12.0           | 11.0
    """)
    assert columns(analysis, AMOUNT) == ["FY24 Approved Budget", "FY25 Recommended Budget"]


def test_what_adds_up_to_the_total_is_loaded_also_where_a_word_of_amounts_names_it() -> None:
    analysis = analysed("""
        Unit        | General Fund Allocation | Designated | Auxiliary | Sponsored | All Funds
        Engineering | 41200                   | 2300       | 0         | 18700     | 62200
        Arts        | 38500                   | 1200       | 0         | 4100      | 43800
        Housing     | 0                       | 0          | 22400     | 0         | 22400
        Library     | 9100                    | 150        | 0         | 300       | 9550
    """)
    assert analysis.layout is Layout.WIDE_DEPARTMENTS
    assert columns(analysis, AMOUNT) == ["General Fund Allocation", "Designated", "Auxiliary", "Sponsored"]


def test_what_a_committee_recommends_is_in_force_beside_what_was_requested() -> None:
    analysis = analysed("""
        Department | Item   | Department Request | Committee Recommendation
        Police     | Cars   | 116000             | 116000
        Roads      | Plough | 215000             | 0
        Library    | Carpet | 32000              | 30000
    """)
    assert columns(analysis, AMOUNT) == ["Committee Recommendation"]


@pytest.mark.parametrize("fallback", ["Contingency Budget", "Default Budget"])
def test_what_holds_where_the_proposed_budget_is_voted_down_is_not_in_force_beside_it(fallback: str) -> None:
    analysis = analysed(f"""
        Component | Proposed Budget 2025 | {fallback} 2025
        Teaching  | 4200                 | 4150
        Buildings | 510                  | 505
        Buses     | 325                  | 319
    """)
    assert columns(analysis, AMOUNT) == ["Proposed Budget 2025"]


def test_versions_without_a_year_take_the_period_of_the_file_name() -> None:
    analysis = analysed(
        """
        Account | Requested | Approved
        Travel  | 1000      | 900
        Paper   | 210       | 190
        Rent    | 3000      | 2900
    """,
        name="club budget 2024.csv",
    )
    assert analysis.layout is Layout.WIDE_VERSIONS
    assert columns(analysis, AMOUNT) == ["Approved"]
    assert analysis.columns_of(AMOUNT)[0].period == "FY2024"


def test_departments_side_by_side_go_to_the_field_that_the_file_lacks() -> None:
    understanding = understood(
        """
        Category | Sales | Finance | Research | Total
        Travel   | 100   | 200     | 300      | 600
        Paper    | 11    | 21      | 31       | 63
        Rent     | 1000  | 2000    | 3000     | 6000
    """,
        name="plan FY2025.csv",
    )
    assert understanding.analysis.layout is Layout.WIDE_DEPARTMENTS
    assert understanding.analysis.sum_budgeted == 6663
    assert ("Finance", "Paper", "FY2025", "21") in lines(understanding)


def test_codes_of_funds_in_the_header_are_no_years() -> None:
    analysis = analysed("""
        Sum of FY17 | Fund |      |      |      |
        Department  | 1080 | 2020 | 2240 | 3000 | Grand Total
        Police      | 900  | 10   | 20   | 30   | 960
        Fire        | 800  | 40   | 50   | 60   | 950
        Parks       | 700  | 70   | 80   | 90   | 940
        Grand Total | 2400 | 120  | 150  | 180  | 2850
    """)
    assert analysis.header_row == 1
    assert analysis.layout is Layout.WIDE_DEPARTMENTS
    assert columns(analysis, AMOUNT) == ["1080", "2020", "2240", "3000"]
    assert analysis.sum_budgeted == 2850


def test_revenue_beside_expenses_are_two_line_types_and_profit_is_left_out() -> None:
    understanding = understood("""
        Year | Month | Business unit | Budgeted revenue | Budgeted expense | Budgeted profit
        2025 | 1     | Retail        | 1500             | 1200             | 300
        2025 | 1     | Online        | 2000             | 1700             | 300
        2025 | 2     | Retail        | 1600             | 1100             | 500
        2025 | 2     | Online        | 2100             | 1750             | 350
    """)
    types = {column.line_type for column in understanding.amounts}
    assert types == {"expense", "revenue"}
    assert understanding.analysis.layout is Layout.LONG
    assert understanding.analysis.sum_budgeted == 5750
    assert ("Retail", "", "2025-02", "1100") in lines(understanding)


def test_opex_beside_capex_become_part_of_the_sub_category() -> None:
    understanding = understood("""
        Month   | Area  | OPEX   | CAPEX
        2026-01 | Sales | 100.25 | 0
        2026-01 | IT    | 200.50 | 5000
        2026-02 | Sales | 110.75 | 0
        2026-02 | IT    | 210.00 | 7000
    """)
    assert ("IT", "CAPEX", "2026-02", "7000") in lines(understanding)
    assert understanding.analysis.sum_budgeted == Decimal("12621.50")


def test_the_total_column_is_the_amount_where_its_parts_are_figures_of_other_kinds() -> None:
    analysis = analysed("""
        Task    | Total  | from EU | national | percent EU
        Roads   | 1000.5 | 400.25  | 600.25   | 40.01
        Bridges | 2000   | 1500    | 500      | 75
        Schools | 300    | 100     | 200      | 33.33
        Parks   | 50.25  | 25.25   | 25       | 50.2
    """)
    assert analysis.layout is Layout.LONG
    assert columns(analysis, AMOUNT) == ["Total"]


def test_a_year_and_months_in_words_come_together_row_by_row() -> None:
    understanding = understood("""
        Department | Year | Jan | Feb | Mar
        Sales      | 2024 | 101 | 102 | 103
        Sales      | 2025 | 111 | 112 | 113
        Finance    | 2024 | 201 | 202 | 203
        Finance    | 2025 | 211 | 212 | 213
    """)
    assert understanding.analysis.layout is Layout.WIDE_MONTHS
    assert ("Finance", "", "2025-02", "212") in lines(understanding)
    assert ("Finance", "", "2024-03", "203") in lines(understanding)


def test_spacer_columns_between_amounts_do_not_disturb() -> None:
    analysis = analysed("""
        Resources |             | FY18    | | FY17    | | FY16
                  |             | Planned | | Adopted | | Adopted
                  |             | Budget  | | Budget  | | Budget
        Taxes     |             |         | |         | |
                  | Sales tax   | 2562    | | 2415    | | 2364
                  | Use tax     | 233     | | 232     | | 242
        Fees      |             |         | |         | |
                  | Permits     | 57      | | 56      | | 55
                  | Golf        | 28      | | 27      | | 26
    """)
    assert analysis.layout is Layout.WIDE_YEARS
    assert [one.period for one in analysis.columns_of(AMOUNT)] == ["FY2018", "FY2017", "FY2016"]
    assert analysis.sum_budgeted == sum((2562, 2415, 2364, 233, 232, 242, 57, 56, 55, 28, 27, 26))


def test_months_that_run_from_july_to_june_are_two_calendar_years() -> None:
    analysis = analysed("""
        Budget FY 2024-25
        Item  | Jul | Aug | Sep | Oct | Nov | Dec | Jan | Feb | Mar | Apr | May | Jun
        Rent  | 10  | 11  | 12  | 13  | 14  | 15  | 16  | 17  | 18  | 19  | 20  | 21
        Wages | 30  | 31  | 32  | 33  | 34  | 35  | 36  | 37  | 38  | 39  | 40  | 41
        Power | 50  | 51  | 52  | 53  | 54  | 55  | 56  | 57  | 58  | 59  | 60  | 61
    """)
    periods = [mapping.period for mapping in analysis.columns_of(AMOUNT)]
    assert periods[:6] == [f"2024-{month:02d}" for month in range(7, 13)]
    assert periods[6:] == [f"2025-{month:02d}" for month in range(1, 7)]


def test_of_two_amendments_the_later_one_is_in_force() -> None:
    analysis = analysed("""
        Department | Draft budget | 1st amended budget | 2nd amended budget
        Sales      | 1000         | 900                | 950
        Finance    | 2000         | 1900               | 1950
        Research   | 3000         | 2900               | 2950
    """)
    assert columns(analysis, AMOUNT) == ["2nd amended budget"]


def test_revenue_and_expenditure_of_every_year_are_both_taken_apart() -> None:
    understanding = understood("""
        Department | 2024 Revenue | 2024 Expenditure | 2025 Revenue | 2025 Expenditure
        Parks      | 100          | 500              | 110          | 520
        Pool       | 80           | 200              | 85           | 210
        Library    | 10           | 300              | 12           | 310
    """)
    found = [(column.period, column.line_type) for column in understanding.amounts]
    assert found == [("FY2024", "revenue"), ("FY2024", "expense"), ("FY2025", "revenue"), ("FY2025", "expense")]
    assert understanding.analysis.sum_budgeted == 2040


def test_quarters_named_by_their_months() -> None:
    analysis = analysed("""
        Dept  | Jan-Mar 2025 | Apr-Jun 2025 | Jul-Sep 2025 | Oct-Dec 2025
        Sales | 10           | 20           | 30           | 40
        IT    | 11           | 21           | 31           | 41
    """)
    assert analysis.layout is Layout.WIDE_QUARTERS
    assert [mapping.period for mapping in analysis.columns_of(AMOUNT)] == [
        f"FY2025-Q{number}" for number in (1, 2, 3, 4)
    ]


def test_measures_of_every_year_are_all_taken_with_their_names() -> None:
    understanding = understood("""
        Agency  | 2024 Operating | 2024 Capital | 2025 Operating | 2025 Capital
        Roads   | 100            | 500          | 110            | 520
        Parks   | 80             | 200          | 85             | 210
        Schools | 10             | 300          | 12             | 310
    """)
    assert understanding.analysis.layout is Layout.WIDE_YEARS
    assert ("Parks", "Capital", "FY2025", "210") in lines(understanding)
    assert understanding.analysis.sum_budgeted == 100 + 80 + 10 + 500 + 200 + 300 + 110 + 85 + 12 + 520 + 210 + 310


@pytest.mark.parametrize("plain", ["Allocation", "Amount (in thousands)"])
def test_a_budget_of_last_year_beside_a_plain_one_is_last_years(plain: str) -> None:
    understanding = understood(f"""
        Operating budget 2026
        Department | Item   | Budget 2025 | {plain}
        Sales      | Travel | 1150        | 1200
        Sales      | Rent   | 9000        | 9500
        Research   | Rent   | 8000        | 8100
    """)
    assert columns(understanding.analysis, AMOUNT) == [plain]
    assert {line[2] for line in lines(understanding)} == {"FY2026"}


def test_the_years_of_the_rows_tell_which_budget_is_of_last_year() -> None:
    analysis = analysed("""
        Department | Item   | Year | Budget | Budget 2024
        Sales      | Travel | 2025 | 1200   | 1150
        Sales      | Rent   | 2025 | 9500   | 9000
        Research   | Rent   | 2025 | 8100   | 8000
    """)
    assert columns(analysis, AMOUNT) == ["Budget"]


def test_last_years_budget_is_no_version_of_this_years() -> None:
    analysis = analysed("""
        Department | Item   | Prior year budget | Requested | Proposed
        Sales      | Travel | 1150              | 1200      | 1190
        Sales      | Rent   | 9000              | 9500      | 9400
        Research   | Rent   | 8000              | 8100      | 8050
    """)
    assert columns(analysis, AMOUNT) == ["Proposed"]


def test_a_few_departments_whose_amounts_are_of_one_length_are_all_taken() -> None:
    analysis = analysed("""
        Budget 2026
        Cost centre code | Department | Energy | Paper | Adverts | Licences
        110              | Sales      | 8317  | 4154  | 1784    | 8677
        120              | Research   | 6311  | 3200  | 1550    | 7997
        130              | Finance    | 5700  | 1240  | 4750    | 2430
    """)
    assert columns(analysis, AMOUNT) == ["Energy", "Paper", "Adverts", "Licences"]


def test_months_headed_by_their_numbers_are_months_and_the_sum_of_the_year_is_left_out() -> None:
    months = " | ".join(f"{month:02d}" for month in range(1, 13))
    understanding = understood(f"""
        Planning 2026, version 1 (EUR)
        KST  | KST-Text      | KoA    | KoA-Text    | Jahressumme | {months}
        4711 | Vertrieb Nord | 620000 | Gehälter    | 120000 | {"|".join(["10000"] * 12)}
        4711 | Vertrieb Nord | 650000 | Reisekosten | 14400  | {"|".join(["1200"] * 12)}
        4712 | Vertrieb Süd  | 620000 | Gehälter    | 96000  | {"|".join(["8000"] * 12)}
        4712 | Vertrieb Süd  | 650000 | Reisekosten | 10800  | {"|".join(["900"] * 12)}
    """)
    assert understanding.analysis.layout is Layout.WIDE_MONTHS
    assert understanding.analysis.sum_budgeted == 241200
    assert lines(understanding)[-1] == ("Vertrieb Süd", "Reisekosten", "2026-12", "900")


def test_a_forecast_for_a_year_before_the_budgets_is_no_budget() -> None:
    analysis = analysed("""
        Kostenplaats | Omschrijving | Begroting 2026 | Prognose 2025 | Realisatie 2024
        Bestuur      | Salarissen   | 250.000        | 240.000       | 231.455
        Facilitair   | Huur         | 96.000         | 94.000        | 92.500
        ICT          | Licenties    | 78.500         | 70.000        | 66.012
    """)
    assert columns(analysis, AMOUNT) == ["Begroting 2026"]
    assert analysis.mappings[3].reason == "a forecast, not a budget"


def test_a_column_that_is_a_twelfth_of_another_is_its_monthly_share() -> None:
    analysis = analysed("""
        2025 budget
        Item        | Monthly | Annual
        Landscaping | 3000.00 | 36000.00
        Insurance   | 1800.00 | 21600.00
        Management  | 2100.00 | 25200.00
    """)
    assert columns(analysis, AMOUNT) == ["Annual"]
    assert analysis.sum_budgeted == 82800


def test_the_status_of_each_line_is_no_version_of_another_line() -> None:
    analysis = analysed("""
        id     | department  | account     | amount | year | status
        B-0001 | Marketing   | Advertising | 125000 | 2025 | approved
        B-0002 | Marketing   | Events      | 45000  | 2025 | approved
        B-0003 | Engineering | Hosting     | 310000 | 2025 | approved
        B-0004 | Engineering | Contractors | 95000  | 2025 | draft
    """)
    assert analysis.budget_rows == 4
    assert analysis.row_filters == []


def test_a_request_for_the_coming_year_is_taken_before_the_budget_of_the_current_one() -> None:
    analysis = analysed("""
        Fiscal Year: 2026
        Code  | Account Description | Current Year Budget | Requested Budget | Justification
        51010 | Salaries            | 450000              | 470000           | merit increase
        52020 | Training            | 20000               | 25000            | new system
        53030 | Recruiting          | 60000               | 55000            |
    """)
    assert columns(analysis, AMOUNT) == ["Requested Budget"]


def test_may_among_other_months_is_a_month_though_it_is_a_word_of_its_own() -> None:
    analysis = analysed("""
        Plan 2026
        Department | Apr Budget | Apr Actual | May Budget | May Actual | Jun Budget | Jun Actual
        Sales      | 1200       | 1174       | 1217       | 1143       | 1234       | 1112
        Legal      | 3400       | 3374       | 3417       | 3343       | 3434       | 3312
        Systems    | 5600       | 5574       | 5617       | 5543       | 5634       | 5512
    """)
    assert columns(analysis, AMOUNT) == ["Apr Budget", "May Budget", "Jun Budget"]
    assert [mapping.period for mapping in analysis.columns_of(AMOUNT)] == ["2026-04", "2026-05", "2026-06"]


def test_a_letter_behind_the_year_says_whose_figures_they_are() -> None:
    analysis = analysed("""
        Account  | FY24A | FY25B | FY26B
        Salaries | 410   | 432   | 455
        Rent     | 96    | 97    | 101
        Travel   | 33    | 40    | 41
    """)
    assert columns(analysis, AMOUNT) == ["FY25B", "FY26B"]


def test_umlauts_written_as_two_letters_are_the_same_words() -> None:
    analysis = analysed("""
        Bezeichnung | Ertraege_2026 | Aufwendungen_2026 | Ertraege_2027 | Aufwendungen_2027
        Schulen     | 35356         | 429030            | 36087         | 431730
        Kultur      | 9978          | 156975            | 7478          | 157867
        Sport       | 27641         | 96972             | 27733         | 96345
    """)
    assert analysis.sum_budgeted == 682977 + 685942
    assert len(analysis.columns_of(AMOUNT)) == 4


def test_both_halves_of_a_month_are_its_budget() -> None:
    understanding = understood("""
        Presupuesto 2026
        Rubro    | Enero I | Enero II | Febrero I | Febrero II
        Hipoteca | 273,000 | 273,500  | 273,000   | 273,500
        Boletos  | 90,000  | 32,400   | 90,000    | 32,400
        Celular  | -       | 19,100   | -         | 19,100
    """)
    assert understanding.analysis.sum_budgeted == 1376000
    assert [amount.period for amount in understanding.amounts] == ["2026-01", "2026-01", "2026-02", "2026-02"]
    assert {amount.sub_category for amount in understanding.amounts} == {""}


def test_beside_kinds_of_cost_the_one_column_of_names_is_who_bears_them() -> None:
    understanding = understood("""
        Riding   | Personnel | Maintenance | Capital outlays | Year
        Harbour  | 1000      | 200         | 50              | 2025
        Old town | 2000      | 310         | 0               | 2025
        Hills    | 700       | 90          | 15              | 2025
        Valley   | 650       | 120         | 40              | 2025
    """)
    assert understanding.analysis.layout is Layout.WIDE_DEPARTMENTS
    assert ("Harbour", "Personnel", "FY2025", "1000") in lines(understanding)


def test_the_current_appropriation_is_in_force_before_the_first_and_before_the_bill() -> None:
    analysis = analysed("""
        Órgão      | Grupo de despesa | Projeto de Lei | Dotação Inicial | Dotação Atual | Empenhado
        Saúde      | Pessoal          | 900            | 1000            | 1100          | 1050
        Saúde      | Obras            | 400            | 420             | 380           | 200
        Educação   | Pessoal          | 700            | 710             | 715           | 715
    """)
    assert columns(analysis, AMOUNT) == ["Dotação Atual"]


def test_budgeted_revenue_beside_budgeted_opex_are_two_line_types() -> None:
    understanding = understood("""
        Business unit | Year | Actual_Revenue | Budget_Revenue | Actual_OpEx | Budget_OpEx
        North         | 2025 | 4100           | 4000           | 900         | 1000
        South         | 2025 | 2900           | 3000           | 850         | 800
        East          | 2025 | 2600           | 2500           | 610         | 600
    """)
    assert columns(understanding.analysis, AMOUNT) == ["Budget_Revenue", "Budget_OpEx"]
    assert understanding.analysis.sum_budgeted == 1000 + 800 + 600


def test_every_budgeted_kind_of_cost_beside_budgeted_revenue_is_taken_and_profit_is_left_out() -> None:
    understanding = understood("""
        Period  | Entity | Budget_Revenue | Budget_COGS | Budget_Opex | Budget_EBITDA
        2026-01 | North  | 7500           | 4350        | 3800        | -650
        2026-01 | South  | 9020           | 5863        | 2900        | 257
        2026-02 | North  | 6250           | 3625        | 3800        | -1175
    """)
    assert columns(understanding.analysis, AMOUNT) == ["Budget_Revenue", "Budget_COGS", "Budget_Opex"]
    assert understanding.analysis.sum_budgeted == 4350 + 5863 + 3625 + 3800 + 2900 + 3800
    assert ("North", "Budget_Opex", "2026-01", "3800") in lines(understanding)


def test_a_year_in_its_header_does_not_settle_which_of_two_budgets_is_meant() -> None:
    analysis = analysed("""
        Department | Shop     | Budget | Plan jewellery 2026
        North      | Harbour  | 170000 | 1800
        North      | Old town | 30000  | 0
        South      | Hills    | 55000  | 900
        South      | Valley   | 77000  | 660
    """)
    assert [question.code for question in analysis.questions][:1] == ["which_amount"]


def test_a_unit_of_measure_is_no_period() -> None:
    analysis = analysed("""
        Descrição | Und | Orçamento
        Tinta     | M2  | 1200
        Areia     | M3  | 800
        Cerca     | M2  | 450
        Ferro     | M2  | 975
    """)
    assert columns(analysis, TargetField.FISCAL_PERIOD) == []


def test_the_costs_in_a_column_s_name_do_not_leave_it_out_among_categories() -> None:
    analysis = analysed("""
        Department | Travel | Office Costs | Rent | Training
        Sales      | 100    | 200          | 300  | 400
        IT         | 150    | 250          | 310  | 410
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Travel", "Office Costs", "Rent", "Training"]


def test_what_is_paid_for_is_a_part_of_the_annual_budget_beside_it() -> None:
    analysis = analysed("""
        Department | Salaries | Benefits | Supplies | Travel Expenses | Annual Budget
        Sales      | 100      | 200      | 300      | 11              | 5000
        IT         | 150      | 250      | 310      | 12              | 3000
        HR         | 10       | 25       | 31       | 13              | 2000
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Annual Budget"]


def test_a_budget_right_behind_each_month_is_of_that_month() -> None:
    analysis = analysed("""
        Account | Jan 2025 | budget  | Feb 2025 | budget  | Total   | budget
        food    | $310.20  | $400.00 | $395.10  | $410.00 | $705.30 | $810.00
        rent    | $1200.00 | $1250.00 | $1200.00 | $1250.00 | $2400.00 | $2500.00
        car     | $45.00   | $60.00  | $70.00   | $60.00  | $115.00 | $120.00
    """)
    assert [(one.column_index, one.period) for one in analysis.mappings if one.period] == [
        (2, "2025-01"),
        (4, "2025-02"),
    ]
    assert analysis.sum_budgeted == Decimal(3430)


def test_periods_of_three_figures_are_months() -> None:
    analysis = analysed("""
        CCtr Description | Cost Element | CElem Name   | Period 001 | Period 002 | Period 012 | Total
        Production       | 420000       | Direct labor | 1200       | 1200       | 1300       | 3700
        Production       | 435000       | Maintenance  | 120        | 130        | 140        | 390
        Quality          | 420000       | Direct labor | 500        | 510        | 520        | 1530
    """)
    assert analysis.layout is Layout.WIDE_MONTHS
    assert columns(analysis, TargetField.DEPARTMENT) == ["CCtr Description"]
    assert columns(analysis, TargetField.SUB_CATEGORY) == ["CElem Name"]


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ("Total Budget | Allocated", "Total Budget"),
        ("Budget | Allocated", "Budget"),
        ("Requested | Allocated", "Allocated"),
        ("Budget Proposed | Budget Allocated", "Budget Allocated"),
        ("Allocated Budget | Spent", "Allocated Budget"),
    ],
)
def test_what_was_allocated_is_the_budget_where_no_other_column_is(headers: str, taken: str) -> None:
    analysis = analysed(f"""
        Department | {headers}
        IT         | 1000 | 800
        HR         | 5000 | 4200
        Sales      | 2000 | 1500
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [taken]


@pytest.mark.parametrize(
    ("revenue", "goods", "other", "result"),
    [
        ("revenue_budget", "cogs_budget", "opex_budget", "ebitda_budget"),
        ("Receita orçada", "CMV orçado", "Opex orçado", "EBITDA orçado"),
    ],
)
def test_every_cost_beside_the_revenue_is_loaded_and_their_result_is_not(
    revenue: str, goods: str, other: str, result: str
) -> None:
    understanding = understood(f"""
        Year | Store | {revenue} | {goods} | {other} | {result}
        2025 | North | 9000      | 5200    | 1300    | 2500
        2025 | South | 7000      | 4100    | 1250    | 1650
    """)
    assert lines(understanding) == [
        ("North", goods, "FY2025", "5200"),
        ("South", goods, "FY2025", "4100"),
        ("North", other, "FY2025", "1300"),
        ("South", other, "FY2025", "1250"),
        ("North", "", "FY2025", "9000"),
        ("South", "", "FY2025", "7000"),
    ]
    assert understanding.analysis.sum_budgeted == 5200 + 4100 + 1300 + 1250


def test_a_column_with_an_amount_here_and_there_is_no_budget_where_another_is_filled() -> None:
    filled = "\n".join(f"        Line {row} | {1000 + row * 37} |" for row in range(11))
    analysis = analysed(f"""
        Item | PLAN_AMT | EXTRA_AMT
{filled}
        Line 11 | 1407 | 88000
    """)
    assert columns(analysis, AMOUNT) == ["PLAN_AMT"]


@pytest.mark.parametrize("names", [("Rent", "Groceries", "Phone"), ("Sales", "Marketing", "HR")])
def test_where_months_alone_name_the_rows_of_a_budget_its_headers_say_what_for(names: tuple[str, ...]) -> None:
    analysis = analysed(
        f"""
        Month | {" | ".join(names)}
        Jan   | 1200 | 410 | 35
        Feb   | 1200 | 388 | 31
        Mar   | 1250 | 402 | 44
        Apr   | 1250 | 431 | 36
        """,
        "budget 2025.csv",
    )
    assert analysis.file_type_detection.likely_file_type is FileType.BUDGET
    assert analysis.layout is Layout.WIDE_DEPARTMENTS
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == list(names)


def test_which_of_the_approved_and_the_final_budget_counts_is_asked() -> None:
    analysis = analysed("""
        Function       | Approved budget | Final budget
        Public safety  | 4200            | 4310
        Public works   | 900             | 905
        Administration | 1250            | 1200
    """)
    assert "which_amount" in [one.code for one in analysis.questions]


def test_a_revised_estimate_named_in_brackets_is_the_budget_among_columns_of_other_figures() -> None:
    analysis = analysed("""
        1 (Kind of revenue) | 2 (Result of last year in EUR) | 3 (Revised budget in EUR) | 4 (Carried authority in EUR)
        Taxes               | 8634446.44                     | 6795300.00                | 0.00
        Grants              | 2577797.67                     | 1721200.00                | 85825.15
        Fees                | 225385.34                      | 170400.00                 | 16920.00
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["3 (Revised budget in EUR)"]
