"""A chapter of which the file gives nothing but the total is a line: its total sums no row of the file."""

import pytest

from budget_sync_tests.unit.mapping.tables import analysed


def test_totals_that_are_all_there_is_of_their_chapter_are_lines() -> None:
    analysis = analysed("""
        Chapter | Item                 | Budget
        21      | Appropriations total | 148
        22      | Appropriations total | 47
        23      | Embassies            | 400
        23      | Foreign aid          | 664
        24      | Courts               | 650
        24      | Prisons              | 294
    """)
    assert analysis.sum_budgeted == 2203
    assert analysis.budget_rows == 6


def test_a_chapters_total_below_its_lines_is_none_though_it_be_wrong() -> None:
    analysis = analysed("""
        Chapter | Item        | Budget
        23      | Embassies   | 400
        23      | Foreign aid | 664
        23      | Total       | 1064
        24      | Courts      | 650
        24      | Prisons     | 294
        24      | Total       | 949
        99      | Total       | 2013
    """)
    assert analysis.sum_budgeted == 2008


POLICE_AND_FIRE = """
        Police        | Salaries | 1204
        Police        | Supplies | 311
        Fire          | Salaries | 905
        Fire          | Supplies | 127"""
LIBRARY_AND_MUSEUM = """
        Library       | Salaries | 404
        Library       | Supplies | 116
        Museum        | Salaries | 302
        Museum        | Supplies | 92"""
HEADER = "Function | Category | Budget 2026 (thousands)"


@pytest.mark.parametrize(("safety", "culture"), [(2548, 915), (2400, 1000)])
def test_totals_of_several_functions_above_them_are_none_though_both_be_off(safety: int, culture: int) -> None:
    analysis = analysed(f"""
        {HEADER}{POLICE_AND_FIRE}
        Public Safety | Total    | {safety}{LIBRARY_AND_MUSEUM}
        Culture       | Total    | {culture}
    """)
    assert analysis.budget_rows == 8


def test_totals_that_open_a_table_are_none_where_together_they_are_near_its_lines() -> None:
    analysis = analysed(f"""
        {HEADER}
        Public Safety | Total    | 2548
        Culture       | Total    | 915{POLICE_AND_FIRE}{LIBRARY_AND_MUSEUM}
    """)
    assert analysis.budget_rows == 8


def test_totals_that_close_a_table_are_none() -> None:
    analysis = analysed(f"""
        {HEADER}{POLICE_AND_FIRE}{LIBRARY_AND_MUSEUM}
        Public Safety | Total    | 2548
        Culture       | Total    | 915
        Everything    | Total    | 3463
    """)
    assert analysis.budget_rows == 8
