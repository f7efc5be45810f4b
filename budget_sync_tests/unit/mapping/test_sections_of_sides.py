"""Costs and income of several sections side by side, and rows and titles that say what they are in other languages."""

from budget_sync.domain.fields import FileType
from budget_sync_tests.unit.mapping.tables import analysed, understood

SECTIONS = """
    Function | Running expenses | Running revenue | Capital expenses | Capital revenue
    Schools  | 1980             | 420             | 1250             | 410
    Culture  | 1740             | 265             | 610              | 95
    Roads    | 1310             | 75              | 2100             | 640
"""


def test_both_sides_of_every_section_are_loaded() -> None:
    understanding = understood(SECTIONS, "budget 2026.csv")
    assert [(column.sub_category, column.line_type) for column in understanding.amounts] == [
        ("Running expenses", "expense"),
        ("Capital expenses", "expense"),
        ("Running revenue", "revenue"),
        ("Capital revenue", "revenue"),
    ]
    assert understanding.analysis.sum_budgeted == 5030 + 3960


def test_sides_of_different_things_are_no_sections() -> None:
    text = SECTIONS.replace("Capital revenue", "Lottery revenue")
    assert analysed(text, "budget 2026.csv").sum_budgeted != 5030 + 3960


def test_square_and_cubic_metres_are_no_months() -> None:
    analysis = analysed("""
        Item    | Unit | Quantity | Budget 2026
        Roof    | m²   | 250      | 37500
        Digging | m³   | 40       | 3400
        Walls   | m²   | 60       | 12000
    """)
    assert {mapping.target_field for mapping in analysis.mappings if mapping.source_column.strip() == "Unit"} == {None}


def test_what_is_left_and_the_sums_of_income_and_costs_are_no_lines() -> None:
    assert (
        analysed("""
        Наименование    | Бюджет 2026
        Гранты          | 900
        Аренда          | 270
        Оплата труда    | 550
        Остаток средств | 80
    """).budget_rows
        == 3
    )
    assert (
        analysed("""
        科目           | 予算額
        受取会費       | 1200
        事業収益       | 2700
        経常収益計     | 3900
        給料手当       | 1900
        地代家賃       | 960
        経常費用計     | 2860
        当期経常増減額 | 1040
    """).sum_budgeted
        == 3900 + 2860
    )


def test_expected_costs_with_their_tax_are_a_budget_where_the_file_is_named_for_them() -> None:
    analysis = analysed(
        """
        Poste de dépense | Quantité | Coût unitaire HT | Montant HT | TVA | Montant TTC
        Location salle   | 2        | 450              | 900        | 180 | 1080
        Sonorisation     | 1        | 780              | 780        | 156 | 936
        """,
        "depenses_previsionnelles.csv",
    )
    assert analysis.file_type_detection.likely_file_type is FileType.BUDGET
