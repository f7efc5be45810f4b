"""Headers counted by letters, rates in brackets, and years of activity beside their budgets."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.enumerated import without_counting
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_costs_that_letters_count_are_amounts() -> None:
    analysis = analysed(
        """
        Participant | A. Personnel | B. Subcontracting | C.1 Travel | C.2 Equipment | D. Indirect costs (25%) | Total
        North       | 1000         | 300               | 120        | 80            | 300.00                  | 1800.00
        South       | 2400         | 100               | 210        | 333           | 735.75                  | 3778.75
        East        | 1810         | 250               | 97         | 41            | 487.00                  | 2685.00
        """,
        "estimated budget 2025.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [
        "A. Personnel",
        "B. Subcontracting",
        "C.1 Travel",
        "C.2 Equipment",
        "D. Indirect costs (25%)",
    ]


@pytest.mark.parametrize("headers", [["C. Coste", "Nombre", "Importe"], ["A. Staff", "B. Travel"], ["A. N", "C. Cost"]])
def test_letters_that_count_nothing_stay(headers: list[str]) -> None:
    assert without_counting(headers) == headers


def test_the_activity_of_a_year_is_what_was_spent() -> None:
    analysis = analysed(
        """
        Description | 2023 Activity | 2024 Amended Budget | 2024 Activity thru 10/31/24 | 2025 Requested Budget
        Salaries    | 40310         | 42000               | 33100                       | 43500
        Supplies    | 1190          | 1500                | 870                         | 1400
        Postage     | 312           | 400                 | 350                         | 450
        """,
        "report.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["2025 Requested Budget"]
