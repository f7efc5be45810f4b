"""R, A or C with a year is what became of it where B stands with later ones."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.lettered_years import with_lettered_years
from budget_sync.mapping.names import read_name
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_the_accounts_of_a_year_are_not_loaded_with_the_budgets_of_the_later_ones() -> None:
    analysis = analysed(
        """
        Department | Account | R 2023 | B 2024 | F 2025
        Schools    | Pay     | 1200   | 1310   | 1390
        Schools    | Books   | 310    | 330    | 345
        Roads      | Pay     | 920    | 905    | 960
        Roads      | Gravel  | 88     | 120    | 75
        """,
        "budget.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["B 2024", "F 2025"]


@pytest.mark.parametrize(
    ("labels", "actual"),
    [
        (["C 2023", "B 2024", "B 2025"], ["C 2023"]),
        (["A2023", "A2024", "B2025"], ["A2023", "A2024"]),
        (["B 2024", "R 2024"], []),
        (["B 2024", "R 2025"], []),
        (["R 2024", "S 2025"], []),
    ],
)
def test_of_the_budgets_own_years_and_without_budgets_a_letter_says_nothing(
    labels: list[str], actual: list[str]
) -> None:
    names = with_lettered_years(labels, [read_name(label) for label in labels])
    assert [name.text for name in names if "actual" in name.tags] == actual
