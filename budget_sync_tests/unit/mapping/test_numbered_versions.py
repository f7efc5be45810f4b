"""Columns called V1, V2 and V3 are one budget, and are never added up."""

from budget_sync.domain.fields import Layout, TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

TABLE = """
    Department | V1  | V2  | V3
    Sales      | 300 | 350 | 340
    IT         | 300 | 300 | 310
    HR         | 120 | 110 | 110
"""


def test_the_last_numbered_version_is_taken_and_asked_about() -> None:
    analysis = analysed(TABLE, "budget 2026.csv")
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["V3"]
    assert analysis.layout is Layout.WIDE_VERSIONS
    assert "which_amount" in [question.code for question in analysis.questions]


def test_numbers_that_do_not_count_from_one_are_no_versions() -> None:
    analysis = analysed(TABLE.replace("V1", "V7"), "budget 2026.csv")
    assert analysis.layout is not Layout.WIDE_VERSIONS
