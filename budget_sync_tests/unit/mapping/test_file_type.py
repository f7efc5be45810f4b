"""What kind of file it is: by words, by structure, and said in words."""

import pytest

from budget_sync.domain.fields import FileType, Layout, TargetField
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.file_type import KINDS, detect_file_type, file_type_weights
from budget_sync.mapping.file_type_features import features_of
from budget_sync.mapping.values import ColumnProfile
from budget_sync_tests.unit.mapping.tables import analysed

DAYS = ColumnProfile(0, rows=40, filled=40, dates=1.0, distinct=38, samples=("2025-03-14", "2025-03-17"))
MONTHS = ColumnProfile(0, rows=40, filled=40, dates=1.0, distinct=12, samples=("2025-01-01", "2025-02-01"))
AMOUNTS = ColumnProfile(1, rows=40, filled=40, numbers=1.0, distinct=40, samples=("1200.5", "80"))
NAMES = ColumnProfile(2, rows=40, filled=40, texts=1.0, distinct=40, is_unique=True, samples=("A", "B"))
NUMBERED = ColumnProfile(3, rows=40, filled=40, numbers=1.0, whole=1.0, distinct=40, is_unique=True, samples=("1", "2"))


def evidence(
    *headers: str,
    name: str = "file.csv",
    amounts: bool = False,
    strength: float = 0.0,
    profiles: tuple[ColumnProfile, ...] = (),
    layout: Layout = Layout.LONG,
    titles: tuple[str, ...] = (),
) -> FileEvidence:
    """A file of these headers; ``amounts``: a column of amounts was found."""
    fields = {TargetField.BUDGETED_AMOUNT: (len(headers) - 1,)} if amounts else {}
    return FileEvidence(
        file_name=name,
        headers=headers,
        fields=fields,
        amount_strength=strength,
        profiles=profiles,
        layout=layout,
        titles=titles,
    )


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (("Department", "Category", "Fiscal Year", "Budget Amount"), FileType.BUDGET),
        (("Ministry", "Programme", "Appropriation 2025"), FileType.BUDGET),
        (("Kostenstelle", "Kostenart", "Ansatz 2025"), FileType.BUDGET),
        (("Centro gestor", "Partida presupuestaria", "Crédito inicial"), FileType.BUDGET),
        (("Chapitre", "Libellé", "Budget primitif"), FileType.BUDGET),
        (("Órgão", "Elemento de despesa", "Dotação inicial"), FileType.BUDGET),
        (("部門", "科目", "予算額"), FileType.BUDGET),
        (("部门", "科目", "预算数"), FileType.BUDGET),
        (("Department", "Category", "Budget", "Actual", "Variance"), FileType.BUDGET),
        (("Employee ID", "Name", "Department", "Basic Salary", "Overtime", "Net Pay"), FileType.PAYROLL),
        (("Employee Name", "Cost Center", "GL Code", "Hourly Rate", "Regular Hours", "Gross Pay"), FileType.PAYROLL),
        (("Personalnummer", "Mitarbeiter", "Kostenstelle", "Bruttogehalt", "Lohnsteuer"), FileType.PAYROLL),
        (("Matricule", "Nom", "Salaire brut", "Cotisations", "Net à payer"), FileType.PAYROLL),
        (("Funcionário", "Cargo", "Salário base", "INSS", "Salário líquido"), FileType.PAYROLL),
        (("社員番号", "氏名", "基本給", "控除", "差引支給額"), FileType.PAYROLL),
        (("Transaction Date", "Description", "Debit", "Credit", "Balance"), FileType.EXPENSES),
        (("Expense Date", "Merchant", "Category", "Amount", "Receipt"), FileType.EXPENSES),
        (("Buchungstag", "Valutadatum", "Verwendungszweck", "Begünstigter", "Betrag"), FileType.EXPENSES),
        (("Date opération", "Libellé", "Débit", "Crédit", "Solde"), FileType.EXPENSES),
        (("Supplier Name", "Payment Date", "Expense Type", "Transaction Number", "Amount"), FileType.EXPENSES),
        (("Invoice Number", "Invoice Date", "Due Date", "Customer Name", "Amount Due"), FileType.INVOICE),
        (("Rechnungsnummer", "Rechnungsdatum", "Kundennummer", "Nettobetrag", "MwSt"), FileType.INVOICE),
        (("Numéro facture", "Client", "Montant HT", "TVA", "Montant TTC"), FileType.INVOICE),
        (("Número de factura", "Fecha de vencimiento", "Base imponible", "IVA"), FileType.INVOICE),
        (("Account Code", "Account Name", "YTD Debit", "YTD Credit"), FileType.OTHER),
        (("Customer ID", "First Name", "Last Name", "Email", "Phone", "Country"), FileType.OTHER),
        (("SKU", "Product Name", "Warehouse", "On hand", "Reorder level"), FileType.OTHER),
        (("Cost center code", "Cost center name", "Person responsible", "Valid from", "Valid to"), FileType.OTHER),
        (("timestamp", "temperature", "humidity"), FileType.OTHER),
        (("agency", "total actual"), FileType.OTHER),
    ],
)
def test_the_words_of_the_headers_tell_the_kind(headers: tuple[str, ...], kind: FileType) -> None:
    amounts = kind is not FileType.OTHER
    detected = detect_file_type(evidence(*headers, amounts=amounts, strength=1.0 if kind is FileType.BUDGET else 0.0))
    assert detected.likely_file_type is kind
    assert detected.evidence


