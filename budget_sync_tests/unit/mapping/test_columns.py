"""Which column is which: by name in many languages, by values, by neighbours; codes, remarks and persons kept out."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.values import profile_column
from budget_sync.reading.structure.cells import mark_of
from budget_sync_tests.unit.mapping.tables import analysed, columns, lines, understood

DEPARTMENT, SUB_CATEGORY = TargetField.DEPARTMENT, TargetField.SUB_CATEGORY
PERIOD, AMOUNT, CURRENCY = TargetField.FISCAL_PERIOD, TargetField.BUDGETED_AMOUNT, TargetField.CURRENCY


@pytest.mark.parametrize(
    "header",
    [
        "Department | Account | Year | Budget",
        "Dept. | Line item | FY | Bgt Amt",
        "Departament | Catgory | Fiscal Yaer | Budgeted Amuont",
        "Abteilung | Kostenart | Jahr | Planbetrag",
        "Kostenstelle | Sachkonto Bezeichnung | Haushaltsjahr | Ansatz",
        "Service | Libellé | Exercice | Montant voté",
        "Departamento | Concepto | Ejercicio | Crédito inicial",
        "Órgão | Natureza da despesa | Exercício | Dotação",
        "Centro di costo | Voce di spesa | Anno | Stanziamento",
        "Afdeling | Omschrijving | Begrotingsjaar | Begroting",
        "Wydział | Nazwa | Rok | Plan",
        "Odbor | Položka | Rok | Rozpočet",
        "Afdeling | Konto | År | Bevilling",
        "部門 | 科目 | 年度 | 予算額",
        "部门 | 项目 | 年度 | 预算金额",
        "부서 | 과목 | 연도 | 예산액",
        "القسم | البند | السنة | الميزانية",
        "birim | gider | yil | bütçe",
    ],
)
def test_headers_of_many_languages(header: str) -> None:
    analysis = analysed(f"""
        {header}
        Sales    | Travel   | 2025 | 1200.5
        Sales    | Software | 2025 | 8000
        Finance  | Travel   | 2025 | 310
        Research | Paper    | 2025 | 95.25
    """)
    found = [
        [one.column_index for one in analysis.columns_of(field)] for field in (DEPARTMENT, SUB_CATEGORY, PERIOD, AMOUNT)
    ]
    assert found == [[0], [1], [2], [3]]


@pytest.mark.parametrize(
    ("header", "january"), [("Period", "202601"), ("YearMonth", "202601"), ("Fiscal Period", "20260115")]
)
def test_a_period_in_bare_figures_is_told_by_all_of_its_cells(header: str, january: str) -> None:
    understanding = understood(f"""
        Department | Account | {header}  | Budget Amt | Forecast Amt
        Finance    | Fees    | {january} | 4000       | 4100
        Finance    | Audit   | {january} | 4100       | 4150
        IT         | Cloud   | {january} | 21000      | 20000
    """)
    assert [one.column_index for one in understanding.analysis.columns_of(PERIOD)] == [2]
    assert {period for _, _, period, _ in lines(understanding)} == {"2026-01"}


@pytest.mark.parametrize("header", ["Conta Contábil", "Partida", "WBS", "No"])
def test_the_number_of_an_account_is_no_date_though_it_looks_like_one(header: str) -> None:
    analysis = analysed(f"""
        Departamento | {header} | Descrição | Orçado
        Comercial    | 3.1.01   | Viagens   | 5000
        Comercial    | 3.1.02   | Brindes   | 700
        TI           | 3.2.01   | Nuvem     | 9300
    """)
    assert not analysis.columns_of(PERIOD)


def test_days_with_two_figures_of_a_year_are_dates_under_a_heading_of_time() -> None:
    analysis = analysed("""
        Abteilung | Datum   | Kostenart | Plan
        Vertrieb  | 1.3.26  | Reisen    | 5000
        Vertrieb  | 1.4.26  | Messen    | 700
        Technik   | 1.5.26  | Cloud     | 9300
    """)
    assert [one.column_index for one in analysis.columns_of(PERIOD)] == [1]


def test_names_are_taken_and_the_codes_beside_them_left() -> None:
    analysis = analysed("""
        Dept ID | Department | Account Code | Account Name | Amount
        100     | Sales      | 6010         | Travel       | 1200
        100     | Sales      | 6020         | Software     | 800.5
        200     | Finance    | 6010         | Travel       | 300
        200     | Finance    | 6030         | Audit        | 9900
    """)
    assert columns(analysis, DEPARTMENT) == ["Department"]
    assert columns(analysis, SUB_CATEGORY) == ["Account Name"]
    assert columns(analysis, AMOUNT) == ["Amount"]


def test_codes_stand_in_where_there_are_no_names() -> None:
    analysis = analysed("""
        Profit center | G/L account | costs   | Version | Plan year
        130000512     | 501100      | 3461.58 | 8       | 2025
        190400412     | 501100      | 3738.92 | 8       | 2025
        166001205     | 581115      | 7982.16 | 8       | 2025
        166001308     | 581115      | 9809.1  | 8       | 2025
    """)
    assert columns(analysis, DEPARTMENT) == ["Profit center"]
    assert columns(analysis, SUB_CATEGORY) == ["G/L account"]
    assert columns(analysis, PERIOD) == ["Plan year"]
    assert columns(analysis, AMOUNT) == ["costs"]


def test_persons_remarks_counts_and_prices_are_left_out() -> None:
    analysis = analysed("""
        Item    | Owner | Quantity | Unit price | Budget | Comments       | Status
        Laptops | Ann   | 10       | 1500       | 15000  | replace old    | open
        Chairs  | Bob   | 25       | 120        | 3000   | ergonomic ones | open
        Desks   | Ann   | 12       | 400        | 4800   | with the lift  | done
    """)
    assert columns(analysis, SUB_CATEGORY) == ["Item"]
    assert columns(analysis, AMOUNT) == ["Budget"]
    assert columns(analysis, DEPARTMENT) == []


def test_actual_variance_and_percent_beside_the_budget_are_left_out() -> None:
    analysis = analysed("""
        Agency  | Financial Year | Approved Budget | Actual Expenditure | Variance | % used
        Roads   | 2023/2024      | 1200            | 1100               | 100      | 91.7
        Schools | 2023/2024      | 8000            | 8100               | -100     | 101.3
        Courts  | 2023/2024      | 310             | 300                | 10       | 96.8
    """)
    assert columns(analysis, AMOUNT) == ["Approved Budget"]
    assert columns(analysis, PERIOD) == ["Financial Year"]


def test_an_amount_column_called_total_is_the_amount() -> None:
    analysis = analysed("""
        FISCAL_YEAR | ORGANIZATION | ACCOUNT_DESCRIPTION | TOTAL
        2016        | Zoo          | Wages               | 1924
        2016        | Zoo          | Supplies            | 8861
        2016        | Airport      | Wages               | 571148
    """)
    assert columns(analysis, AMOUNT) == ["TOTAL"]


def test_a_column_of_currencies_is_known_by_its_values() -> None:
    analysis = analysed("""
        Department | Value  | Ccy
        Sales      | 120.5  | EUR
        Finance    | 300    | USD
        Research   | 95     | EUR
    """)
    assert columns(analysis, CURRENCY) == ["Ccy"]


def test_a_flag_or_a_serial_number_is_no_amount() -> None:
    analysis = analysed("""
        No | Name    | local | budget
        1  | Bridge  | 0     | 85000
        2  | School  | 1     | 39100
        3  | Library | 1     | 30800
        4  | Road    | 0     | 15233
    """)
    assert columns(analysis, AMOUNT) == ["budget"]
    assert columns(analysis, SUB_CATEGORY) == ["Name"]


def test_a_copy_of_the_actuals_is_no_budget() -> None:
    analysis = analysed("""
        Income    | Forecasts | Reported | Top 5 amount
        Net sales | 60000     | 54000    | 54000.0001
        Interest  | 3000      | 3100     | 3100.0002
        Assets    | 300       | 450      | 450.0003
        Rent      | 800       | 900      | 900.0004
    """)
    assert columns(analysis, AMOUNT) == ["Forecasts"]


def test_the_finest_of_several_levels_is_the_sub_category() -> None:
    analysis = analysed("""
        Dept   | Program | Expense Category | FY25 Budget
        Police | Patrol  | Personnel        | 22177
        Police | Patrol  | Supplies         | 2346
        Fire   | Rescue  | Personnel        | 33001
        Fire   | Rescue  | Equipment        | 5200
        Museum | Shows   | Personnel        | 700
    """)
    assert columns(analysis, DEPARTMENT) == ["Dept"]
    assert columns(analysis, SUB_CATEGORY) == ["Expense Category"]


def test_reasons_confidence_and_alternatives_are_given() -> None:
    analysis = analysed("""
        Dept.    | Item   | 2025
        Sales    | Travel | 1200
        Finance  | Paper  | 310
        Research | Rent   | 9500
    """)
    department = analysis.columns_of(DEPARTMENT)[0]
    assert department.reason == "named 'Dept.'; 3 distinct names, as departments have"
    assert 0.5 < department.confidence <= 1
    assert department.sample_values == ["Sales", "Finance", "Research"]
    assert analysis.columns_of(AMOUNT)[0].reason == "its header names a period; 3 amounts"


def test_a_label_on_the_first_row_of_each_group_is_the_level_above() -> None:
    analysis = analysed("""
             |    | Partner A | Partner B | Partner C | Total
        WP1  | a1 | 113.5     | 31.25     | 10        | 154.75
             | a2 | 117.25    | 12.5      | 20        | 149.75
             | a3 | 45        | 110       | 30        | 185
        WP2  | b1 | 93.25     | 6.5       | 40        | 139.75
             | b2 | 40        | 20        | 50        | 110
             | b3 | 10        | 30        | 60        | 100
    """)
    assert [one.column_index for one in analysis.columns_of(DEPARTMENT)] == [0]
    assert [one.column_index for one in analysis.columns_of(SUB_CATEGORY)] == [1]


def test_quarters_in_numbers_come_together_with_the_year() -> None:
    understanding = understood("""
        Year | Quarter | Department | Amount
        2025 | 1       | Sales      | 100.5
        2025 | 2       | Sales      | 110
        2025 | 3       | Sales      | 95
    """)
    assert [line[2] for line in lines(understanding)] == ["FY2025-Q1", "FY2025-Q2", "FY2025-Q3"]


def test_a_month_before_its_year_finds_the_year() -> None:
    understanding = understood("""
        Month | Year | Department | Amount
        Jan   | 2024 | Sales      | 100.5
        Feb   | 2024 | Sales      | 110
        Mar   | 2025 | Finance    | 95
    """)
    assert [line[2] for line in lines(understanding)] == ["2024-01", "2024-02", "2025-03"]


def test_a_department_on_the_total_rows_that_open_the_groups_is_carried_down() -> None:
    understanding = understood("""
        Division | Chapter | Paragraph | Text        | Plan 2024
        750      |         |           | Office      | 1251234.10
                 | 75011   |           | Province    | 251234.10
                 |         | 4010      | Wages       | 200000.05
                 |         | 4110      | Insurance   | 51234.05
                 | 75023   |           | Community   | 1000000
                 |         | 4010      | Wages       | 787654.30
                 |         | 4300      | Services    | 212345.70
    """)
    assert {line[0] for line in lines(understanding)} == {"750"}
    assert len(lines(understanding)) == 4


def test_a_departement_among_communes_and_regions_is_no_department() -> None:
    analysis = analysed("""
        Libellé activité | Montant | Arrondissement | Département | Région | Localité
        École            | 50000   | Jaki           | Bu          | Ouest  | Oku
        Pont             | 2500    | Jaki           | Bu          | Ouest  | Wasi
        Route            | 18000   | Nyam           | Vin         | Nord   | Kogn
    """)
    assert columns(analysis, DEPARTMENT) == []


def test_departments_are_known_by_their_names_where_the_header_is_odd() -> None:
    analysis = analysed("""
        textbox12            | line     | amount
        Department of Health | Salaries | 1200
        Department of Health | Supplies | 310.5
        Ministry of Works    | Salaries | 9000
        Police Department    | Vehicles | 770
    """)
    assert columns(analysis, DEPARTMENT) == ["textbox12"]


LEVELS = """
    Dept   | Program | Expense category | FY25 Budget
    Police | Patrol  | Personnel        | 22177
    Police | Patrol  | Supplies         | 2346
    Police | Canine  | Personnel        | 7001
    Police | Canine  | Supplies         | 640
    Fire   | Rescue  | Personnel        | 33001
    Fire   | Rescue  | Supplies         | 5200
