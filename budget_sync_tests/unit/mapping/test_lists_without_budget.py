"""Lists in which no word says budget: payments, contracts, grants, statistics; and budgets that look like them."""

import pytest

from budget_sync.domain.fields import FileType
from budget_sync_tests.unit.mapping.tables import analysed

_BOOKED = """
    1001 | 03.01.2024 | Kontor AS | Skole | 1200,00
    1002 | 04.01.2024 | Bygg AS | Eiendom | 45200,00
    1003 | 09.01.2024 | Strom AS | Eiendom | 8120,50
    1004 | 11.01.2024 | Strom AS | Skole | 812,50
"""


def kind_of(table: str, name: str = "data_2024.csv") -> FileType:
    """What the drawn table is taken for."""
    return analysed(table, name).file_type_detection.likely_file_type


@pytest.mark.parametrize(
    "headers",
    [
        "Voucher no | Voucher date | Supplier | Department | Amount",
        "Bilagsnr | Bilagsdato | Leverandør | Avdeling | Beløp",
        "Verifikationsnummer | Datum | Leverantör | Förvaltning | Belopp",
        "Numéro | Date | Bénéficiaire | Direction | Montant",
        "Registro | Fecha | Adjudicatario | Departamento | Importe",
        "Empenho | Data | Credor | Órgão | Valor",
        "Numer | Data | Kontrahent | Wydział | Kwota",
        "番号 | 日付 | 支払先 | 部署 | 金額",
    ],
)
def test_a_list_of_who_was_paid_when_is_expenses(headers: str) -> None:
    assert kind_of(headers + _BOOKED) is FileType.EXPENSES


def test_vendors_beside_a_planned_cost_or_in_a_file_named_budget_are_a_budget() -> None:
    lines = "| Desk Ltd | 1200\nHR | Train Ltd | 4500\nHR | Book Ltd | 800"
    assert kind_of(f"Department | Vendor | Planned cost\nIT {lines}") is FileType.BUDGET
    assert kind_of(f"Department | Vendor | Cost\nIT {lines}", "budget_2025.csv") is FileType.BUDGET


def test_vendors_beside_months_are_a_budget() -> None:
    table = """
    Department | Vendor | Jan | Feb | Mar
    IT | Desk Ltd | 100 | 120 | 140
    HR | Train Ltd | 80 | 90 | 95
    """
    assert kind_of(table) is FileType.BUDGET


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Expediente | Objeto | Departamento | Importe", "lista.csv"),
        ("Association | Objet | Direction | Montant", "liste.csv"),
        ("Forening | Formål | Forvaltning | Beløb", "liste.csv"),
        ("Číslo smlouvy | Předmět | Odbor | Cena", "export.csv"),
        ("Organisatie | Regeling | Afdeling | Bedrag", "subsidieregister.csv"),
        ("Nazwa organizacji | Zadanie | Wydział | Kwota", "umowy.csv"),
    ],
)
def test_contracts_and_grants_are_no_budget(headers: str, name: str) -> None:
    table = f"""
    {headers}
    A-17 | Sports | Culture | 12000
    B-03 | Music | Culture | 4300
    C-11 | Theatre | Schools | 7700
    """
    assert kind_of(table, name) is FileType.OTHER


@pytest.mark.parametrize("header", ["Región", "Województwo", "Kommun", "Регион", "都道府県"])
def test_years_side_by_side_for_each_region_are_statistics(header: str) -> None:
    table = f"""
    {header} | 2019 | 2020 | 2021
    Alpha | 1204.5 | 1250.1 | 1301.9
    Beta | 804.2 | 790.3 | 822.8
    Gamma | 2210.7 | 2198.4 | 2307.6
    """
    assert kind_of(table, "export.csv") is FileType.OTHER
    assert kind_of(table, "budget.csv") is FileType.BUDGET


def test_the_last_day_of_a_quarter_is_a_period_and_no_booking() -> None:
    table = """
    Period end | Cost center | Account | Amount
    2025-03-31 | IT | Paper | 1200
    2025-06-30 | IT | Paper | 1300
    2025-09-30 | HR | Travel | 900
    2025-12-31 | HR | Travel | 950
    """
    assert kind_of(table, "opex.csv") is FileType.BUDGET


def test_bookings_by_the_day_are_no_budget_though_the_name_bears_a_year() -> None:
    table = """
    Datum | Kostenstelle | Bezeichnung | Betrag
    03.01.2024 | Schule | Papier | 120,50
    04.01.2024 | Bauhof | Miete | 800,00
    09.02.2024 | Schule | Reise | 75,10
    17.02.2024 | Bauhof | Papier | 33,00
    """
    assert kind_of(table, "ausgaben_2024.csv") is not FileType.BUDGET


@pytest.mark.parametrize(
    "name",
    [
        "wykonanie_budzetu_2023.csv",
        "ejecucion_presupuestaria_2023.csv",
        "execucao_orcamentaria_2023.csv",
        "haushaltsvollzug_2023.csv",
        "plneni_rozpoctu_2023.csv",
        "예산집행현황_2023.csv",
    ],
)
def test_a_file_named_for_what_became_of_a_budget_is_none(name: str) -> None:
    table = """
    Abteilung | Konto | Betrag
    Schule | Papier | 1204,50
    Schule | Miete | 800,00
    Bauhof | Reise | 75,10
    """
    assert kind_of(table, name) is FileType.OTHER


