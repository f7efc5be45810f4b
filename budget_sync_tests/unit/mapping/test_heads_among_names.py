"""Chapters in the column of what lies in them, told by their sums: the chapters are departments, the rest the lines."""

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import columns, understood

CHAPTERS = """
    No  | Chapter          | 2025    | 2026
        | The whole budget | 3056529 | 3242467
    301 | Office           | 347368  | 386787
        | Own costs        | 104463  | 108245
        | Castle           | 242905  | 278542
    302 | House            | 1125936 | 1068103
    304 | Government       | 200736  | 319713
        | Own costs        | 99110   | 117612
        | Advisers         | 101626  | 202101
    308 | Security         | 1382489 | 1467864
        | Network          | 614570  | 673812
        | All else         | 767919  | 794052
"""


def test_each_line_is_of_the_chapter_above_it_and_a_chapter_without_lines_of_itself() -> None:
    understanding = understood(CHAPTERS, "budget.csv")
    assert columns(understanding.analysis, TargetField.SUB_CATEGORY) == ["Chapter"]
    texts = understanding.texts
    assert list(zip(texts.department, texts.sub_category, strict=True)) == [
        ("Office", "Own costs"),
        ("Office", "Castle"),
        ("House", "House"),
        ("Government", "Own costs"),
        ("Government", "Advisers"),
        ("Security", "Network"),
        ("Security", "All else"),
    ]


def test_departments_with_a_total_above_them_all_stay_departments() -> None:
    understanding = understood(
        """
        Department | 2025    | 2026
        The whole  | 2855793 | 2922754
        Office     | 347368  | 386787
        House      | 1125936 | 1068103
        Security   | 1382489 | 1467864
        """,
        "budget.csv",
    )
    assert columns(understanding.analysis, TargetField.DEPARTMENT) == ["Department"]
