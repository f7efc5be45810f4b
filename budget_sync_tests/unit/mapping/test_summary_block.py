"""A budget in whole by kinds of cost, then each chapter by the same kinds: the whole is no line beside its parts."""

from decimal import Decimal

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


def blocks(*amounts: tuple[int, ...], heads: tuple[str, ...]) -> str:
    """The same lines below each of the heads."""
    rows = ["Chapter | Title | Budget"]
    for head, own in zip(heads, amounts, strict=True):
        lines = [f" | {title} | {amount}" for title, amount in zip(["Staff", "Goods", "Assets"], own, strict=True)]
        rows += [f"{head} | | {sum(own)}", *lines]
    return "\n".join(rows)


@pytest.mark.parametrize(
    "heads",
    [("North school", "South school"), ("2026", "2027"), ("Adopted", "Revised"), ("5001 Expenditure", "5101 Bodies")],
)
def test_a_block_planned_as_the_only_other_is_no_sum_of_it(heads: tuple[str, str]) -> None:
    amounts = (3436251, 393367, 69817)
    assert analysed(blocks(amounts, amounts, heads=heads)).sum_budgeted == 2 * sum(amounts)


def test_a_school_planned_for_as_many_pupils_as_two_others_is_no_sum_of_them() -> None:
    half = (842517, 210629, 47291)
    twice = (1685034, 421258, 94582)
    analysis = analysed(blocks(twice, half, half, heads=("North school", "South school", "West school")))
    assert analysis.sum_budgeted == 2 * sum(twice)


def test_round_figures_of_two_schools_may_add_up_to_those_of_a_third() -> None:
    plans = ((120000, 45000, 2000), (80000, 30000, 1000), (40000, 15000, 1000))
    analysis = analysed(blocks(*plans, heads=("North school", "South school", "West school")))
    assert analysis.sum_budgeted == 334000


def test_two_schools_planned_alike_to_the_cent_are_both_loaded() -> None:
    lines = "Salaries | 84250 \n Benefits | 21062.50 \n Software | 4729 \n Travel | 2750"
    table = f"Line | FY2026 Budget \n School A | 112791.50 \n {lines} \n School B | 112791.50 \n {lines}"
    assert analysed(table).sum_budgeted == 2 * Decimal("112791.50")