def test_amounts_side_by_side_by_month_speak_of_a_budget_without_a_word() -> None:
    months = ("", "Jan", "Feb", "Mar", "Apr")
    wide = detect_file_type(evidence(*months, amounts=True, layout=Layout.WIDE_MONTHS))
    assert wide.likely_file_type is FileType.BUDGET
    assert "Amounts stand side by side for months, quarters or years." in wide.evidence


def test_the_file_s_name_decides_where_the_headers_say_little() -> None:
    headers = ("Name", "Amount")
    named = [
        detect_file_type(evidence(*headers, name=name, amounts=True)).likely_file_type
        for name in (
            "budget_2025.xlsx",
            "expenses.xlsx",
            "invoices.xlsx",
            "payroll.xlsx",
        )
    ]
    assert named == [FileType.BUDGET, FileType.EXPENSES, FileType.INVOICE, FileType.PAYROLL]


def test_actuals_beside_a_budget_are_a_warning() -> None:
    detected = detect_file_type(evidence("Department", "Budget", "Actual", amounts=True, strength=1.0))
    assert detected.warnings == ["Beside the budget it holds what became of it ('Actual'); only the budget is loaded."]


def test_a_close_second_is_a_warning() -> None:
    detected = detect_file_type(evidence("Category", "Date", "Amount", amounts=True, strength=0.7))
    assert detected.confidence < 0.8
    assert any(text.startswith("It could also be ") for text in detected.warnings)


def test_a_file_that_says_nothing_is_not_sure() -> None:
    detected = detect_file_type(evidence())
    assert detected.confidence < 0.9
    assert detected.evidence


def test_the_evidence_names_the_words_and_stays_short() -> None:
    headers = tuple(f"Salary {number}" for number in range(9))
    detected = detect_file_type(evidence(*headers))
    assert detected.evidence[0] == "'Salary 0', 'Salary 1', 'Salary 2', 'Salary 3' and 5 more: words of a payroll."


def test_days_of_transactions_are_told_from_months_of_a_plan() -> None:
    days = features_of(evidence("Date", "Amount", profiles=(DAYS, AMOUNTS, NAMES, NUMBERED))).values
    months = features_of(evidence("Date", "Amount", profiles=(MONTHS, AMOUNTS))).values
    assert (days["many_days"], months["many_days"]) == (1.0, 0.0)
    assert (days["names_rows"], days["numbered"]) == (1.0, 1.0)
    assert (months["names_rows"], months["numbered"]) == (0.0, 0.0)