@pytest.mark.parametrize("name", ["návrh_rozpočtu.csv", "projekt_budzetu.csv", "budgetförslag.csv", "citybudget.csv"])
def test_a_name_says_budget_in_another_case_and_in_a_compound(name: str) -> None:
    table = """
    Supplier | Department | Amount
    Desk Ltd | IT | 1200
    Train Ltd | HR | 4500
    Book Ltd | HR | 810
    """
    assert kind_of(table, name) is FileType.BUDGET


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Imię i nazwisko | Stanowisko | Wynagrodzenie", FileType.PAYROLL),
        ("Ad Soyad | Unvan | Maaş", FileType.PAYROLL),
        ("ФИО | Должность | Оклад", FileType.PAYROLL),
        ("Artikel | Omschrijving | Prijs", FileType.OTHER),
        ("编号 | 商品 | 价格", FileType.OTHER),
        ("Projekt | Wnioskodawca | Dotacja", FileType.OTHER),
        ("Zadavatel | Předmět zakázky | Hodnota", FileType.OTHER),
    ],
)
def test_people_with_their_pay_prices_and_tenders_are_no_budget(headers: str, kind: FileType) -> None:
    table = f"""
    {headers}
    Alpha | Teacher | 1204.50
    Beta | Driver | 850.00
    Gamma | Cook | 977.10
    Delta | Gardener | 1100.00
    """
    assert kind_of(table, "data.csv") is kind


@pytest.mark.parametrize(
    "headers", ["Nimi | Tehtävä | Bruttopalkka | Nettopalkka", "Namn | Befattning | Bruttolön | Nettolön"]
)
def test_what_each_person_is_paid_is_a_payroll(headers: str) -> None:
    people = "\nAnna Nova | Dir | 5200 | 3800\nIvan Berg | Eng | 4100 | 3010\nKim Lee | Ops | 2900 | 2200"
    assert kind_of(headers + people) is FileType.PAYROLL


def test_indicators_in_units_of_their_own_are_no_budget() -> None:
    table = """
    Metric         | Unit | Q1 2025 | Q2 2025 | Q3 2025 | Q4 2025
    Churn          | %    | 2.4%    | 2.1%    | 1.9%    | 1.8%
    New customers  | #    | 14      | 17      | 21      | 20
    Revenue        | $M   | 7.2     | 8.1     | 9.4     | 10.2
    Cost of a lead | $    | 840     | 790     | 720     | 710
    """
    assert kind_of(table, "dashboard.csv") is FileType.OTHER


@pytest.mark.parametrize(
    "table",
    [
        """
    Product    | Q1 Revenue | Q4 Revenue | Growth %
    Platform   | $1,240,000 | $980,000   | +26.5%
    Enterprise | $890,000   | $750,000   | +18.7%
    Starter    | $320,000   | $290,000   | +10.3%
    """,
        """
    Metric              | Current_FY_Value | Prior_FY_Value | Variance | Record_Type
    Hires               | 342              | 289            | 53       | recruitment
    Skills recruited    | 48               | 35             | 13       | recruitment
    Days to fill a post | 67               | 78             | -11      | recruitment
    """,
    ],
)
def test_what_was_sold_and_what_is_measured_are_no_budgets(table: str) -> None:
    assert kind_of(table, "overview.csv") is FileType.OTHER


def test_shares_of_a_whole_beside_sums_are_indicators_and_no_budget() -> None:
    table = """
    Name           | Unit     | y2024 | y2025 | y2026
    Whole product  | bn EUR   | 276.0 | 284.5 | 295.0
    Public debt    | % of GDP | 82.1  | 86.9  | 88.5
    Deficit        | % of GDP | 3.8   | 4.2   | 4.0
    Debt in money  | bn EUR   | 169   | 181   | 194
    """
    assert kind_of(table, "macro.csv") is FileType.OTHER


def test_months_of_a_measured_quantity_are_no_budget() -> None:
    analysis = analysed(
        """
        Building | Jan-25 kWh | Feb-25 kWh | Mar-25 kWh
        Hall     | 1200       | 1310       | 1150
        Library  | 300        | 410        | 350
        Gym      | 1190       | 2310       | 2150
        """,
        "usage by building.csv",
    )
    assert analysis.file_type_detection.likely_file_type is not FileType.BUDGET


@pytest.mark.parametrize(("name", "kind"), [("team scores.csv", FileType.OTHER), ("plan.csv", FileType.BUDGET)])
def test_small_figures_by_month_in_a_file_named_for_scores_are_no_budget(name: str, kind: FileType) -> None:
    table = """
    Department | Jan | Feb | Mar | Apr
    Design     | 82  | 85  | 79  | 88
    Sales      | 91  | 89  | 93  | 95
    Legal      | 79  | 82  | 85  | 88
    """
    assert kind_of(table, name) is kind


@pytest.mark.parametrize(("name", "budget"), [("Kind", False), ("Department", True), ("Budget line", True)])
def test_years_below_each_other_for_each_province_are_statistics(name: str, budget: bool) -> None:
    rows = [
        f"{province} | {text} | {year} | {195176 + 9417 * place + 31 * year}"
        for place, (province, text) in enumerate([("Aceh", "Food"), ("Aceh", "Other"), ("Bali", "Food")])
        for year in range(2022, 2026)
    ]
    table = "\n".join([f"Province | {name} | Year | Expenditure", *rows])
    assert (kind_of(table, "spending.csv") is FileType.BUDGET) is budget
