"""What is over a budget, or a budget less what was spent, is a difference; a budget carried over is a budget."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.differences import tells_difference
from budget_sync_tests.unit.mapping.tables import analysed, columns


@pytest.mark.parametrize(
    "header",
    [
        "$ Over Budget",
        "FY2026 Over Budget",
        "Jan - Dec 26 Under Budget",
        "Actual over budget",
        "TOTAL Over Budget",
        "Overspend 2026",
        "recurso_vigente_menos_percibido",
        "Budget 2026 minus Actual 2026",
        "prévu moins réalisé",
    ],
)
def test_what_is_over_a_budget_or_left_of_it_is_a_difference(header: str) -> None:
    assert tells_difference(header)


@pytest.mark.parametrize("header", ["Carry Over Budget FY2026", "2026 Roll-over Budget", "Budget 2026 minus reserve"])
def test_a_budget_that_is_carried_over_or_cut_is_a_budget(header: str) -> None:
    analysis = analysed(f"""
        Department | Item     | {header} | Reserve 2026
        Health     | Salaries | 12000    | 1100
        Health     | Travel   | 3000     | 310
        Works      | Supplies | 900      | 95
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [header]


def test_a_budget_for_people_under_an_age_is_not_left_out_for_the_one_above_it() -> None:
    analysis = analysed("""
        Commune | Budget 2026 moins de 25 ans | Budget 2026 plus de 25 ans
        Ville   | 12000                       | 4000
        Bourg   | 3000                        | 1000
        Port    | 900                         | 800
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Budget 2026 moins de 25 ans"]
    assert "which_amount" in [question.code for question in analysis.questions]
