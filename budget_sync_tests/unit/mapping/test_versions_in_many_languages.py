"""What was planned beside what became of it and how it was changed: which column is the budget, in many languages."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def amounts(headers: str, *, changed: bool = False) -> list[str]:
    """The columns of amounts of eight lines under a department and an item; ``changed``: the third is the sum."""
    width = headers.count("|") + 1
    rows = []
    for line in range(8):
        figures = [1200 + 917 * line * (place + 1) + 31 * place for place in range(width)]
        if changed:
            figures = [figures[0], 150 * (line % 3), figures[0] + 150 * (line % 3)]
        rows.append(" | ".join([f"Office {'AB'[line // 4]}", f"item {'abcdefgh'[line]}", *map(str, figures)]))
    text = "\n".join([f"Department | Account | {headers}", *rows])
    return columns(analysed(text, "budget.csv"), TargetField.BUDGETED_AMOUNT)


@pytest.mark.parametrize(
    ("actual", "planned"),
    [
        ("CA 2022", "BP 2023 | BP 2024"),
        ("Execução 2022", "Orçamento 2023 | Proposta 2024"),
        ("Rekening 2022", "Begroting 2023 | Begroting 2024"),
        ("Skutočnosť 2022", "Rozpočet 2023 | Rozpočet 2024"),
        ("TP 2022", "TA 2023 | TAE 2024"),
        ("2022 звіт", "2023 затверджено | 2024 план"),
        ("Ejercido 2022", "Presupuesto 2023 | Presupuesto 2024"),
        ("Execuție 2022", "Program 2023 | Propuneri 2024"),
        ("Realisasi 2022", "Anggaran 2023 | RAPBD 2024"),
        ("ביצוע 2022", "תקציב 2023 | תקציב 2024"),
        ("Izvršenje 2022", "Plan 2023 | Plan 2024"),
        ("Thực hiện 2022", "Dự toán 2023 | Dự toán 2024"),
        ("2022 täitmine", "2023 eelarve | 2024 eelarve"),
        ("2022 faktas", "2023 planas | 2024 planas"),
        ("Πραγματοποιήσεις 2022", "Προϋπολογισμός 2023 | Προϋπολογισμός 2024"),
    ],
)
def test_what_was_spent_in_an_earlier_year_is_not_loaded(actual: str, planned: str) -> None:
    assert amounts(f"{actual} | {planned}") == planned.split(" | ")


@pytest.mark.parametrize(
    "beside", ["recurso_percibido", "vigente_menos_percibido", "budget minus actual", "prévu moins réalisé"]
)
def test_what_was_collected_and_one_less_the_other_are_no_budgets(beside: str) -> None:
    assert amounts(f"recurso_vigente | {beside}") == ["recurso_vigente"]


def test_a_budget_after_changes_is_no_change() -> None:
    assert amounts("Realisatie 2022 | Begroting 2023 na wijziging | Raming 2024") == [
        "Begroting 2023 na wijziging",
        "Raming 2024",
    ]


@pytest.mark.parametrize(
    "headers",
    [
        "Inicial 2024 | Modificaciones | Definitivo 2024",
        "Budget | Ändring | Ny budget",
        "Buget inițial | Influențe | Buget rectificat",
        "Αρχικός | Αναμόρφωση | Διαμορφωθείς",
        "Alkuperäinen | Muutos | Muutettu talousarvio",
        "Schválený | Změna | Po změně",
        "Original | Transfers | Adjusted",
        "Crèdits inicials | Modificacions de crèdit | Crèdits totals consignats",
        "Créditos iniciales | Modificaciones de crédito | Créditos totales",
        "Recurso estimado | Modificaciones | Recurso vigente",
    ],
)
def test_of_a_budget_its_change_and_both_together_the_last_is_in_force(headers: str) -> None:
    assert amounts(headers, changed=True) == [headers.split(" | ")[2]]


@pytest.mark.parametrize(
    "headers",
    ["Primitif | Décisions modificatives | Total voté", "Ansatz | Nachtrag | Gesamt", "기정예산 | 추경 | 예산총액"],
)
def test_a_supplement_alone_is_no_version_where_the_sum_stands_beside_it(headers: str) -> None:
    assert amounts(headers, changed=True) == [headers.split(" | ")[2]]


def test_numbered_values_beside_their_total_are_no_departments() -> None:
    text = """
    Item | Total | Value 1 | Value 2 | Value 3
    Paper | 600 | 100 | 200 | 300
    Travel | 1500 | 400 | 500 | 600
    Rent | 2400 | 700 | 800 | 900
    Books | 330 | 100 | 110 | 120
    """
    assert columns(analysed(text, "budget.csv"), TargetField.BUDGETED_AMOUNT) == ["Total"]


def test_a_few_long_amounts_of_one_length_are_no_codes() -> None:
    text = """
    Unit | Item | Alpha | Beta | Gamma
    East | Paper | 411203 | 180334 | 723190
    East | Rent | 198322 | 755100 | 310977
    East | Books | 730118 | 204413 | 118234
    West | Paper | 512009 | 660912 | 907411
    West | Rent | 288410 | 119055 | 450230
    West | Books | 640551 | 871230 | 236708
    """
    assert columns(analysed(text, "budget.csv"), TargetField.BUDGETED_AMOUNT) == ["Alpha", "Beta", "Gamma"]


@pytest.mark.parametrize(
    ("first", "revised", "spent"),
    [
        ("Buxheti fillestar", "Buxheti i rishikuar", "Realizimi"),
        ("Fjárhagsáætlun", "Endurskoðuð áætlun", "Rauntölur"),
        ("Peruntukan asal", "Peruntukan dipinda", "Perbelanjaan sebenar"),
        ("Anggaran murni", "Anggaran perubahan", "Realisasi"),
        ("بودجه مصوب", "بودجه اصلاحی", "عملکرد"),
        ("बजट अनुमान", "संशोधित अनुमान", "वास्तविक"),
        ("Бекітілген жоспар", "Түзетілген жоспар", "Атқарылуы"),
        ("Hasierako kreditua", "Behin betiko kreditua", "Aitortutako obligazioak"),
        ("Προϋπολογισθέντα", "Διαμορφωθέντα", "Πληρωθέντα"),
        ("Crédito inicial", "Crédito definitivo", "Obligaciones reconocidas"),
        ("Plan", "Rebalans", "Izvršenje"),
        ("Budget", "Revised", "Actual"),
    ],
)
def test_the_revised_budget_is_in_force_and_what_was_spent_is_none(first: str, revised: str, spent: str) -> None:
    analysis = analysed(f"""
        Department | Account | {first} | {revised} | {spent}
        Office A   | Paper   | 12500   | 13000     | 11874
        Office A   | Water   | 8400    | 8400      | 8102
        Office B   | Paper   | 45000   | 47500     | 46210
        Office B   | Phones  | 3100    | 2900      | 1875
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [revised]
    assert "which_amount" not in {question.code for question in analysis.questions}


@pytest.mark.parametrize(
    ("plan", "fact"),
    [
        ("مخطط", "فعلي"),
        ("Kế hoạch", "Thực tế"),
        ("Планирано", "Остварено"),
        ("Rencana", "Realisasi"),
        ("plánované", "skutočné"),
        ("Plaan", "Tegelik"),
        ("planlagt", "faktisk"),
    ],
)
def test_of_rows_that_say_planned_or_spent_the_planned_are_kept(plan: str, fact: str) -> None:
    analysis = analysed(f"""
        Year | Department | Account | Kind   | Amount
        2025 | Schools    | Rent    | {plan} | 1200
        2025 | Schools    | Rent    | {fact} | 1250
        2025 | Roads      | Salt    | {plan} | 300
        2025 | Roads      | Salt    | {fact} | 410
    """)
    assert analysis.sum_budgeted == 1500