def test_debit_and_credit_beside_accounts_are_a_ledger_whatever_soll_says() -> None:
    ledger = detect_file_type(evidence("Konto", "Bezeichnung", "Soll", "Haben", amounts=True, strength=1.0))
    assert ledger.likely_file_type is FileType.OTHER
    plan = detect_file_type(evidence("Konto", "Bezeichnung", "Soll", "Ist", amounts=True, strength=1.0))
    assert plan.likely_file_type is FileType.BUDGET


def test_addresses_and_document_numbers_are_seen_in_the_cells() -> None:
    people = ColumnProfile(0, rows=9, filled=9, texts=1.0, samples=("anna@example.com", "ben@example.com"))
    numbers = ColumnProfile(1, rows=9, filled=9, texts=1.0, is_unique=True, samples=("INV-0042", "INV-0043"))
    few = ColumnProfile(1, rows=2, filled=2, texts=1.0, is_unique=True, samples=("INV-0042", "INV-0043"))
    seen = features_of(evidence("Who", "What", profiles=(people, numbers))).values
    assert (seen["contacts"], seen["numbered_documents"]) == (1.0, 1.0)
    assert features_of(evidence("What", profiles=(few,))).values["numbered_documents"] == 0.0


def test_a_scale_and_a_year_in_a_title_speak_of_a_budget() -> None:
    values = features_of(evidence("A", titles=("Plan 2025", "in thousands of euros"))).values
    assert (values["scaled"], values["year_in_title"], values["day_in_title"]) == (1.0, 1.0, 0.0)
    assert features_of(evidence("A", name="export_20250314.csv")).values["day_in_title"] == 1.0


def test_every_figure_has_its_weights_and_every_weight_its_figure() -> None:
    weights = file_type_weights()
    assert features_of(evidence("A")).values.keys() == weights.weights.keys()
    kinds = {kind.value for kind in KINDS}
    assert all(own.keys() == kinds for own in [weights.start, *weights.weights.values()])


def test_confidences_are_shares_of_one() -> None:
    detected = detect_file_type(evidence("Department", "Budget", amounts=True, strength=1.0))
    assert 0 <= detected.budget_confidence <= 1
    assert detected.confidence == detected.budget_confidence


def test_a_financial_statement_of_two_years_is_no_budget_unless_it_says_so() -> None:
    statement = """
        {title} for the year ended 31 December 2024
                           | 2024      | 2023
        Revenue            | 1,200,000 | 1,100,000
        Cost of sales      | (700,000) | (650,000)
        Operating expenses | (300,000) | (280,000)
    """
    for title, kind in (("Income statement", FileType.OTHER), ("Budgeted income statement", FileType.BUDGET)):
        assert analysed(statement.format(title=title)).file_type_detection.likely_file_type is kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("For the year ended June 30, 2023", FileType.OTHER),
        ("Exercice clos le 31 décembre 2023", FileType.OTHER),
        ("Budget for the year ended June 30, 2023", FileType.BUDGET),
    ],
)
def test_a_year_that_has_ended_is_no_budget_unless_its_title_says_so(title: str, kind: FileType) -> None:
    statement = f"""
        {title}
                               | 2023   | 2022
        Revenues
        Property taxes         | 887273 | 911000
        Charges for services   | 192074 | 201500
        Expenses
        General government     | 478002 | 455020
        Public safety          | 611870 | 590300
    """
    assert analysed(statement).file_type_detection.likely_file_type is kind


def test_a_statement_in_line_items_is_no_budget_unless_it_is_projected() -> None:
    statement = """
        {title}
        Line item | FY2023 | FY2024 | FY2025
        Sales     | 22900  | 23800  | 24700
        Services  | 8800   | 9100   | 9400
        Wages     | 14400  | 14800  | 15200
    """
    for title, kind in (("Profit and loss", FileType.OTHER), ("Projected profit and loss", FileType.BUDGET)):
        assert analysed(statement.format(title=title)).file_type_detection.likely_file_type is kind