"""


def test_a_parent_joins_where_the_finest_name_comes_again_within_a_department() -> None:
    assert columns(analysed(LEVELS), SUB_CATEGORY) == ["Program", "Expense category"]
    assert lines(understood(LEVELS))[2][:2] == ("Police", "Canine › Personnel")  # noqa: RUF001 - the joining sign


def test_no_parent_joins_where_the_finest_name_is_enough() -> None:
    analysis = analysed(LEVELS.replace("Canine", "Patrol").replace("7001", "22177").replace("640", "2346"))
    assert columns(analysis, SUB_CATEGORY) == ["Expense category"]


def test_a_category_on_the_total_rows_alone_is_the_level_above() -> None:
    understanding = understood("""
        Category | Subcategory | 2025
        Housing  |             | 1700
                 | Rent        | 1500
                 | Utilities   | 200
        Food     |             | 600
                 | Groceries   | 450
                 | Dining      | 150
        Total    |             | 2300
    """)
    assert [line[:2] for line in lines(understanding)] == [
        ("Housing", "Rent"),
        ("Housing", "Utilities"),
        ("Food", "Groceries"),
        ("Food", "Dining"),
    ]


def test_a_type_of_spending_names_the_lines_and_a_bare_type_says_revenue_or_expense() -> None:
    analysis = analysed("""
        Área       | Tipo de gasto      | Tipo     | Importe 2026
        Tecnología | Venta de entradas  | Ingresos | 766.87
        Tecnología | Cuotas de socios   | Ingresos | 246323.82
        Ventas     | Donaciones         | Ingresos | 54130.54
        Ventas     | Viajes             | Gasto    | 101.86
        Ventas     | Alquiler           | Gasto    | 9756.70
    """)
    assert columns(analysis, SUB_CATEGORY) == ["Tipo de gasto"]
    assert columns(analysis, TargetField.LINE_TYPE) == ["Tipo"]


def test_names_beside_codes_are_called_what_the_codes_are_codes_of() -> None:
    analysis = analysed("""
        Ansvar | Ansvarsnavn | Art  | Artsnavn   | Budsjett 2025
        1100   | Rådmann     | 1010 | Fastlønn   | 2 500 000
        1100   | Rådmann     | 1195 | Lisenser   | 52 000
        1200   | Skole       | 1010 | Fastlønn   | 13 000 000
        1200   | Skole       | 1105 | Materiell  | 360 000
    """)
    assert columns(analysis, DEPARTMENT) == ["Ansvarsnavn"]
    assert columns(analysis, SUB_CATEGORY) == ["Artsnavn"]


def test_codes_do_not_stand_for_one_another_because_both_are_called_codes() -> None:
    analysis = analysed("""
        budget_month | cost_centre_code | product_code | region_code | budget_amount
        2026-01-01   | CC110            | P000         | REG01       | 48048
        2026-01-01   | CC110            | P000         | REG02       | 8236
        2026-01-01   | CC210            | P001         | REG01       | 69189
        2026-01-01   | CC210            | P001         | REG02       | 11860
        2026-01-01   | CC220            | P002         | REG01       | 46126
        2026-01-01   | CC220            | P002         | REG02       | 7907
    """)
    assert columns(analysis, DEPARTMENT) == ["cost_centre_code"]


def test_a_part_of_a_column_stands_in_it_already() -> None:
    analysis = analysed("""
        Produktgruppe | Zuschuss 2026 | davon Personalkosten 2026 | Zuschuss 2027 | davon Personalkosten 2027
        Schulen       | 40889         | 33822                     | 41941         | 34797
        Kultur        | 30234         | 25384                     | 29678         | 25209
        Sport         | 46004         | 648                       | 45984         | 648
    """)
    assert columns(analysis, AMOUNT) == ["Zuschuss 2026", "Zuschuss 2027"]


def test_a_class_of_one_or_two_is_neither_a_department_nor_an_amount() -> None:
    rows = "\n".join(f"Agency {place} | {place % 2 + 1} | {9100 + place * 37}" for place in range(10))
    analysis = analysed(f"Programme | group | Budget 2026\n{rows}")
    assert columns(analysis, DEPARTMENT) == []
    assert columns(analysis, AMOUNT) == ["Budget 2026"]


def test_totals_between_the_months_do_not_hide_a_column_of_periods() -> None:
    understanding = understood("""
        Department | Account | Month      | Amount
        Sales      | Travel  | Jan 2026   | 100.5
        Sales      | Travel  | Feb 2026   | 110
        Sales      | Travel  | Mar 2026   | 95
        Sales      | Travel  | Q1 Total   | 305.5
        Sales      | Travel  | Apr 2026   | 120
        Sales      | Travel  | May 2026   | 130
        Sales      | Travel  | Jun 2026   | 140
        Sales      | Travel  | Q2 Total   | 390
        Sales      | Travel  | Total 2026 | 695.5
    """)
    assert columns(understanding.analysis, PERIOD) == ["Month"]
    assert [line[2] for line in lines(understanding)] == [f"2026-0{month}" for month in range(1, 7)]


@pytest.mark.parametrize("cells", ["Total | Total | 2026", "Jan Total costs | North region | Jan 2026"])
def test_totals_alone_and_names_with_a_word_of_totals_make_no_column_of_periods(cells: str) -> None:
    texts = [cell.strip() for cell in cells.split("|")]
    assert profile_column(0, texts, "".join(map(mark_of, texts))).periods < 0.5


def test_account_and_cost_center_over_numbers_of_one_length_are_codes() -> None:
    analysis = analysed("""
        Cost center | Natural account | Text     | Value
        4100        | 6110            | Travel   | 12000
        4100        | 6120            | Software | 800
        4200        | 6110            | Travel   | 31000
        4300        | 6130            | Audit    | 9900
    """)
    assert columns(analysis, AMOUNT) == ["Value"]
    assert columns(analysis, DEPARTMENT) == ["Cost center"]
    assert columns(analysis, SUB_CATEGORY) == ["Text"]


def test_a_file_of_account_and_cost_center_alone_has_no_amounts() -> None:
    analysis = analysed("Cost center | Natural account\n4100 | 6110\n4100 | 6120\n4200 | 6110\n")
    assert columns(analysis, AMOUNT) == []


def test_expense_heads_amounts_though_they_are_whole_and_of_one_length() -> None:
    analysis = analysed("Department | Expense\nSales | 1200\nFinance | 3100\nResearch | 9500\n")
    assert columns(analysis, AMOUNT) == ["Expense"]


def test_a_figure_of_an_earlier_year_is_taken_only_where_nothing_else_is_likely() -> None:
    table = """
        Department | Prior year | {header} | Building
        Sales      | 1200.5     | 1300     | 40112
        Finance    | 3100       | 3000     | 40115
        Research   | 9500       | 990      | 40117
        Legal      | 870        | 12000    | 40121
        Systems    | 15000      | 160      | 40123
        Support    | 2200       | 2100     | 40127
    """
    assert columns(analysed(table.format(header="Amount")), AMOUNT) == ["Amount"]
    assert columns(analysed(table.format(header="% of total")), AMOUNT) == ["Prior year"]


@pytest.mark.parametrize(
    ("department", "category"), [("CC Name", "GL Name"), ("Dept Desc", "Acct Desc"), ("Cost Ctr Desc", "GL Desc")]
)
def test_the_short_words_of_ledgers_are_understood(department: str, category: str) -> None:
    analysis = analysed(f"""
        CC   | {department} | Acct | {category} | FY26 Plan
        4100 | Sales        | 6110 | Travel     | 1200.5
        4100 | Sales        | 6120 | Software   | 800
        4200 | Finance      | 6110 | Travel     | 310
        4200 | Finance      | 6130 | Audit      | 9900
    """)
    assert columns(analysis, DEPARTMENT) == [department]
    assert columns(analysis, SUB_CATEGORY) == [category]
    assert columns(analysis, AMOUNT) == ["FY26 Plan"]


@pytest.mark.parametrize("header", ["Owner dept", "Requesting department", "Responsible Dept"])
def test_the_department_that_owns_a_line_is_no_person(header: str) -> None:
    analysis = analysed(f"""
        Vendor | Product     | {header} | Owner | Annual cost FY27
        Acme   | Office      | HR       | Ann   | 17280.5
        Blue   | Design tool | Design   | Bob   | 9238
        Core   | Hosting     | Systems  | Cid   | 21420
    """)
    assert columns(analysis, DEPARTMENT) == [header]


def test_the_budget_of_a_year_whose_actual_stands_beside_it_is_what_the_later_one_is_compared_with() -> None:
    table = """
        Ministry | 2025 Budget | {beside} | 2026 Proposed
        Youth    | 4000        | 3800     | 4500
        Music    | 2500        | 2600     | 2600
        Missions | 10000       | 9900     | 11000
    """
    assert columns(analysed(table.format(beside="2025 Actual")), AMOUNT) == ["2026 Proposed"]
    assert columns(analysed(table.format(beside="2024 Actual")), AMOUNT) == ["2025 Budget", "2026 Proposed"]


@pytest.mark.parametrize("header", ["Latest Estimate 2025", "2025 Estimated Actual", "Estimate at completion"])
def test_an_estimate_of_what_will_have_been_spent_is_no_budget(header: str) -> None:
    analysis = analysed(f"""
        Ministry | {header} | 2026 Estimates
        Youth    | 3800     | 4500
        Music    | 2600     | 2600
        Missions | 9900     | 11000
    """)
    assert columns(analysis, AMOUNT) == ["2026 Estimates"]


def test_rows_of_the_latest_estimate_are_not_added_to_those_of_the_budget() -> None:
    understanding = understood("""
        Department | Account  | Scenario        | Year | Amount
        Systems    | Cloud    | Budget          | 2026 | 1000
        Systems    | Cloud    | Actual          | 2026 | 900
        Systems    | Cloud    | Latest Estimate | 2026 | 950
        People     | Training | Budget          | 2026 | 500
        People     | Training | Actual          | 2026 | 0
        People     | Training | Latest Estimate | 2026 | 300
    """)
    assert understanding.analysis.sum_budgeted == 1500


@pytest.mark.parametrize("header", ["account_id", "AccountCode"])
def test_codes_name_the_lines_where_no_column_holds_names(header: str) -> None:
    analysis = analysed(f"""
        date       | cost_center_id | {header}   | budget_amount
        2025-01-01 | 1000           | 5000       | 4987.50
        2025-01-01 | 1000           | 5100       | 313.50
        2025-01-01 | 2000           | 5000       | 256.50
        2025-02-01 | 1000           | 5000       | 4990.00
        2025-02-01 | 2000           | 5100       | 250.25
    """)
    assert columns(analysis, TargetField.DEPARTMENT) == ["cost_center_id"]
    assert columns(analysis, TargetField.SUB_CATEGORY) == [header]


@pytest.mark.parametrize(("header", "periods"), [("Renewal Date", []), ("Expiry Date", []), ("Date", ["Date"])])
def test_the_date_of_a_contract_is_no_period_of_its_costs(header: str, periods: list[str]) -> None:
    analysis = analysed(
        f"""
        Vendor | Category | Department | Annual Cost | {header}
        Slack  | Chat     | IT         | 14400       | 2026-03-01
        Zoom   | Calls    | IT         | 4800        | 2026-05-01
        Figma  | Drawing  | Design     | 1200        | 2026-07-01
        """,
        "software budget.csv",
    )
    assert columns(analysis, TargetField.FISCAL_PERIOD) == periods


@pytest.mark.parametrize(("beside", "departments"), [("Vendor", []), ("Location", ["Service"])])
def test_a_service_that_is_sold_is_no_department(beside: str, departments: list[str]) -> None:
    analysis = analysed(f"""
        Cost Type | {beside}  | Service | Budget 2026
        Hardware  | Dell      | Laptops | 50000
        Hardware  | Harbour   | Servers | 81000
        Software  | Microsoft | Office  | 30000
        Cloud     | Amazon    | Hosting | 60000
    """)
    assert columns(analysis, TargetField.DEPARTMENT) == departments


@pytest.mark.parametrize("header", ["Plan line", "Budget heading", "Position"])
def test_codes_that_share_their_header_with_the_names_behind_them_are_no_amounts(header: str) -> None:
    analysis = analysed(f"""
        Unit |         | {header} |          | Value
        10   | Mayor   | 4202     | Hardware | 2000
        10   | Mayor   | 4203     | Phones   | 500
        20   | School  | 4202     | Hardware | 3250
        20   | School  | 4207     | Licences | 540
        30   | Library | 4207     | Licences | 210
        30   | Library | 4203     | Phones   | 1200
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Value"]
    assert [mapping.column_index for mapping in analysis.columns_of(TargetField.DEPARTMENT)] == [1]
    assert [mapping.column_index for mapping in analysis.columns_of(TargetField.SUB_CATEGORY)] == [3]


