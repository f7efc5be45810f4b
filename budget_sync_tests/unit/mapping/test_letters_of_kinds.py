"""Letters that tell kinds are no names; what the months change of a budget is not the budget."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.flags import are_flags
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_the_description_names_the_lines_beside_letters_of_kinds() -> None:
    analysis = analysed(
        """
        Cost Code | Cost Type | Description  | Original Budget | Revised Budget
        01-010    | L         | Site manager | 27890           | 29090
        02-200    | S         | Earthwork    | 47940           | 49640
        03-300    | M         | Concrete     | 48080           | 49280
        05-100    | S         | Steel        | 12100           | 12600
        """,
        "budget 2025.csv",
    )
    assert columns(analysis, TargetField.SUB_CATEGORY) == ["Description"]


@pytest.mark.parametrize(
    ("cells", "told"), [(["L", "S", "M"], True), (["A", "B", "C"], False), (["R"], False), (["L", "Site"], False)]
)
def test_letters_from_a_on_stand_for_names(cells: list[str], told: bool) -> None:
    assert are_flags(cells, len(cells)) is told


def test_the_revised_budget_is_taken_that_the_changes_of_months_led_to() -> None:
    analysis = analysed(
        """
        Line      | Original Budget 2024/25 | Carry forwards | Sep QBRS | Dec QBRS | Revised Budget 2024/25
        Rates     | 5400                    | 0              | 25       | 0        | 5425
        Fees      | 1210                    | 40             | 0        | 15       | 1265
        Employees | 3800                    | 0              | -10      | 15       | 3805
        Materials | 950                     | 40             | 25       | 0        | 1015
        """
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Revised Budget 2024/25"]