def test_a_trial_balance_with_a_column_of_budgets_can_be_loaded_as_a_budget() -> None:
    detection = analysed("""
        Account | Description | Opening Balance | Debit     | Credit | Closing Balance | Budget 2025
        6000    | Salaries    | 0.00            | 120500.00 | 0.00   | 120500.00       | 480000.00
        6100    | Rent        | 0.00            | 30000.00  | 0.00   | 30000.00        | 120000.00
        6200    | Utilities   | 0.00            | 5250.40   | 120.00 | 5130.40         | 22000.00
    """).file_type_detection
    assert detection.budget_confidence > 0.05


@pytest.mark.parametrize(
    ("name", "table"),
    [
        (
            "sales_by_month.csv",
            """
        Sales report 2024
        Product | Jan   | Feb   | Mar   | Apr
        Chair   | 12000 | 11000 | 13500 | 12800
        Desk    | 22000 | 21500 | 23000 | 24100
        Lamp    | 4300  | 4100  | 4500  | 4700
        """,
        ),
        (
            "population_by_year.csv",
            """
        Population by district
        District | 2021   | 2022   | 2023
        North    | 120034 | 121050 | 122400
        South    | 98011  | 98500  | 99020
        East     | 45020  | 45100  | 45230
        """,
        ),
    ],
)
def test_figures_of_months_or_years_that_say_what_they_are_and_nothing_of_a_budget_are_none(
    name: str, table: str
) -> None:
    assert analysed(table, name).file_type_detection.likely_file_type is FileType.OTHER


def test_heads_counted_by_month_are_no_budget() -> None:
    detection = analysed("""
        Headcount plan 2026
        Department | Role  | Jan | Feb | Mar | Apr
        Sales      | AE    | 4   | 4   | 5   | 5
        Sales      | SDR   | 3   | 3   | 3   | 4
        Systems    | QA    | 2   | 2   | 2   | 3
        Systems    | Lead  | 1   | 1   | 2   | 2
    """).file_type_detection
    assert detection.likely_file_type is not FileType.BUDGET
    assert "Its figures are small and count heads, hours or days." in detection.evidence


def test_days_of_persons_in_a_file_called_budget_are_no_budget() -> None:
    analysis = analysed(
        """
        When       | Who    | Days | Iteration
        2025-12-10 | Thomas | 1    | 5
        2025-12-08 | Thomas | 0.5  | 5
        2025-12-04 | Anna   | 1    | 5
        2025-11-28 | Thomas | 0.5  | 4
        """,
        name="budget.csv",
    )
    assert analysis.file_type_detection.likely_file_type is not FileType.BUDGET


def test_a_series_of_years_without_a_name_in_any_row_is_no_budget() -> None:
    detection = analysed(
        "Year | Value\n1999 | 21380.7\n2000 | 23160.5\n2001 | 24909.1\n2002 | 26256.9\n"
    ).file_type_detection
    assert detection.likely_file_type is FileType.OTHER


def test_what_is_allocated_beside_what_was_spent_is_a_budget() -> None:
    detection = analysed(
        "Category | Allocated | Actual\nVenue | 50000 | 48000\nFood | 30000 | 32000\n"
    ).file_type_detection
    assert detection.likely_file_type is FileType.BUDGET


def test_stages_of_one_year_side_by_side_are_a_budget_without_the_word() -> None:
    staged = """
        Dept  | Category | FY25 Actual | FY26 {first} | FY26 Approved | Variance %
        Legal | Counsel  | 210         | 250          | 230           | 9.5%
    """
    assert analysed(staged.format(first="Requested")).file_type_detection.likely_file_type is FileType.BUDGET
    assert analysed(staged.format(first="Invoiced")).file_type_detection.likely_file_type is FileType.OTHER


SCENARIOS = """
    Account  | Period  | {header} | Value
    Travel   | 2026-01 | {first}  | 1200
    Travel   | 2026-01 | {second} | 1150
    Software | 2026-01 | {first}  | 800
    Software | 2026-01 | {second} | 950
    Rent     | 2026-01 | {first}  | 9000
    Rent     | 2026-01 | {second} | 9000
"""


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [("Scenario", "Budget", "Actual"), ("Version", "FY26 Plan", "FY26 Forecast"), ("Szenario", "Plan", "Ist")],
)
def test_a_column_of_scenarios_among_which_is_the_budget_speaks_of_one(header: str, first: str, second: str) -> None:
    detection = analysed(SCENARIOS.format(header=header, first=first, second=second)).file_type_detection
    assert detection.likely_file_type is FileType.BUDGET
    assert "A column says that it holds the budget." in detection.evidence


