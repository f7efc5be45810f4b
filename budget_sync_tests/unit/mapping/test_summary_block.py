"""A budget in whole by kinds of cost, then each chapter by the same kinds: the whole is no line beside its parts."""

import pytest

from budget_sync_tests.unit.mapping.tables import analysed


def test_a_first_block_that_sums_the_blocks_below_it_is_left_out() -> None:
    analysis = analysed("""
        Chapter | Title | Name          | Budget 2026
        5001    |       | Expenditure   | 63646
                | 10    | Staff         | 34362
                | 20    | Goods         | 29284
        5101    |       | Public bodies | 41240
                | 10    | Staff         | 22140
                | 20    | Goods         | 19100
        6501    |       | Education     | 22406
                | 10    | Staff         | 12222
                | 20    | Goods         | 10184
    """)
    assert analysis.sum_budgeted == 63646
    assert analysis.budget_rows == 4
    assert all(total.agrees for total in analysis.control_totals)


def one_chapter(first: str, second: str, *amounts: int) -> str:
    """The same three lines below each of two heads."""
    lines = [f" | {title} | {amount}" for title, amount in zip(["Staff", "Goods", "Assets"], amounts, strict=True)]
    heads = [f"{head} | | {sum(amounts)}" for head in (first, second)]
    return "\n".join(["Chapter | Title | Budget", heads[0], *lines, heads[1], *lines])


def test_so_is_one_that_the_only_chapter_repeats_to_the_last_figure() -> None:
    analysis = analysed(one_chapter("5001 Expenditure", "5101 Public bodies", 3436251, 393367, 69817))
    assert analysis.sum_budgeted == 3436251 + 393367 + 69817


@pytest.mark.parametrize(
    ("first", "second", "amounts"),
    [
        ("North school", "South school", (120000, 45000, 2000)),
        ("2026", "2027", (3436251, 393367, 69817)),
        ("Adopted", "Revised", (3436251, 393367, 69817)),
    ],
)
def test_offices_planned_alike_years_and_versions_are_no_sums(
    first: str, second: str, amounts: tuple[int, ...]
) -> None:
    assert analysed(one_chapter(first, second, *amounts)).sum_budgeted == 2 * sum(amounts)
