"""What was expected beside what came, as households plan, and where that is no budget."""

import pytest

from budget_sync.domain.fields import FileType, TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

HOUSEHOLD = """
    {0}       | {1}  | {2}
    Rent      | 1200 | 1200
    Food      | 450  | 512
    Transport | 180  | 141
    Insurance | 95   | 95
"""


@pytest.mark.parametrize(
    ("names", "expected", "came"),
    [
        ("Housing", "Projected cost", "Actual cost"),
        ("Item", "Projected", "Actual"),
        ("Item", "Estimated", "Actual"),
        ("Concepto", "Estimado", "Real"),
        ("Dépense", "Coût estimé", "Coût réel"),
        ("Ausgabe", "Erwartet", "Tatsächlich"),
        ("项目", "预计", "实际"),
        ("항목", "예상", "실제"),
    ],
)
def test_what_was_expected_is_the_budget_where_the_same_stands_beside_it_as_actual(
    names: str, expected: str, came: str
) -> None:
    analysis = analysed(HOUSEHOLD.format(names, expected, came))
    assert analysis.file_type_detection.likely_file_type is FileType.BUDGET
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == [expected]


@pytest.mark.parametrize(
    ("names", "expected", "came"),
    [
        ("Team", "Expected goals", "Actual goals"),
        ("State", "Projected population", "Actual population"),
        ("Account", "Forecast", "Actual"),
        ("Item", "Projected cost", "Actual hours"),
    ],
)
def test_neither_goals_nor_a_forecast_are_a_budget_for_standing_beside_what_came(
    names: str, expected: str, came: str
) -> None:
    assert analysed(HOUSEHOLD.format(names, expected, came)).file_type_detection.likely_file_type is not FileType.BUDGET