@pytest.mark.parametrize(
    ("first", "second"), [("Actual", "Forecast"), ("Budget hotel", "Fine dining"), ("Planned", "In progress")]
)
def test_actuals_alone_and_cells_that_say_more_than_a_scenario_speak_of_none(first: str, second: str) -> None:
    detection = analysed(SCENARIOS.format(header="Kind", first=first, second=second)).file_type_detection
    assert "A column says that it holds the budget." not in detection.evidence


def test_a_statement_of_purchasing_cards_is_one_of_expenses() -> None:
    headers = ("Cardholder", "Posted", "Merchant Category", "MCC", "Amount")
    assert detect_file_type(evidence(*headers, amounts=True)).likely_file_type is FileType.EXPENSES


def test_a_register_of_wages_with_a_year_in_its_name_is_no_budget() -> None:
    detection = analysed(
        """
        Pers.-Nr | Nachname | Vorname | Kostenstelle | Bruttolohn | Kirchensteuer | SV-Beiträge | Auszahlungsbetrag
        00012    | Meyer    | Anna    | 4100         | 4200.5     | 54.9          | 845.1       | 2744.7
        00015    | Kraus    | Jan     | 4200         | 3850       | 45.2          | 774.6       | 2573.4
        """,
        name="lohnjournal_2026_03.csv",
    ).file_type_detection
    assert detection.likely_file_type is FileType.PAYROLL


@pytest.mark.parametrize(("first", "second"), [("Actual", "Actual"), ("Actual", "Forecast Q2"), ("Ist", "Prognose")])
def test_rows_that_all_say_actual_or_forecast_are_no_budget(first: str, second: str) -> None:
    detection = analysed(SCENARIOS.format(header="Scenario", first=first, second=second)).file_type_detection
    assert detection.likely_file_type is not FileType.BUDGET
    assert detection.budget_confidence < 0.15


BOOKED = """
    Datum      | Beleg  | Lieferant  | Kostenstelle | Konto | {amount}
    05.01.2026 | RE-100 | Maier      | 4100         | 4930  | 121.5
    09.01.2026 | RE-101 | Bahn       | 4100         | 4670  | 89
    14.01.2026 | RE-102 | Cloud GmbH | 4200         | 4806  | 540
    22.01.2026 | RE-103 | Stadtwerke | 4300         | 4240  | 1310.77
"""


def test_a_day_and_a_document_number_in_every_row_are_bookings_unless_it_says_budget() -> None:
    booked = analysed(BOOKED.format(amount="Betrag"), "ausgaben_2026.csv").file_type_detection
    planned = analysed(BOOKED.format(amount="Budget"), "ausgaben_2026.csv").file_type_detection
    assert booked.likely_file_type is FileType.EXPENSES
    assert planned.likely_file_type is FileType.BUDGET


def test_a_register_of_salaries_in_dutch_is_no_budget() -> None:
    detection = analysed(
        """
        Personeelsnr | Naam        | Afdeling | Bruto | Loonheffing | Pensioen | Netto
        101          | J. de Vries | Verkoop  | 3200  | 720         | 160      | 2320
        102          | P. Bakker   | Inkoop   | 2950  | 640         | 150      | 2160
        """,
        name="salarisverwerking_2026_02.csv",
    ).file_type_detection
    assert detection.likely_file_type is FileType.PAYROLL


def test_months_of_actual_figures_alone_are_no_budget_though_their_cost_centers_are_those_of_one() -> None:
    detection = analysed(
        """
        Kostenstelle | Januar 2025 Ist | Februar 2025 Ist
        4100         | 12000.5         | 11800
        4200         | 8000            | 8150.25
        """,
        name="kosten_2025.csv",
    ).file_type_detection
    assert detection.likely_file_type is FileType.OTHER
