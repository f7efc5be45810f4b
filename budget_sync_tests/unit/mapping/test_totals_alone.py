"""A chapter of which the file gives nothing but the total is a line: its total sums no row of the file."""

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