def test_amounts_that_come_again_before_a_remark_without_a_header_are_amounts() -> None:
    analysis = analysed("""
        Department | Category | Budget |
        Sales      | Travel   | 1200   | monthly
        Sales      | Software | 800    | yearly
        Finance    | Travel   | 1200   | monthly
        Finance    | Software | 450    | yearly
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Budget"]


def test_the_day_that_a_post_begins_is_no_period_beside_the_months_of_its_pay() -> None:
    analysis = analysed(
        """
        Role         | Department  | Start Date | Jan-26 | Feb-26 | Mar-26
        Engineer     | Engineering | 2026-01-01 | 14000  | 14000  | 14000
        Analyst      | Finance     | 2026-02-01 | 0      | 8000   | 8000
        Executive    | Sales       | 2026-03-01 | 0      | 0      | 10000
        Support lead | Support     | 2026-01-01 | 7000   | 7000   | 7000
        """,
        "hiring budget.csv",
    )
    assert columns(analysis, TargetField.FISCAL_PERIOD) == []
    assert analysis.sum_budgeted == 89000


def test_numbers_described_beside_them_under_the_same_name_are_codes() -> None:
    analysis = analysed("""
        Appropriation Unit | Appropriation Unit Description | Appropriation Line | Appropriation Line Title | 2024 Total
        1010               | Mayor                          | 5001               | Wages                    | 51000
        1010               | Mayor                          | 5040               | Supplies                 | 900
        1040               | Library                        | 5001               | Wages                    | 88000
        1040               | Library                        | 5040               | Supplies                 | 7400
        1070               | Parks                          | 5001               | Wages                    | 61000
        1070               | Parks                          | 5040               | Supplies                 | 12800
    """)
    assert columns(analysis, AMOUNT) == ["2024 Total"]


def test_numbered_votes_are_no_amounts_beside_the_money_that_they_are_for() -> None:
    analysis = analysed("""
        Organization | Vote | Description | 2023-24 Estimates | 2024-25 Estimates
        Archives     | 1    | Operating   | 4100000           | 4200000
        Archives     | 5    | Capital     | 310000            | 305000
        Fisheries    | 1    | Programs    | 9100000           | 9900000
        Fisheries    | 5    | Capital     | 1200000           | 1100000
    """)
    assert columns(analysis, AMOUNT) == ["2023-24 Estimates", "2024-25 Estimates"]


@pytest.mark.parametrize(
    ("first", "second", "periods"), [("3/11/2024", "10/9/2025", []), ("3/1/2025", "10/1/2025", [2])]
)
def test_the_day_on_which_a_project_begins_is_no_period_beside_a_year(
    first: str, second: str, periods: list[int]
) -> None:
    analysis = analysed(f"""
        Project | Department | Start Date | FY25 Appropriation
        Bridge  | Streets    | {first}    | 450000
        Trail   | Parks      | {second}   | 2450000
        Library | Culture    | {first}    | 80000
        Roof    | Culture    | {second}   | 310000
    """)
    assert [one.column_index for one in analysis.columns_of(PERIOD)] == periods
    assert analysis.columns_of(AMOUNT)[0].period == "FY2025"


@pytest.mark.parametrize(("name", "kind"), [("event budget.csv", "budget"), ("orders.csv", "other")])
@pytest.mark.parametrize("total", ["Total Price", "Extended Price", "Gesamtpreis", "Prix total"])
def test_the_total_price_of_what_an_event_needs_is_its_budget_and_no_price(total: str, name: str, kind: str) -> None:
    analysis = analysed(
        f"""
        Item     | Quantity | Unit Price | {total}
        Hall     | 1        | 25000      | 25000
        Chairs   | 1200     | 18.5       | 22200
        Catering | 800      | 32         | 25600
        Printing | 650      | 110        | 71500
    """,
        name=name,
    )
    assert columns(analysis, AMOUNT) == [total]
    assert (analysis.file_type_detection.likely_file_type == "budget") is (kind == "budget")


def test_dates_that_begin_a_month_and_dates_that_end_one_are_those_of_versions() -> None:
    analysis = analysed(
        """
        Department | Budget 01/01/2026 | Budget 06/30/2026
        Sales      | 300               | 350
        IT         | 310               | 320
        HR         | 120               | 110
        """
    )
    assert len(columns(analysis, AMOUNT)) == 1
    assert "which_amount" in [question.code for question in analysis.questions]


def test_the_date_of_a_version_beside_the_ends_of_months_takes_no_month_away() -> None:
    analysis = analysed(
        """
        Department | 01/31/2026 | 02/28/2026 | 03/31/2026 | Spent 11/01/2025
        Sales      | 300        | 350        | 310        | 20
        IT         | 310        | 320        | 330        | 25
        HR         | 120        | 110        | 105        | 30
        """
    )
    assert [mapping.period for mapping in analysis.columns_of(AMOUNT)] == [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
