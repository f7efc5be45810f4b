"""Supplements: what is added to a budget, under the name of a revised one."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


@pytest.mark.parametrize(
    ("first", "supplement"),
    [
        ("Original budget", "Supplementary budget"),
        ("Budget primitif", "Budget supplémentaire"),
        ("Ansatz", "Nachtrag"),
        ("Budget primitif 2026", "Décision modificative"),
    ],
)
def test_what_is_nothing_or_little_beside_the_budget_is_added_to_it_and_asked_about(
    first: str, supplement: str
) -> None:
    analysis = analysed(f"""
        Department | Account | {first} | {supplement}
        Works      | Paper   | 1200    | 0
        Works      | Water   | 800     | 50
        School     | Heating | 5200    | -200
        School     | Meals   | 15200   | 1000
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [first]
    assert "which_amount" in {question.code for question in analysis.questions}


def test_the_sum_of_a_budget_and_all_its_supplements_is_in_force() -> None:
    analysis = analysed("""
        Service | Libellé    | Budget primitif | Budget supplémentaire | Décision modificative n°1 | Total budget
        Mairie  | Papeterie  | 1200            | 0                     | 100                       | 1300
        Mairie  | Eau        | 800             | 50                    | 0                         | 850
        École   | Chauffage  | 5200            | 0                     | -200                      | 5000
        École   | Cantine    | 15200           | 1000                  | 0                         | 16200
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Total budget"]
    assert "which_amount" not in {question.code for question in analysis.questions}


def test_a_revised_budget_of_the_same_size_is_in_force() -> None:
    analysis = analysed("""
        Department | Account | Original budget | Supplementary budget
        Works      | Paper   | 1200            | 1300
        Works      | Water   | 800             | 0
        School     | Heating | 5200            | 5000
        School     | Meals   | 15200           | 15200
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Supplementary budget"]
