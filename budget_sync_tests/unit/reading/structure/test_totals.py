"""Totals found by arithmetic, by codes, by the kind of row; coincidence is priced."""

from budget_sync.reading.structure.arithmetic import explain, significant_digits
from budget_sync.reading.structure.body_rows import BodyRow, BodyRows
from budget_sync.reading.structure.hierarchy import parents_by_code
from budget_sync.reading.structure.kinds import cell_kind
from budget_sync.reading.structure.tail import after_the_table
from budget_sync.reading.structure.totals import TotalRow, find_totals


def body(*values: float | None, kind: str = "t", total: bool = False) -> BodyRows:
    """Rows of one column; the last one says total where asked."""
    last = len(values) - 1
    return BodyRows.of(
        [
            BodyRow(row, (value,), kind, says_total=total and row == last, opens=row == 0)
            for row, value in enumerate(values)
        ]
    )


def test_a_row_that_sums_the_block_above_is_explained() -> None:
    found = explain(body(1234.5, 987.25, 45.55, 2267.30), upwards=False)
    assert found[3].members == (0, 1, 2)


def test_a_row_that_sums_the_rows_below_needs_more_digits() -> None:
    rows = [BodyRow(row, (value,), "t") for row, value in enumerate((30.0, 10.0, 20.0))]
    assert explain(BodyRows.of(rows), upwards=True) == {}
    rows = [BodyRow(row, (value, value * 1.37), "t") for row, value in enumerate((9235.81, 1234.56, 8001.25))]
    assert explain(BodyRows.of(rows), upwards=True)[0].members == (2, 1)


def test_round_sums_are_coincidence_unless_a_word_says_total() -> None:
    assert explain(body(1000, 2000, 3000), upwards=False) == {}
    assert explain(body(1000, 2000, 3000, total=True), upwards=False)[2].members == (0, 1)


def test_a_result_is_no_sum_of_what_comes_of_it_below() -> None:
    interest, owners = (1234.5, 1357.25, 1468.75), (9235.75, 8123.5, 7890.25)
    result = tuple(a + b for a, b in zip(interest, owners, strict=True))
    rows = [BodyRow(0, result, "t", is_result=True), BodyRow(1, interest, "t"), BodyRow(2, owners, "t")]
    lines = [BodyRow(3 + row, (10.0 * row, 2.0, 3.0), "t") for row in range(3)]
    (total,) = find_totals(BodyRows.of([*rows, *lines]), [[""] * 6])
    assert (total.row, total.members, total.is_result) == (0, (), True)


def test_totals_of_totals_are_explained_through_the_totals() -> None:
    rows = body(1234.5, 987.25, 2221.75, 455.5, 313.25, 768.75, 2990.5)
    totals = find_totals(rows, [[""] * len(rows)])
    assert [(total.row, total.members) for total in totals] == [(2, (0, 1)), (5, (3, 4)), (6, (0, 1, 3, 4))]


def test_one_cell_typed_over_does_not_hide_a_total_of_a_wide_table() -> None:
    first = tuple(1000.25 + column for column in range(12))
    second = tuple(2000.5 + column for column in range(12))
    total = tuple(a + b for a, b in zip(first, second, strict=True))
    typed_over = (total[0] + 5, *total[1:])
    rows = [BodyRow(0, first, "tt", opens=True), BodyRow(1, second, "tt"), BodyRow(2, typed_over, "t.")]
    assert explain(BodyRows.of(rows), upwards=False)[2].members == (0, 1)


def test_rows_without_figures_explain_nothing() -> None:
    assert explain(body(None, None, 0), upwards=False) == {}
    assert find_totals(BodyRows.of([]), []) == []


def test_a_long_list_of_one_kind_is_searched_for_no_sums() -> None:
    rows = [BodyRow(row, (float(value),), "t") for row, value in enumerate([123456.7, 1111.1, 124567.8] * 2000)]
    assert find_totals(BodyRows.of(rows), [[""] * len(rows)]) == []


def test_significant_digits_leave_out_the_noughts_at_the_end() -> None:
    assert [significant_digits(value) for value in (3000.0, 1234.5, 0.07, 120.0)] == [1, 5, 1, 2]


def test_codes_that_begin_alike_are_a_tree_where_the_sums_bear_it_out() -> None:
    codes = [["1", "1.1", "1.2", "2", "2.1", "2.2"]]
    assert parents_by_code(body(30, 10, 20, 70, 30, 40), codes) == {0: (1, 2), 3: (4, 5)}
    assert parents_by_code(body(31, 10, 25, 99, 30, 40), codes) == {}


def test_codes_that_come_again_are_no_tree() -> None:
    assert parents_by_code(body(30, 10, 20, 70), [["1", "1", "1.1", "1.1"]]) == {}


def test_parents_without_an_amount_prove_nothing() -> None:
    codes = [["1", "1.1", "2", "2.1"]]
    assert parents_by_code(body(None, 10, None, 30), codes) == {}


def test_rounded_figures_may_miss_their_sum_by_the_rounding() -> None:
    codes = [["01", "0101", "0102", "02", "0201", "0202"]]
    assert set(parents_by_code(body(53.2, 33.0, 20.1, 98.9, 70.4, 28.5), codes)) == {0, 3}


def test_the_kind_of_a_label_is_how_it_is_filled() -> None:
    assert [cell_kind(text) for text in ("12", "Travel", "", "  30-01 Travel")] == ["c", "t", ".", "k2"]


def test_what_follows_the_grand_total_in_another_kind_is_no_line() -> None:
    lines = [BodyRow(0, (10.0,), "tt"), BodyRow(1, (20.0,), "tt"), BodyRow(2, (30.0,), "tt"), BodyRow(5, (3.0,), "t.")]
    roles = ["line", "line", "line", "total", "blank", "line"]
    rows = BodyRows.of(lines)
    assert after_the_table(rows, rows, [TotalRow(3, members=(0, 1, 2))], roles) == [5]


def test_a_block_of_another_kind_after_a_gap_is_no_line() -> None:
    lines = [BodyRow(row, (float(row),), "ct") for row in range(10)] + [BodyRow(12, (3.0,), ".t")]
    roles = ["line"] * 10 + ["blank", "blank", "line"]
    rows, none = BodyRows.of(lines), BodyRows.of([])
    assert after_the_table(rows, rows, [], roles) == [12]
    assert after_the_table(rows, rows, [], ["line"] * 13) == []
    assert after_the_table(none, none, [], []) == []
