"""Headers that budgets of many countries have, each with what it must not be taken for."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.names import read_name
from budget_sync_tests.unit.mapping.tables import analysed, columns

AMOUNT = TargetField.BUDGETED_AMOUNT


@pytest.mark.parametrize("header", ["fecha_limite", "Data limite", "Date limite", "Frist", "Termin płatności", "期限"])
def test_the_day_on_which_something_is_due_is_no_period(header: str) -> None:
    analysis = analysed(f"""
        Item  | Budget | {header}
        Music | 400    | 2026-06-01
        Food  | 900    | 2026-05-15
        Hall  | 1200   | 2026-06-01
    """)
    assert columns(analysis, TargetField.FISCAL_PERIOD) == []


@pytest.mark.parametrize(
    ("item", "count", "price", "value"),
    [
        ("Proračunska postavka", "Količina", "Cena enote (EUR)", "Vrednost (EUR)"),
        ("Rozpočtová položka", "Množství", "Jednotková cena", "Částka"),
        ("Költségvetési tétel", "Mennyiség", "Egységár", "Összeg"),
        ("Бюджетная статья", "Количество", "Цена за единицу", "Сумма"),
    ],
)
def test_the_line_of_a_budget_is_no_amount_and_its_value_is(item: str, count: str, price: str, value: str) -> None:
    analysis = analysed(f"""
        {item} | What for | {count} | {price} | {value}
        2825   | Screens  | 4       | 500     | 2000
        2825   | Printers | 10      | 50      | 500
        1060   | Servers  | 1       | 3250    | 3250
        1060   | Phones   | 9       | 60      | 540
        1554   | Licences | 7       | 30      | 210
        1554   | Cables   | 8       | 150     | 1200
    """)
    assert columns(analysis, AMOUNT) == [value]
    assert analysis.sum_budgeted == 2000 + 500 + 3250 + 540 + 210 + 1200


@pytest.mark.parametrize(("plan", "fact"), [("PLANS_AMT", "FAKT_AMT"), ("Előirányzat", "Tény"), ("Pagu", "Realisasi")])
def test_what_was_planned_is_the_budget_and_what_became_of_it_is_not(plan: str, fact: str) -> None:
    analysis = analysed(f"""
        Category | {fact}  | {plan}
        Heating  | 1141.25 | 1180
        Water    | 323     | 350.5
        Wages    | 9810.75 | 9900
    """)
    assert columns(analysis, AMOUNT) == [plan]


@pytest.mark.parametrize("header", ["COD_EK_NAME", "Account code name", "Cod. gasto nombre", "Kod nazwa"])
def test_a_header_that_ends_with_a_word_for_name_holds_names_and_no_codes(header: str) -> None:
    assert "code" not in read_name(header).tags


def test_the_code_of_a_name_is_a_code() -> None:
    assert "code" in read_name("Unit name code").tags


@pytest.mark.parametrize("header", ["Loja", "Tienda", "Magasin", "Negozio", "Ansatz-Text"])
def test_who_answers_for_the_money_is_known_by_more_words(header: str) -> None:
    analysis = analysed(f"""
        {header} | Category | Budget
        North    | Rent     | 1200
        North    | Wages    | 5300
        South    | Rent     | 1450
    """)
    assert columns(analysis, TargetField.DEPARTMENT) == [header]


@pytest.mark.parametrize(
    ("where", "what"), [("SUBFUNCAO", "NATUREZA_DESPESA"), ("PROGRAMA", "ELEMENTO_DESPESA"), ("Ubicación", "Finalidad")]
)
def test_what_is_paid_for_is_the_sub_category_before_the_place_or_the_function(where: str, what: str) -> None:
    analysis = analysed(f"""
        Departamento | {where}  | {what}   | Orçamento 2025
        Saúde        | Central  | Material | 1200
        Saúde        | Hospital | Obras    | 98000
        Educação     | Escolas  | Material | 15000
        Educação     | Creches  | Pessoal  | 250000
    """)
    assert columns(analysis, TargetField.SUB_CATEGORY) == [what]
